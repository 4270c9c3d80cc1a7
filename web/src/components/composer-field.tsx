import type { RefObject } from 'preact';
import { isTouchDevice } from '../composer/is-touch-device.ts';
import { sendsOnKey } from '../composer/sends-on-key.ts';
import { translate } from '../translate.ts';

interface Props {
  fieldRef: RefObject<HTMLTextAreaElement | null>;
  draft: string;
  onDraft: (draft: string) => void;
  onSend: () => void;
}

/** The hidden copy of the text beneath gives the field its height, without a style that a policy would refuse. */
export function ComposerField({ fieldRef, draft, onDraft, onSend }: Props) {
  return (
    <div class="composer-field" data-text={draft}>
      <textarea
        ref={fieldRef}
        rows={1}
        value={draft}
        aria-label={translate('composer.label')}
        placeholder={translate('composer.placeholder')}
        enterkeyhint={isTouchDevice() ? 'enter' : 'send'}
        dir="auto"
        onInput={(event) => onDraft(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (!sendsOnKey(event, isTouchDevice())) return;
          event.preventDefault();
          onSend();
        }}
      />
    </div>
  );
}
