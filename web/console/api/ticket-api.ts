import type { Query } from './desk-api.ts';
import { call } from './request.ts';
import type { DeskEvent, Page, Priority, Ticket, TicketStatus, WholeTicket } from './wire-types.ts';

/** Rows asked for at once. */
const PAGE = 50;
const ticketAt = (number: number): string => `/api/v1/tickets/${number}`;

export async function listTickets(
  query: Query,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Page<Ticket>> {
  const body = await call<{ tickets: Ticket[]; next_cursor: string | null }>('GET', '/api/v1/tickets', {
    query: { limit: PAGE, ...query, cursor },
    ...(signal && { signal }),
  });
  return { items: body.tickets, next: body.next_cursor };
}

export const getTicket = (number: number, signal?: AbortSignal) =>
  call<WholeTicket>('GET', ticketAt(number), signal && { signal });

export interface NewTicket extends Pick<TicketChange, 'priority' | 'category' | 'team_id'> {
  subject?: string;
  /** The first note, for staff alone. */
  text?: string;
  customer: { name?: string; email?: string; phone?: string };
}

export const addTicket = (ticket: NewTicket) =>
  call<WholeTicket>('POST', '/api/v1/tickets', { body: ticket });

export interface TicketChange {
  status?: Exclude<TicketStatus, 'snoozed' | 'merged'>;
  priority?: Priority;
  category?: string | null;
  subject?: string;
  assignee_id?: string | null;
  team_id?: string | null;
  tags?: string[];
}

export const changeTicket = (
  number: number,
  change: TicketChange & { version?: number },
  keepalive = false,
) => call<WholeTicket>('PATCH', ticketAt(number), { body: change, keepalive });

export const changeTickets = (numbers: readonly number[], change: TicketChange) =>
  call<{ done: number[]; failed: { number: number; code: string; message: string }[] }>(
    'POST',
    '/api/v1/tickets/bulk',
    { body: { numbers, change } },
  );

/** @param until null: until the next reply */
export const snoozeTicket = (number: number, until: string | null) =>
  call<WholeTicket>('POST', `${ticketAt(number)}/snooze`, { body: { until } });

export const mergeTicket = (number: number, into: number) =>
  call<WholeTicket>('POST', `${ticketAt(number)}/merge`, { body: { into } });

export const linkTicket = (number: number, other: number, linked: boolean) =>
  call<WholeTicket>(linked ? 'POST' : 'DELETE', `${ticketAt(number)}/links/${other}`);

export async function ticketHistory(
  number: number,
  after: number,
  signal?: AbortSignal,
): Promise<DeskEvent[]> {
  const body = await call<{ events: DeskEvent[] }>('GET', `${ticketAt(number)}/history`, {
    query: { after, limit: 200 },
    ...(signal && { signal }),
  });
  return body.events;
}
