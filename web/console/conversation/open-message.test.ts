import { expect, it } from 'vitest';
import type { DeskEvent } from '../api/wire-types.ts';
import { openMessage } from './open-message.ts';

const event = (id: string, role: string, outcome?: string) =>
  ({ message: { id, role, text: 'x', answer: outcome ? { outcome } : null } }) as unknown as DeskEvent;
const CHANGE = { type: 'state-change', message: null } as unknown as DeskEvent;
const ASKED = event('asked', 'customer');

it('is the last message, until somebody has answered', () => {
  expect(openMessage('waiting', [ASKED, CHANGE])).toBe('asked');
  expect(openMessage('person', [ASKED, event('hello', 'staff')])).toBeNull();
  expect(openMessage('person', [ASKED, event('hello', 'staff'), event('more', 'customer')])).toBe('more');
  expect(openMessage('waiting', [ASKED, event('passed on', 'assistant', 'handed_off')])).toBe('passed on');
  expect(openMessage('assistant', [ASKED, event('no', 'assistant', 'declined')])).toBe('no');
  expect(openMessage('assistant', [ASKED, event('yes', 'assistant', 'answered_with_caveat')])).toBeNull();
});

it('is none in a closed thread, in an empty one, and while the assistant answers', () => {
  expect(openMessage('closed', [ASKED])).toBeNull();
  expect(openMessage('assistant', [ASKED])).toBeNull();
  expect(openMessage('waiting', [CHANGE])).toBeNull();
});
