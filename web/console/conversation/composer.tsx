import { useEffect, useRef, useState } from 'preact/hooks';
import type { DraftKind } from '../api/desk-api.ts';
import type { WholeThread } from '../api/wire-types.ts';
import { Icon } from '../components/icon.tsx';
import { KeyHint } from '../hotkeys/key-hint.tsx';
import { translate } from '../translate.ts';
import { findTrigger, type Trigger } from './find-trigger.ts';
import { AttachButton } from './attach-button.tsx';
import { PickList } from './pick-list.tsx';
import { StagedFileList } from './staged-file-list.tsx';
import type { StagedFiles } from './use-staged-files.ts';
import type { useDraft } from './use-draft.ts';

interface ComposerProps {
  kind: DraftKind;
  onKind: (kind: DraftKind) => void;
  threadId: string;
  draft: ReturnType<typeof useDraft>;
  /** They go to the customer: notes have none. */
  staged: StagedFiles | null;
  busy: boolean;
  /** Whether a reply also goes out by mail, or why not. */
  mail: WholeThread['mail'];
  /** Takes back what was put in; null when nothing was. */
  onUndo: (() => void) | null;
  onSend: () => void;
  onType: () => void;
  onMention: (id: string) => void;
  /** Raised when the focus is to come here. */
  focus: number;
}

/** Reply or note: another colour, another label and another button, so that neither is taken for the other. */
export function Composer(props: ComposerProps) {
  const { kind, onKind, threadId, draft, staged, busy, mail, onUndo, onSend, onType, onMention, focus } =
    props;
  const field = useRef<HTMLTextAreaElement>(null);
  const [trigger, setTrigger] = useState<Trigger | null>(null);
  useEffect(() => {
    if (focus > 0) field.current?.focus();
  }, [focus, kind]);

  const type = (text: string) => {
    draft.setText(text);
    onType();
    setTrigger(findTrigger(text, field.current?.selectionEnd ?? text.length));
  };
  const pick = (text: string) => {
    if (!trigger) return;
    const end = trigger.start + trigger.sign.length + trigger.query.length;
    draft.setText(draft.text.slice(0, trigger.start) + text + draft.text.slice(end));
    setTrigger(null);
    field.current?.focus();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) {
      event.preventDefault();
      onSend();
    } else if (event.key === 'Escape' && !trigger) field.current?.blur();
  };

  return (
    <section class={`composer composer-${kind}`} aria-label={translate(`composer.${kind}`)}>
      <div class="composer-tabs" role="group" aria-label={translate('composer.kind')}>
        {(['reply', 'note'] as const).map((one) => (
          <button
            key={one}
            type="button"
            class="composer-tab"
            aria-pressed={one === kind}
            onClick={() => onKind(one)}
          >
            <Icon name={one} /> {translate(`composer.${one}`)}
          </button>
        ))}
        <span class="composer-state" role="status">
          {draft.text !== '' && draft.state !== 'loading' && translate(`draft.${draft.state}`)}
        </span>
      </div>
      {trigger && (
        <PickList
          trigger={trigger}
          kind={kind}
          threadId={threadId}
          field={field}
          onPick={pick}
          onMention={onMention}
          onClose={() => setTrigger(null)}
        />
      )}
      <textarea
        ref={field}
        rows={3}
        value={draft.text}
        aria-label={translate(`composer.${kind}_label`)}
        placeholder={translate(`composer.${kind}_hint`)}
        onInput={({ currentTarget }) => type(currentTarget.value)}
        onKeyDown={press}
        onPaste={(event) => {
          const files = [...(event.clipboardData?.files ?? [])];
          if (!staged || files.length === 0) return;
          event.preventDefault();
          staged.add(files);
        }}
      />
      {staged && <StagedFileList {...staged} />}
      {kind === 'reply' && mail !== 'sent' && (
        <p class="muted composer-reach">
          {translate(mail === 'no_server' ? 'composer.no_mail' : 'composer.no_address')}
        </p>
      )}
      <div class="composer-row">
        {staged && <AttachButton onFiles={staged.add} />}
        {onUndo && (
          <button type="button" class="button small quiet" onClick={onUndo}>
            <Icon name="undo" /> {translate('composer.undo')}
          </button>
        )}
        <button
          type="button"
          class="button primary"
          disabled={busy || (draft.text.trim() === '' && !staged?.files.length)}
          onClick={onSend}
        >
          {translate(`composer.${kind}_send`)} <KeyHint keys="mod+Enter" />
        </button>
      </div>
    </section>
  );
}
