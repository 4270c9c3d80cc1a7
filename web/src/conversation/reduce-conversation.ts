import type { AnswerEvent } from '../../../src/answer/answer-types.ts';
import type { AddedFile, Availability, DeskEvent, StoredConversation } from '../api/wire-types.ts';
import { isWithPeople } from '../desk/desk-view.ts';
import { reduceDesk, withDesk } from '../desk/reduce-desk.ts';
import {
  append,
  EMPTY_CONVERSATION,
  isOngoing,
  newAnswer,
  type AnswerEntry,
  type ConversationState,
  type CustomerEntry,
  type Entry,
  type FileEntry,
  type Problem,
} from './conversation-state.ts';
import { reduceAnswer } from './reduce-answer.ts';
import { prependOlder, restoreConversation } from './restore-conversation.ts';

export type ConversationAction =
  | { type: 'ask'; text: string; id: string }
  | { type: 'retry'; key: string }
  | { type: 'event'; event: AnswerEvent }
  | { type: 'desk'; event: DeskEvent }
  | { type: 'line-lost' }
  | { type: 'stop' }
  | { type: 'fail'; problem: Problem; id: string }
  | { type: 'sent'; id: string }
  | { type: 'available'; availability: Availability }
  | { type: 'rated'; rating: number }
  | { type: 'file'; name: string; bytes: number }
  | { type: 'file-added'; key: string; file: AddedFile }
  | { type: 'file-refused'; key: string; text: string }
  | { type: 'begun'; conversationId: string }
  | { type: 'restore'; conversation: StoredConversation; force?: boolean }
  | { type: 'older'; part: StoredConversation }
  | { type: 'reset' };

export function reduceConversation(state: ConversationState, action: ConversationAction): ConversationState {
  switch (action.type) {
    case 'ask':
      return ask(state, action.text, action.id);
    case 'retry':
      return retry(state, action.key);
    case 'event':
      return reduceAnswerEvent(state, action.event);
    case 'desk':
      return reduceDesk(state, action.event);
    case 'line-lost':
      return state.desk.typing === null ? state : withDesk(state, { typing: null });
    case 'stop':
      return updateOngoing(state, (entry) => ({ ...entry, status: 'stopped' }));
    case 'fail':
      return fail(state, action.problem, action.id);
    case 'sent':
      return updateCustomer(state, action.id, { delivery: 'sent' });
    case 'available':
      return withDesk(state, { availability: action.availability });
    case 'rated':
      return withDesk(state, { rating: action.rating });
    case 'file': {
      const { name, bytes } = action;
      return append(state, {
        kind: 'file',
        name,
        bytes,
        from: 'customer',
        file: null,
        note: null,
        restored: false,
      });
    }
    case 'file-added': {
      const { note } = action.file;
      return updateFile(state, action.key, {
        file: action.file,
        note: note ? { text: note, refused: false } : null,
      });
    }
    case 'file-refused':
      return updateFile(state, action.key, { note: { text: action.text, refused: true } });
    case 'begun':
      return { ...state, conversationId: state.conversationId ?? action.conversationId };
    case 'restore':
      // What was asked while the old messages were on their way stays.
      return state.entries.length > 0 && !action.force
        ? state
        : { ...restoreConversation(action.conversation), nextKey: state.nextKey };
    case 'older':
      return action.part.id === state.conversationId ? prependOlder(state, action.part) : state;
    case 'reset':
      return { ...EMPTY_CONVERSATION, nextKey: state.nextKey };
  }
}

function ask(state: ConversationState, text: string, id: string): ConversationState {
  const asked = append(state, { kind: 'customer', id, text, delivery: 'sending', sequence: 0 });
  return isWithPeople(state.desk) ? asked : append(asked, newAnswer(text, id));
}

/** Asks again in place, under the same id: the failed answer goes, its question stays. */
function retry(state: ConversationState, key: string): ConversationState {
  const entry = state.entries.find((one) => one.key === key);
  if (entry?.kind === 'customer') return updateCustomer(state, entry.id, { delivery: 'sending' });
  if (entry?.kind !== 'answer') return state;
  const entries = state.entries.filter((one) => one !== entry);
  return append({ ...state, entries }, newAnswer(entry.question, entry.questionId));
}

function reduceAnswerEvent(state: ConversationState, event: AnswerEvent): ConversationState {
  const conversationId = event.type === 'answer-start' ? event.conversation_id : state.conversationId;
  const next = updateOngoing({ ...state, conversationId }, (entry) => reduceAnswer(entry, event));
  if (event.type !== 'answer-end') return next;
  const { answer, message_id } = event.answer;
  // A person has the conversation: nothing was said. Or the conversation's own events told of it sooner.
  const shown = next.entries.filter((entry) => entry.kind === 'answer' && entry.messageId === message_id);
  const surplus = answer === '' ? shown : shown.slice(1);
  return { ...next, entries: next.entries.filter((entry) => !surplus.includes(entry)) };
}

/** A conversation that the server no longer has is left, so that asking again begins a new one. */
function fail(state: ConversationState, problem: Problem, id: string): ConversationState {
  const gone = problem.code === 'conversation_not_found';
  const left: ConversationState = gone
    ? { ...state, conversationId: null, desk: EMPTY_CONVERSATION.desk }
    : state;
  const failed = updateOngoing(left, (entry) => ({ ...entry, status: 'failed', problem }));
  const shown = state.entries.some((entry) => entry.kind === 'answer' && entry.questionId === id);
  return shown ? failed : updateCustomer(failed, id, { delivery: 'unsent' });
}

function updateCustomer(
  state: ConversationState,
  id: string,
  change: Partial<CustomerEntry>,
): ConversationState {
  return update(state, (entry) =>
    entry.kind === 'customer' && entry.id === id ? { ...entry, ...change } : entry,
  );
}

function updateFile(state: ConversationState, key: string, change: Partial<FileEntry>): ConversationState {
  return update(state, (entry) =>
    entry.kind === 'file' && entry.key === key ? { ...entry, ...change } : entry,
  );
}

function updateOngoing(
  state: ConversationState,
  change: (entry: AnswerEntry) => AnswerEntry,
): ConversationState {
  return update(state, (entry) => (isOngoing(entry) ? change(entry) : entry));
}

function update(state: ConversationState, change: (entry: Entry) => Entry): ConversationState {
  return { ...state, entries: state.entries.map(change) };
}
