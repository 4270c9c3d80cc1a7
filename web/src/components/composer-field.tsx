import type { RefObject } from 'preact';
import { isTouchDevice } from '../composer/is-touch-device.ts';
import { sendsOnKey } from '../composer/sends-on-key.ts';
import type { TypeAhead } from '../suggest/use-type-ahead.ts';

interface Props {
  fieldRef: RefObject<HTMLTextAreaElement | null>;
  draft: string;
  label: string;
  placeholder: string;
  /** Id of the list of suggestions. */
  listId: string;
  typeAhead: TypeAhead;
  onDraft: (draft: string) => void;
  onChoose: (question: string) => void;
  onFiles: (files: readonly File[]) => void;
  onSend: () => void;
}

/** The hidden copy of the text beneath gives the field its height, without a style that a policy would refuse. */
export function ComposerField(props: Props) {
  const { fieldRef, draft, label, placeholder, listId, typeAhead, onDraft, onChoose, onFiles, onSend } =
    props;
  const { active, questions } = typeAhead;
  return (
    <div class="composer-field" data-text={draft}>
      <textarea
        ref={fieldRef}
        rows={1}
        value={draft}
        aria-label={label}
        aria-autocomplete="list"
        aria-controls={questions.length > 0 ? listId : undefined}
        aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
        placeholder={placeholder}
        enterkeyhint={isTouchDevice() ? 'enter' : 'send'}
        dir="auto"
        onInput={(event) => onDraft(event.currentTarget.value)}
        onPaste={(event) => {
          const files = [...(event.clipboardData?.files ?? [])];
          if (files.length === 0) return;
          event.preventDefault();
          onFiles(files);
        }}
        onKeyDown={(event) => {
          if (typeAhead.takesKey(event, onChoose)) {
            event.preventDefault();
            event.stopPropagation();
            return;
          }
          if (!sendsOnKey(event, isTouchDevice())) return;
          event.preventDefault();
          onSend();
        }}
      />
    </div>
  );
}
