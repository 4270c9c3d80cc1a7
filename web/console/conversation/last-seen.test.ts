import { expect, it } from 'vitest';
import type { DeskEvent } from '../api/wire-types.ts';
import { lastSeen } from './last-seen.ts';

it('is the last message of staff up to the mark, whatever came between', () => {
  const events = ['customer', 'staff', 'staff', null, 'customer', 'staff'].map(
    (role, index) => ({ sequence: index + 11, message: role && { role } }) as unknown as DeskEvent,
  );
  const found = [0, 11, 12, 15, 16].map((read) => lastSeen(events, read));
  expect(found).toEqual([-1, -1, 1, 2, 5]);
});
