import type { AnswerEvent } from '../../../src/answer/answer-types.ts';
import type { StoredConversation } from '../api/wire-types.ts';
import {
  EMPTY_CONVERSATION,
  isOngoing,
  type AnswerEntry,
  type ConversationState,
  type Problem,
} from './conversation-state.ts';
import { reduceAnswer } from './reduce-answer.ts';
import { restoreConversation } from './restore-conversation.ts';

export type ConversationAction =
  | { type: 'ask'; text: string }
  | { type: 'retry'; key: string }
  | { type: 'event'; event: AnswerEvent }
  | { type: 'stop' }
  | { type: 'fail'; problem: Problem }
  | { type: 'hand-over'; text: string }
  | { type: 'restore'; conversation: StoredConversation }
  | { type: 'reset' };

export function reduceConversation(state: ConversationState, action: ConversationAction): ConversationState {
  switch (action.type) {
    case 'ask':
      return ask(state, action.text);
    case 'retry':
      return retry(state, action.key);
    case 'event': {
      const { event } = action;
      const conversationId = event.type === 'answer-start' ? event.conversation_id : state.conversationId;
      return updateOngoing({ ...state, conversationId }, (entry) => reduceAnswer(entry, event));
    }
    case 'stop':
      return updateOngoing(state, (entry) => ({ ...entry, status: 'stopped' }));
    case 'fail':
      return fail(state, action.problem);
    case 'hand-over':
      return append(state, (key) => ({ kind: 'handover', key, text: action.text, restored: false }));
    case 'restore':
      // What was asked while the old messages were on their way stays.
      return state.entries.length > 0 ? state : restoreConversation(action.conversation);
    case 'reset':
      return { ...EMPTY_CONVERSATION, nextKey: state.nextKey };
  }
}

function ask(state: ConversationState, text: string): ConversationState {
  const asked = append(state, (key) => ({ kind: 'customer', key, text }));
  return append(asked, (key) => waitingAnswer(key, text));
}

/** Asks again in place: the failed answer goes, its question stays. */
function retry(state: ConversationState, key: string): ConversationState {
  const failed = state.entries.find((entry) => entry.key === key);
  if (failed?.kind !== 'answer') return state;
  const entries = state.entries.filter((entry) => entry !== failed);
  return append({ ...state, entries }, (newKey) => waitingAnswer(newKey, failed.question));
}

/** A conversation that the server no longer has is left, so that asking again begins a new one. */
function fail(state: ConversationState, problem: Problem): ConversationState {
  const conversationId = problem.code === 'conversation_not_found' ? null : state.conversationId;
  return updateOngoing({ ...state, conversationId }, (entry) => ({ ...entry, status: 'failed', problem }));
}

function waitingAnswer(key: string, question: string): AnswerEntry {
  return {
    kind: 'answer',
    key,
    question,
    status: 'waiting',
    stage: null,
    messageId: null,
    text: '',
    citations: [],
    answer: null,
    problem: null,
    restored: false,
  };
}

function append(
  state: ConversationState,
  make: (key: string) => ConversationState['entries'][number],
): ConversationState {
  return { ...state, entries: [...state.entries, make(String(state.nextKey))], nextKey: state.nextKey + 1 };
}

function updateOngoing(
  state: ConversationState,
  update: (entry: AnswerEntry) => AnswerEntry,
): ConversationState {
  return { ...state, entries: state.entries.map((entry) => (isOngoing(entry) ? update(entry) : entry)) };
}
