import type { TicketStatus } from '../../api/wire-types.ts';

export const COLUMNS = ['open', 'pending', 'snoozed', 'resolved', 'closed'] as const;

/** Sleeping needs a time, so it is not a place to drop a ticket. */
export type Target = Exclude<TicketStatus, 'snoozed' | 'merged'>;

export const isTarget = (status: string): status is Target =>
  ['open', 'pending', 'resolved', 'closed'].includes(status);
