import type { RefObject } from 'preact';
import { useEffect, useId } from 'preact/hooks';
import { isTouchDevice } from '../composer/is-touch-device.ts';
import { useDraft } from '../composer/use-draft.ts';
import { findUnaccepted } from '../conversation/find-unaccepted.ts';
import type { Conversation } from '../conversation/use-conversation.ts';
import { isWithPeople } from '../desk/desk-view.ts';
import { useTypingNotice } from '../desk/use-desk-notices.ts';
import { useTypeAhead } from '../suggest/use-type-ahead.ts';
import { translate } from '../translate.ts';
import { ComposerField } from './composer-field.tsx';
import { DeskStrip } from './desk-strip.tsx';
import { FileButton } from './file-button.tsx';
import { HandoverButton } from './handover-button.tsx';
import { SendOrStopButton } from './send-or-stop-button.tsx';
import { SuggestionList } from './suggestion-list.tsx';

interface Props {
  fieldRef: RefObject<HTMLTextAreaElement | null>;
  conversation: Conversation;
  /** The owner's questions. */
  suggestions: readonly string[];
  /** False where the chat stands in a page among other things: the page keeps its place. */
  takesFocus?: boolean;
  onSend: (text: string) => void;
  onHandover: () => void;
}

/** In tab order: the field, "Talk to a person", a file, then send, so that a person is one Tab and Enter away. */
export function Composer(props: Props) {
  const { fieldRef, conversation, suggestions, takesFocus = true, onSend, onHandover } = props;
  const { ongoing, handover, state, sendFile } = conversation;
  const { desk } = state;
  const withPeople = isWithPeople(desk);
  const listId = useId();
  const [draft, setDraft] = useDraft(findUnaccepted(state.entries));
  const typeAhead = useTypeAhead(withPeople || ongoing ? NO_QUESTIONS : suggestions, draft);
  useTypingNotice(state, draft);

  useEffect(() => {
    if (takesFocus && !isTouchDevice()) fieldRef.current?.focus();
  }, [fieldRef, takesFocus]);

  const sendText = (text: string) => {
    if (ongoing || !text.trim()) return;
    onSend(text.trim());
    setDraft('');
  };
  const sendFiles = async (files: readonly File[]) => {
    for (const file of files) {
      const text = await sendFile(file);
      // What was read in it is put to the question, where the customer sees and corrects it.
      if (text && !withPeople) setDraft((before) => (before.trim() ? `${before}\n${text}` : text));
    }
    fieldRef.current?.focus({ preventScroll: true });
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
        sendText(draft);
      }}
    >
      <DeskStrip desk={desk} onLeave={handover.state === 'form' ? null : handover.openForm} />
      <div class="composer-card">
        <SuggestionList
          id={listId}
          label={translate('welcome.suggestions')}
          questions={typeAhead.questions}
          active={typeAhead.active}
          onChoose={sendText}
        />
        <ComposerField
          {...{ fieldRef, draft, listId, typeAhead }}
          label={translate(withPeople ? 'composer.message' : 'composer.label')}
          placeholder={translate(withPeople ? 'composer.write' : 'composer.placeholder')}
          onDraft={setDraft}
          onChoose={sendText}
          onFiles={(files) => void sendFiles(files)}
          onSend={() => sendText(draft)}
        />
        <div class="composer-row">
          {!withPeople && <HandoverButton busy={handover.state === 'busy'} onClick={onHandover} />}
          <FileButton onFiles={(files) => void sendFiles(files)} />
          <SendOrStopButton writing={ongoing !== null} empty={!draft.trim()} onStop={stop} />
        </div>
      </div>
      {handover.state === 'failed' && (
        <p class="note-error" role="alert">
          {translate('error.handover')}
        </p>
      )}
      {!withPeople && <p class="composer-note">{translate('page.note')}</p>}
    </form>
  );
}

const NO_QUESTIONS: readonly string[] = [];
