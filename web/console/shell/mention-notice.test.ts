import { expect, it } from 'vitest';
import type { LiveEvent } from '../data/desk-events.ts';
import { mentionOf } from './mention-notice.ts';

const note = (more: object) =>
  ({
    type: 'note-add',
    position: 1,
    thread_id: 't1',
    ticket: 7,
    actor: { kind: 'staff', id: 'ada', name: 'Ada' },
    data: { note: { mentions: ['bo'] } },
    ...more,
  }) as unknown as LiveEvent;

it('is for whom a note of somebody else names', () => {
  expect(mentionOf(note({}), 'bo')).toEqual({ name: 'Ada', address: '/console/inbox/all/t1' });
  expect(mentionOf(note({ thread_id: null }), 'bo')).toEqual({ name: 'Ada', address: '/console/tickets/7' });
  expect(mentionOf(note({}), 'cy')).toBeNull();
  expect(mentionOf(note({ data: { note: { mentions: ['ada'] } } }), 'ada')).toBeNull();
  expect(mentionOf(note({ type: 'message-add' }), 'bo')).toBeNull();
  expect(mentionOf(note({ data: {} }), 'bo')).toBeNull();
});
