import type { StoredConversation, StoredMessage } from '../api/wire-types.ts';
import type { AnswerEntry, ConversationState, Entry } from './conversation-state.ts';

/** The state of a conversation that was read from the server after a reload. */
export function restoreConversation(conversation: StoredConversation): ConversationState {
  const entries: Entry[] = [];
  let question = '';
  for (const message of conversation.messages) {
    if (message.role === 'customer') question = message.text;
    entries.push(toEntry(message, question));
  }
  if (entries.at(-1)?.kind === 'customer') entries.push(unanswered(question));
  return { conversationId: conversation.id, entries, nextKey: 1 };
}

/** An assistant's message without an answer object is the note of a handover. */
function toEntry(message: StoredMessage, question: string): Entry {
  const { id: key, role, text, answer } = message;
  if (role === 'customer') return { kind: 'customer', key, text };
  if (!answer) return { kind: 'handover', key, text, restored: true };
  return {
    ...unanswered(question),
    key,
    status: 'done',
    messageId: key,
    text: answer.answer || text,
    citations: answer.citations,
    answer,
  };
}

function unanswered(question: string): AnswerEntry {
  return {
    kind: 'answer',
    key: 'unanswered',
    question,
    status: 'interrupted',
    stage: null,
    messageId: null,
    text: '',
    citations: [],
    answer: null,
    problem: null,
    restored: true,
  };
}
