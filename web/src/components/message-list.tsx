import { useRef } from 'preact/hooks';
import type { Citation } from '../../../src/answer/answer-types.ts';
import type { Shop } from '../api/wire-types.ts';
import type { AnswerEntry, CustomerEntry, Entry } from '../conversation/conversation-state.ts';
import type { Conversation } from '../conversation/use-conversation.ts';
import { useKeptPlace } from '../scroll/use-kept-place.ts';
import { translate } from '../translate.ts';
import { AnswerMessage } from './answer-message.tsx';
import { ContactForm } from './contact-form.tsx';
import { Csat } from './csat.tsx';
import { CustomerMessage } from './customer-message.tsx';
import { FileMessage } from './file-message.tsx';
import { HandoverMessage } from './handover-message.tsx';
import { NoteLine } from './note-line.tsx';
import { OlderMessages } from './older-messages.tsx';
import { StaffMessage } from './staff-message.tsx';

export interface MessageActions {
  reply: (text: string) => void;
  retry: (entry: AnswerEntry | CustomerEntry) => void;
  cite: (citation: Citation) => void;
  /** Opens the form for a message that is answered by e-mail. */
  leave: () => void;
}

interface Props {
  conversation: Conversation;
  shop: Shop | null;
  actions: MessageActions;
}

/** The log is silent (`aria-live="off"`): the status line alone speaks, once when an answer begins and once when it ends. */
export function MessageList({ conversation, shop, actions }: Props) {
  const { state, ongoing, handover, loadOlder, noteRating } = conversation;
  const { entries, conversationId, desk } = state;
  const label = translate('log.label');
  const log = useRef<HTMLDivElement>(null);
  useKeptPlace(log, entries[0]?.key);
  return (
    <div
      class="column log"
      role="log"
      aria-label={label}
      aria-live="off"
      aria-busy={ongoing !== null}
      ref={log}
    >
      {state.older !== null && <OlderMessages key={state.older} onLoad={loadOlder} />}
      {entries.map((entry, position) => (
        <OneEntry
          key={entry.key}
          {...{ entry, shop, actions, conversationId }}
          newest={position === entries.length - 1}
          seen={entry === lastSeen(entries, desk.seen)}
        />
      ))}
      {desk.ratable && conversationId && (
        <Csat key={desk.ticket} conversationId={conversationId} given={desk.rating} onRated={noteRating} />
      )}
      {handover.state === 'form' && (
        <ContactForm handover={handover} desk={desk} question={lastQuestion(entries)} />
      )}
    </div>
  );
}

interface EntryProps extends Pick<Props, 'shop' | 'actions'> {
  entry: Entry;
  newest: boolean;
  seen: boolean;
  conversationId: string | null;
}

function OneEntry({ entry, newest, seen, conversationId, shop, actions }: EntryProps) {
  switch (entry.kind) {
    case 'customer':
      return <CustomerMessage entry={entry} seen={seen} onRetry={() => actions.retry(entry)} />;
    case 'handover':
      return <HandoverMessage text={entry.text} shop={shop} />;
    case 'staff':
      return <StaffMessage id={entry.key} author={entry.author} text={entry.text} />;
    case 'file':
      return <FileMessage entry={entry} conversationId={conversationId} />;
    case 'note':
      return <NoteLine note={entry.note} name={entry.name} />;
    case 'answer':
      return <AnswerMessage {...{ entry, newest, shop, conversationId, actions }} />;
  }
}

/** The newest of the customer's messages that staff have read. */
function lastSeen(entries: readonly Entry[], seen: number): Entry | undefined {
  return entries.findLast(
    (entry) => entry.kind === 'customer' && entry.sequence > 0 && entry.sequence <= seen,
  );
}

function lastQuestion(entries: readonly Entry[]): string {
  const last = entries.findLast((entry) => entry.kind === 'customer');
  return last?.kind === 'customer' ? last.text : '';
}
