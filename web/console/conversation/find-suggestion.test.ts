import { expect, it } from 'vitest';
import type { DeskEvent, Handover } from '../api/wire-types.ts';
import { findSuggestion } from './find-suggestion.ts';

const HANDOVER = { suggested_reply: 'Within 30 days.', evidence: [] } as unknown as Handover;
const event = (type: DeskEvent['type'], role?: string, text = '') =>
  ({ type, message: role ? { role, text, answer: { confidence: 0.7 } } : null }) as unknown as DeskEvent;
const ANSWER = event('message-add', 'assistant', 'Within 30 days [1].');
const START = event('handover-start');
const REPLY = event('message-add', 'staff', 'Hello');

it('comes with the confidence of its answer, until a person has answered after the hand-over', () => {
  expect(findSuggestion(HANDOVER, [ANSWER, START])).toMatchObject({
    text: 'Within 30 days.',
    confidence: 0.7,
  });
  expect(findSuggestion(HANDOVER, [ANSWER, START, event('message-add', 'customer', 'Well?')])).not.toBeNull();
  expect(findSuggestion(HANDOVER, [ANSWER, START, REPLY])).toBeNull();
  // A second hand-over brings a suggestion of its own.
  expect(findSuggestion(HANDOVER, [START, REPLY, ANSWER, START])).not.toBeNull();
  // The hand-over lies further back than what is loaded.
  expect(findSuggestion(HANDOVER, [REPLY])).toBeNull();
  expect(findSuggestion(null, [])).toBeNull();
});
