import { describe, expect, it } from 'vitest';
import type { AnswerEvent } from '../../../src/answer/answer-types.ts';
import { exampleAnswer } from '../../../src/testing/example-answer.ts';
import type { DeskEvent } from '../api/wire-types.ts';
import { isUnattended } from './desk-view.ts';
import { EMPTY_CONVERSATION, type ConversationState } from '../conversation/conversation-state.ts';
import { reduceConversation, type ConversationAction } from '../conversation/reduce-conversation.ts';

const run = (...actions: ConversationAction[]): ConversationState =>
  actions.reduce(reduceConversation, EMPTY_CONVERSATION);
const ask = (id: string): ConversationAction => ({ type: 'ask', text: `Question ${id}`, id });
const told = (event: Partial<DeskEvent> & { type: DeskEvent['type'] }): ConversationAction => ({
  type: 'desk',
  event: event as DeskEvent,
});
const message = (sequence: number, role: 'customer' | 'assistant' | 'staff', id: string, answer = false) =>
  told({
    type: 'message-add',
    sequence,
    message: {
      id,
      role,
      text: `${role} ${id}`,
      author: role === 'staff' ? 'Anna' : null,
      answer: answer ? exampleAnswer({ message_id: id, conversation_id: 'c', answer: `answer ${id}` }) : null,
    },
  });
const event = (one: Partial<AnswerEvent> & { type: AnswerEvent['type'] }): ConversationAction => ({
  type: 'event',
  event: { sequence: 1, ...one } as AnswerEvent,
});
const kinds = ({ entries }: ConversationState) => entries.map(({ kind }) => kind);
const start = event({ type: 'answer-start', conversation_id: 'c', message_id: 'a1' });
const end = (id: string, text: string) =>
  event({
    type: 'answer-end',
    answer: exampleAnswer({ message_id: id, conversation_id: 'c', answer: text }),
  });
const waiting = told({ type: 'handover-start', sequence: 5, ticket: { number: 7 } });
const joined = told({ type: 'state-change', sequence: 6, state: 'person', assignee: { name: 'Anna' } });

describe('messages told twice', () => {
  it('stand there once, in whichever order the two lines bring them', () => {
    for (const actions of [
      [start, message(1, 'customer', 'q1'), message(2, 'assistant', 'a1', true), end('a1', 'answer a1')],
      [start, end('a1', 'answer a1'), message(1, 'customer', 'q1'), message(2, 'assistant', 'a1', true)],
      [start, message(1, 'customer', 'q1'), message(2, 'assistant', 'a1', true)],
    ]) {
      const state = run(ask('q1'), ...actions, message(2, 'assistant', 'a1', true));
      expect(kinds(state)).toEqual(['customer', 'answer']);
      expect(state.entries[1]).toMatchObject({ status: 'done', text: 'answer a1' });
      expect(state.desk.sequence).toBe(2);
    }
  });

  it('complete an answer whose own line was given up', () => {
    const problem = { code: null, message: 'Broken.', requestId: null };
    const state = run(ask('q1'), { type: 'fail', problem, id: 'q1' }, message(1, 'assistant', 'a9', true));
    expect(kinds(state)).toEqual(['customer', 'answer']);
    expect(state.entries[1]).toMatchObject({ status: 'done', messageId: 'a9', problem: null });
  });

  it('of another tab are added, question and answer, beside the own one that waits', () => {
    const state = run(ask('q1'), message(1, 'customer', 'q2'), message(2, 'assistant', 'a2', true), start);
    expect(kinds(state)).toEqual(['customer', 'answer', 'customer', 'answer']);
    expect(state.entries[1]).toMatchObject({ status: 'waiting', messageId: 'a1' });
  });

  it('and text that is told again after a broken line are not doubled', () => {
    const delta = event({ type: 'text-delta', text: 'Within ' });
    expect(run(ask('q1'), start, delta, start, delta).entries[1]).toMatchObject({ text: 'Within ' });
  });
});

describe('people', () => {
  it('have the conversation until they hand it back or close it', () => {
    const state = run(ask('q1'), start, end('a1', 'answer'), waiting);
    expect(state.desk).toMatchObject({ state: 'waiting', ticket: 7 });
    const withAnna = [waiting, joined, message(7, 'staff', 's1')].reduce(reduceConversation, state);
    expect(withAnna.desk).toMatchObject({ state: 'person', person: 'Anna' });
    expect(kinds(withAnna)).toEqual(['customer', 'answer', 'note', 'staff']);
    const back = reduceConversation(
      withAnna,
      told({ type: 'state-change', sequence: 8, state: 'assistant', assignee: null }),
    );
    expect(back.entries.at(-1)).toMatchObject({ kind: 'note', note: 'back' });
    expect(kinds(reduceConversation(back, ask('q2'))).slice(-2)).toEqual(['customer', 'answer']);
  });

  it('are written to without an answer that waits; a silent one leaves nothing behind', () => {
    const state = run(waiting, ask('q1'));
    expect(kinds(state)).toEqual(['customer']);
    expect(kinds(run(ask('q1'), start, end('a1', '')))).toEqual(['customer']);
    const lost = run(waiting, ask('q1'), {
      type: 'fail',
      problem: { code: null, message: '', requestId: null },
      id: 'q1',
    });
    expect(lost.entries[0]).toMatchObject({ delivery: 'unsent' });
    expect(reduceConversation(lost, message(9, 'customer', 'q1')).entries).toMatchObject([
      { delivery: 'sent', sequence: 9 },
    ]);
  });

  it('are said to be away while one has it who has left for the day', () => {
    const available = (open: boolean): ConversationAction => ({
      type: 'available',
      availability: { open, opens_at: open ? null : '2026-11-23T08:00:00Z', mail: true },
    });
    expect(isUnattended(run(waiting, available(false)).desk)).toBe(true);
    expect(isUnattended(run(joined, available(false)).desk)).toBe(true);
    expect(isUnattended(run(joined, available(true)).desk)).toBe(false);
    expect(isUnattended(run(joined).desk)).toBe(false);
    const closed = told({ type: 'state-change', sequence: 9, state: 'closed', assignee: null });
    expect(isUnattended(run(joined, available(false), closed).desk)).toBe(false);
  });

  it('are seen typing until they have written, left, or the line is lost', () => {
    const typing = told({ type: 'typing-change', who: 'staff', name: 'Anna', typing: true });
    expect(run(joined, typing).desk.typing).toBe('Anna');
    expect(run(joined, typing, message(7, 'staff', 's1')).desk.typing).toBeNull();
    expect(run(joined, typing, { type: 'line-lost' }).desk.typing).toBeNull();
    const assistant = told({ type: 'typing-change', who: 'assistant', name: 'Assistant', typing: true });
    expect(run(assistant).desk.typing).toBeNull();
  });

  it('ask for a rating when all is done, and no more when it is opened again', () => {
    const closed = told({ type: 'state-change', sequence: 8, state: 'closed', assignee: null });
    const state = run(waiting, joined, closed, told({ type: 'csat-ask', sequence: 9 }));
    expect(state.desk).toMatchObject({ state: 'closed', ratable: true });
    const opened = told({ type: 'ticket-change', sequence: 10, status: 'open' });
    expect(reduceConversation(state, opened).desk.ratable).toBe(false);
  });
});
