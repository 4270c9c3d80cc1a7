import { useEffect, useRef, useState } from 'preact/hooks';
import { changeThread, sendNote, sendReply, type DraftKind } from '../api/desk-api.ts';
import type { DeskEvent, SuggestedReply, WholeThread } from '../api/wire-types.ts';
import { tellFailure } from '../components/toasts.tsx';
import { newId } from '../data/new-id.ts';
import { ApiError } from '../../src/api/api-error.ts';
import { ownId, preference } from '../session/session.ts';
import { Composer } from './composer.tsx';
import { CrossedDialog } from './crossed-dialog.tsx';
import {
  draftUse,
  insertSuggestion,
  takeSuggestionOut,
  type InsertedSuggestion,
} from './inserted-suggestion.ts';
import { SuggestionCard } from './suggestion-card.tsx';
import { useDraft } from './use-draft.ts';
import { useStagedFiles } from './use-staged-files.ts';

interface ReplyAreaProps {
  thread: WholeThread;
  events: readonly DeskEvent[];
  suggestion: SuggestedReply | null;
  kind: DraftKind;
  onKind: (kind: DraftKind) => void;
  focus: number;
  onType: (kind: DraftKind) => void;
  onThread: (thread: WholeThread) => void;
  onSent: (event: DeskEvent) => void;
}

/** Suggestions that were waved away, by thread and text; they do not come back in this tab. */
const dismissed = new Set<string>();

/** The two drafts of a thread, the suggested reply, and sending. */
export function ReplyArea(props: ReplyAreaProps) {
  const { thread, events, suggestion, kind, onKind, onThread, onSent } = props;
  const { id } = thread;
  const drafts = { reply: useDraft(id, 'reply'), note: useDraft(id, 'note') };
  const staged = useStagedFiles(id);
  const [busy, setBusy] = useState(false);
  const [crossed, setCrossed] = useState(false);
  /** Of the reply that is being written, until it is sent or taken out again. */
  const [inserted, setInserted] = useState<InsertedSuggestion | null>(null);
  const [, waved] = useState(0);
  const mentions = useRef(new Set<string>());
  /** One id for all tries of one message, so that it is sent once. */
  const messageId = useRef(newId());
  /** Replies of others that came after this were not seen while writing. */
  const seen = useRef(events.at(-1)?.sequence ?? 0);
  const mark = suggestion && `${id} ${suggestion.text}`;
  const shown = suggestion && kind === 'reply' && mark && !dismissed.has(mark) && thread.state !== 'closed';

  const text = drafts[kind].text;
  useEffect(() => {
    if (text === '') seen.current = events.at(-1)?.sequence ?? 0;
  }, [text === '', events]);

  const put = (way: 'insert' | 'replace', suggested: SuggestedReply) => {
    const next = insertSuggestion(way, drafts.reply.text, suggested);
    onKind('reply');
    setInserted(next);
    drafts.reply.setText(next.put);
  };
  const send = async (anyway = false) => {
    const files = kind === 'reply' && staged.files.length > 0;
    if (busy || (text.trim() === '' && !files)) return;
    setBusy(true);
    setCrossed(false);
    try {
      if (text.trim() !== '') await sendText(anyway);
      if (files) await staged.send();
    } catch (error) {
      if (error instanceof ApiError && error.code === 'reply_crossed') setCrossed(true);
      else tellFailure(error);
    } finally {
      setBusy(false);
    }
  };
  const sendText = async (anyway: boolean) => {
    const message = { text, id: messageId.current };
    const use = draftUse(shown ? suggestion.text : null, inserted, text);
    const event =
      kind === 'note'
        ? await sendNote(id, { ...message, mentions: [...mentions.current] })
        : await sendReply(id, {
            ...message,
            ...(!anyway && { seen_sequence: seen.current }),
            ...(use && { from_draft: use }),
          });
    drafts[kind].clear();
    messageId.current = newId();
    mentions.current.clear();
    if (kind === 'reply') setInserted(null);
    onSent(event);
  };
  const type = () => {
    props.onType(kind);
    // The first key of a reply takes what is nobody's, so that two do not answer one.
    if (
      kind === 'reply' &&
      thread.assignee_id === null &&
      text === '' &&
      thread.state !== 'closed' &&
      preference('take_on_typing') !== false
    )
      changeThread(id, { assignee_id: ownId() }).then(onThread).catch(tellFailure);
  };

  return (
    <>
      {shown && (
        <SuggestionCard
          threadId={id}
          suggestion={suggestion}
          onInsert={() => put('insert', suggestion)}
          onReplace={() => put('replace', suggestion)}
          onDismiss={() => {
            dismissed.add(mark);
            waved((count) => count + 1);
          }}
        />
      )}
      <Composer
        kind={kind}
        onKind={onKind}
        threadId={id}
        draft={drafts[kind]}
        staged={kind === 'reply' ? staged : null}
        busy={busy}
        mail={thread.mail}
        focus={props.focus}
        onUndo={
          inserted && kind === 'reply'
            ? () => {
                drafts.reply.setText(takeSuggestionOut(inserted, drafts.reply.text));
                setInserted(null);
              }
            : null
        }
        onSend={() => void send()}
        onType={type}
        onMention={(staffId) => mentions.current.add(staffId)}
      />
      {crossed && (
        <CrossedDialog
          events={events}
          after={seen.current}
          onClose={() => setCrossed(false)}
          onSend={() => void send(true)}
        />
      )}
    </>
  );
}
