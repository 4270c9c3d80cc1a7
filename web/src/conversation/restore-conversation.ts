import type { AttachedFile, StoredConversation, StoredMessage } from '../api/wire-types.ts';
import { deskOf } from '../desk/desk-view.ts';
import { newAnswer, type ConversationState, type Entry } from './conversation-state.ts';

/** The state of a conversation that was read from the server after a reload. */
export function restoreConversation(conversation: StoredConversation): ConversationState {
  const desk = deskOf(conversation);
  const entries = entriesOf(conversation);
  const last = conversation.messages.at(-1);
  if (last?.role === 'customer' && desk.state === 'assistant')
    entries.push({
      ...newAnswer(last.text, last.id),
      key: 'unanswered',
      status: 'interrupted',
      restored: true,
    });
  return { conversationId: conversation.id, entries, older: olderOf(conversation), desk, nextKey: 1 };
}

/** What came before, put in front of what is shown. */
export function prependOlder(state: ConversationState, part: StoredConversation): ConversationState {
  const known = new Set(state.entries.map(({ key }) => key));
  const added = entriesOf(part).filter(({ key }) => !known.has(key));
  return { ...state, entries: [...added, ...state.entries], older: olderOf(part) };
}

/** The message before which there are more. */
function olderOf({ older, messages }: StoredConversation): string | null {
  return older ? (messages[0]?.id ?? null) : null;
}

function entriesOf(conversation: StoredConversation): Entry[] {
  let question = { text: '', id: '' };
  const messages = conversation.messages.map((message) => {
    if (message.role === 'customer') question = message;
    return { at: message.created_at, entry: toEntry(message, question) };
  });
  const files = conversation.attachments.map((file) => ({ at: file.created_at, entry: toFile(file) }));
  // Both come in order; a stable sort keeps messages of one instant as they were.
  return [...messages, ...files]
    .sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)))
    .map(({ entry }) => entry);
}

/** An assistant's message without an answer object is the note of a handover. */
function toEntry(message: StoredMessage, question: { text: string; id: string }): Entry {
  const { id: key, role, text, answer, author = null } = message;
  if (role === 'customer') return { kind: 'customer', key, id: key, text, delivery: 'sent', sequence: 0 };
  if (role === 'staff') return { kind: 'staff', key, author, text, restored: true };
  if (!answer) return { kind: 'handover', key, text, restored: true };
  return {
    ...newAnswer(question.text, question.id),
    key,
    status: 'done',
    messageId: key,
    text: answer.answer || text,
    citations: answer.citations,
    answer,
    restored: true,
  };
}

function toFile(file: AttachedFile): Entry {
  const { id: key, name, bytes, from } = file;
  return { kind: 'file', key, name, bytes, from, file, note: null, restored: true };
}
