import type { StoredConversation } from '../api/wire-types.ts';
import { describe, expect, it } from 'vitest';
import type { Answer, AnswerEvent, Citation } from '../../../src/answer/answer-types.ts';
import { EMPTY_CONVERSATION, type AnswerEntry, type ConversationState } from './conversation-state.ts';
import { describeStatus } from './describe-status.ts';
import { findUnaccepted } from './find-unaccepted.ts';
import { reduceConversation, type ConversationAction } from './reduce-conversation.ts';

const citation: Citation = {
  index: 1,
  document_id: 'd',
  title: 'Returns',
  url: null,
  quote: '60 days',
  start: 0,
  end: 7,
};
const answer: Answer = {
  conversation_id: 'c1',
  message_id: 'm1',
  outcome: 'answered',
  answer: 'You have 60 days. [1]',
  confidence: 0.9,
  intent: null,
  language: 'en',
  quick_replies: [],
  citations: [citation],
  products: [],
  order: null,
  ticket: null,
  mode: 'generated',
  timings_ms: {
    total: 1,
    preprocess: 0,
    intent: 0,
    retrieve: 0,
    live: 0,
    rerank: 0,
    first_token: 0,
    generate: 0,
    verify: 0,
  },
};
const events: AnswerEvent[] = [
  { sequence: 1, type: 'answer-start', conversation_id: 'c1', message_id: 'm1' },
  { sequence: 2, type: 'stage-end', stage: 'retrieve', milliseconds: 4 },
  { sequence: 3, type: 'text-delta', text: 'You have ' },
  { sequence: 4, type: 'text-delta', text: '60 days. [1]' },
  { sequence: 5, type: 'citation-add', citation },
];

function run(...actions: ConversationAction[]): ConversationState {
  return actions.reduce(reduceConversation, EMPTY_CONVERSATION);
}
const event = (one: AnswerEvent): ConversationAction => ({ type: 'event', event: one });
const ask: ConversationAction = { type: 'ask', text: 'How long?', id: 'q0' };
const last = (state: ConversationState) => state.entries.at(-1) as AnswerEntry;

const stored = (id: string, messages: StoredConversation['messages']): StoredConversation => ({
  older: false,
  id,
  messages,
  state: 'assistant',
  sequence: messages.length,
  ticket: null,
  assignee: null,
  availability: { open: true, opens_at: null, mail: true },
  attachments: [],
});

describe('reduceConversation', () => {
  it('shows the question and a waiting answer at once', () => {
    const state = run(ask);
    expect(state.entries.map((entry) => entry.kind)).toEqual(['customer', 'answer']);
    expect(last(state).status).toBe('waiting');
    expect(describeStatus(last(state))).toBe('Writing…');
  });

  it('gathers text and citations as they come', () => {
    const state = run(ask, ...events.map(event));
    expect(state.conversationId).toBe('c1');
    expect(last(state)).toMatchObject({
      status: 'writing',
      stage: 'retrieve',
      text: 'You have 60 days. [1]',
      citations: [citation],
    });
  });

  it('ends with the full answer', () => {
    const state = run(ask, ...events.map(event), event({ sequence: 6, type: 'answer-end', answer }));
    expect(last(state)).toMatchObject({ status: 'done', messageId: 'm1', answer });
    expect(describeStatus(last(state))).toBe('Answer ready');
  });

  it('keeps the part answer when stopped, and takes nothing more', () => {
    const state = run(
      ask,
      ...events.slice(0, 3).map(event),
      { type: 'stop' },
      event({ sequence: 9, type: 'text-delta', text: 'late' }),
    );
    expect(last(state)).toMatchObject({ status: 'stopped', text: 'You have ' });
  });

  it('keeps the part answer when the stream fails, and asks again in place', () => {
    const failed = run(
      ask,
      event({ sequence: 1, type: 'error', code: 'model_failed', message: 'Gone.', request_id: 'r1' }),
    );
    expect(last(failed)).toMatchObject({
      status: 'failed',
      problem: { code: 'model_failed', message: 'Gone.', requestId: 'r1' },
    });
    const again = reduceConversation(failed, { type: 'retry', key: last(failed).key });
    expect(again.entries.map((entry) => entry.kind)).toEqual(['customer', 'answer']);
    expect(last(again)).toMatchObject({ status: 'waiting', question: 'How long?' });
    expect(last(again).key).not.toBe(last(failed).key);
  });

  it('counts a question as unsent until the server has taken it', () => {
    const problem = { code: null, message: 'Not reached.', requestId: null };
    expect(findUnaccepted(run(ask).entries)).toBe('How long?');
    expect(findUnaccepted(run(ask, { type: 'fail', problem, id: 'q0' }).entries)).toBe('How long?');
    expect(findUnaccepted(run(ask, ...events.slice(0, 1).map(event)).entries)).toBe('');
    expect(findUnaccepted(run(ask, { type: 'stop' }).entries)).toBe('');
  });

  it('leaves a conversation that the server no longer has', () => {
    const problem = { code: 'conversation_not_found', message: 'Gone.', requestId: null };
    const state = run(ask, ...events.map(event), { type: 'fail', problem, id: 'q0' });
    expect(state.conversationId).toBeNull();
    expect(last(state).status).toBe('failed');
  });

  it('passes over events it does not know', () => {
    const unknown = { sequence: 7, type: 'message-add', text: 'x' } as unknown as AnswerEvent;
    expect(last(run(ask, event(unknown))).status).toBe('waiting');
  });

  it('restores a stored conversation silently and marks a question without an answer', () => {
    const messages = [
      { id: 'q1', role: 'customer' as const, text: 'How long?', answer: null, created_at: '' },
      { id: 'm1', role: 'assistant' as const, text: answer.answer, answer, created_at: '' },
      { id: 'q2', role: 'customer' as const, text: 'And shoes?', answer: null, created_at: '' },
    ];
    const state = run({ type: 'restore', conversation: stored('c1', messages) });
    expect(state.entries.map((entry) => entry.kind)).toEqual(['customer', 'answer', 'customer', 'answer']);
    expect(last(state)).toMatchObject({ status: 'interrupted', question: 'And shoes?' });
    expect(describeStatus(last(state))).toBeNull();
  });

  it('does not let a late restore replace a question that was asked meanwhile', () => {
    const state = run(ask, { type: 'restore', conversation: stored('old', []) });
    expect(state.entries).toHaveLength(2);
  });

  it('starts over with keys that were not used before', () => {
    const state = run(ask, { type: 'reset' }, ask);
    expect(state.conversationId).toBeNull();
    expect(state.entries.map((entry) => entry.key)).toEqual(['3', '4']);
  });
});
