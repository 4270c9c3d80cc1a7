import type { DeskEvent } from '../api/wire-types.ts';
import {
  append,
  newAnswer,
  type AnswerEntry,
  type ConversationState,
  type Entry,
} from '../conversation/conversation-state.ts';

type Message = Extract<DeskEvent, { type: 'message-add' }>['message'];

/** A stored message, from whichever side or tab it came; one that is shown already is not shown twice. */
export function addMessage(state: ConversationState, message: Message, sequence: number): ConversationState {
  if (message.role === 'customer') return addCustomers(state, message, sequence);
  const { id, text, author = null } = message;
  if (state.entries.some((entry) => entry.key === id)) return state;
  if (message.role === 'staff') {
    const next = { ...state, desk: { ...state.desk, typing: null } };
    return withKey(append(next, { kind: 'staff', author, text, restored: false }), id);
  }
  if (!message.answer) return withKey(append(state, { kind: 'handover', text, restored: false }), id);
  return addAnswer(state, message);
}

function addCustomers(state: ConversationState, { id, text }: Message, sequence: number): ConversationState {
  const { entries } = state;
  const known = entries.some((entry) => entry.kind === 'customer' && entry.id === id);
  if (!known) return append(state, { kind: 'customer', id, text, delivery: 'sent', sequence });
  return {
    ...state,
    entries: entries.map((entry) =>
      entry.kind === 'customer' && entry.id === id
        ? { ...entry, delivery: 'sent' as const, sequence }
        : entry,
    ),
  };
}

/** Completes the answer that is being written, whose own line may have broken; else it was asked elsewhere. */
function addAnswer(state: ConversationState, { id, text, answer }: Message): ConversationState {
  const { entries } = state;
  const done = (entry: AnswerEntry): AnswerEntry => ({
    ...entry,
    status: 'done',
    messageId: id,
    text: answer!.answer || text,
    citations: answer!.citations,
    answer,
    problem: null,
  });
  const known = entries.find((entry) => isAnswer(entry) && entry.messageId === id);
  if (known) {
    if ((known as AnswerEntry).status === 'done') return state;
    return {
      ...state,
      entries: entries.map((entry) => (entry === known ? done(known as AnswerEntry) : entry)),
    };
  }
  const broken = entries.findLast(
    (entry) => isAnswer(entry) && (entry.status === 'failed' || entry.status === 'interrupted'),
  );
  if (broken && broken === entries.findLast(isAnswer))
    return {
      ...state,
      entries: entries.map((entry) => (entry === broken ? done(broken) : entry)),
    };
  const { key: _, ...complete } = done({ ...newAnswer('', ''), key: '' });
  return append(state, complete);
}

const isAnswer = (entry: Entry): entry is AnswerEntry => entry.kind === 'answer';

/** The newest entry under the message's own id, so that it is known again. */
function withKey(state: ConversationState, key: string): ConversationState {
  const entries = [...state.entries];
  entries.push({ ...entries.pop()!, key });
  return { ...state, entries };
}
