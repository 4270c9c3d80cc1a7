import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { isTouchDevice } from '../composer/is-touch-device.ts';
import { useDraft } from '../composer/use-draft.ts';
import { findUnaccepted } from '../conversation/find-unaccepted.ts';
import type { Conversation } from '../conversation/use-conversation.ts';
import { translate } from '../translate.ts';
import { ComposerField } from './composer-field.tsx';
import { HandoverButton } from './handover-button.tsx';
import { SendOrStopButton } from './send-or-stop-button.tsx';

interface Props {
  fieldRef: RefObject<HTMLTextAreaElement | null>;
  conversation: Conversation;
  onSend: (text: string) => void;
  onHandover: () => void;
}

/** In tab order: the field, "Talk to a person", then send, so that a person is one Tab and Enter away. */
export function Composer({ fieldRef, conversation, onSend, onHandover }: Props) {
  const { ongoing, handover } = conversation;
  const [draft, setDraft] = useDraft(findUnaccepted(conversation.state.entries));

  useEffect(() => {
    if (!isTouchDevice()) fieldRef.current?.focus();
  }, [fieldRef]);

  const send = () => {
    if (ongoing || !draft.trim()) return;
    onSend(draft.trim());
    setDraft('');
  };
  // The stop button goes away, so the keyboard's place moves to the field.
  const stop = () => {
    conversation.stop();
    if (!isTouchDevice()) fieldRef.current?.focus({ preventScroll: true });
  };

  return (
    <form
      class="column composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div class="composer-card">
        <ComposerField fieldRef={fieldRef} draft={draft} onDraft={setDraft} onSend={send} />
        <div class="composer-row">
          <HandoverButton busy={handover.state === 'busy'} onClick={onHandover} />
          <SendOrStopButton writing={ongoing !== null} empty={!draft.trim()} onStop={stop} />
        </div>
      </div>
      {handover.state === 'failed' && (
        <p class="note-error" role="alert">
          {translate('error.handover')}
        </p>
      )}
      <p class="composer-note">{translate('page.note')}</p>
    </form>
  );
}
