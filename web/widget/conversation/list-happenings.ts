import type { ConversationState, Entry } from '../../src/conversation/conversation-state.ts';
import type { WidgetEventName, WidgetEvents } from '../widget-contracts.ts';

type Happening = {
  [Name in WidgetEventName]: { key: string; name: Name; detail: WidgetEvents[Name] };
}[WidgetEventName];

/** What a page is told of a conversation; each with a key of its own. What was there before a reload is not told. */
export function listHappenings({ conversationId, entries }: ConversationState): Happening[] {
  return entries.flatMap((entry) => listOf(entry, conversationId ?? ''));
}

function listOf(entry: Entry, conversation_id: string): Happening[] {
  if (entry.kind === 'customer' || entry.kind === 'file' || entry.kind === 'note' || entry.restored)
    return [];
  const { key } = entry;
  const message = (message_id: string | null, outcome: string): Happening => ({
    key: `message ${key}`,
    name: 'message',
    detail: { conversation_id, message_id, outcome, text: entry.text },
  });
  if (entry.kind === 'staff') {
    const { author, text } = entry;
    return [
      {
        key: `message ${key}`,
        name: 'message',
        detail: { conversation_id, message_id: key, outcome: 'staff', text, author },
      },
    ];
  }
  const handoff: Happening = { key: `handoff ${key}`, name: 'handoff', detail: { conversation_id } };
  if (entry.kind === 'handover') return [message(null, 'handed_off'), handoff];
  if (entry.status === 'failed') {
    const { code, message: text } = entry.problem ?? { code: null, message: '' };
    return [{ key: `error ${key}`, name: 'error', detail: { code: code ?? 'connection', message: text } }];
  }
  if (entry.status !== 'done' || !entry.answer) return [];
  const said = message(entry.messageId, entry.answer.outcome);
  return entry.answer.outcome === 'handed_off' ? [said, handoff] : [said];
}
