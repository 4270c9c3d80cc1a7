import type { DeskEvent } from '../api/wire-types.ts';

/** Index of the last message of staff that the customer has seen; -1 for none. */
export const lastSeen = (events: readonly DeskEvent[], customerRead: number): number =>
  events.findLastIndex(
    ({ message, sequence }) => message?.role === 'staff' && sequence !== null && sequence <= customerRead,
  );
