import type { StoredConversation, StoredMessage } from '../api/wire-types.ts';
import type { AnswerEntry, ConversationState, Entry } from './conversation-state.ts';

/** The state of a conversation that was read from the server after a reload. */
export function restoreConversation(conversation: StoredConversation): ConversationState {
  const entries: Entry[] = [];
  let question = '';
  for (const message of conversation.messages) {
    if (message.role === 'customer') question = message.text;
    entries.push(
      message.role === 'customer'
        ? { kind: 'customer', key: message.id, text: message.text }
        : storedAnswer(message, question),
    );
  }
  if (entries.at(-1)?.kind === 'customer') entries.push(unanswered(question));
  return { conversationId: conversation.id, entries, nextKey: 1 };
}

function storedAnswer(message: StoredMessage, question: string): AnswerEntry {
  return {
    ...unanswered(question),
    key: message.id,
    status: 'done',
    messageId: message.id,
    text: message.answer?.answer || message.text,
    citations: message.answer?.citations ?? [],
    answer: message.answer,
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
