import { AnswerboxError } from '../errors.ts';
import type { Actor, ThreadChange } from '../stores/thread-contracts.ts';
import type {
  Contact,
  Priority,
  TicketChange,
  TicketRecord,
  TicketStatus,
} from '../stores/ticket-contracts.ts';
import type { DeskTools } from './desk-tools.ts';
import { findCustomer } from './find-customer.ts';
import { EMPTY_TICKET, reopened } from './hand-over.ts';
import { dueTimes, dueTimesOf, isDone, resumeClocks } from './sla-policies.ts';
import { checkAssignee, differences, stateEvent, takenEvent } from './work-thread.ts';

/** What staff do with a ticket. */

export interface TicketEdit {
  status?: Exclude<TicketStatus, 'snoozed' | 'merged'>;
  priority?: Priority;
  category?: string | null;
  subject?: string;
  assigneeId?: string | null;
  teamId?: string | null;
  tags?: string[];
}

/** @throws ticket_not_found */
export async function ticketOrThrow(
  number: number,
  { store }: Pick<DeskTools, 'store'>,
): Promise<TicketRecord> {
  const ticket = await store.getTicket(number);
  if (!ticket) throw new AnswerboxError('ticket_not_found', { number });
  return ticket;
}

/** @param conversationId of a new conversation that nobody holds yet, for what is to come. */
export async function openTicket(
  conversationId: string,
  ticket: TicketEdit & { subject: string; contact: Contact; source: TicketRecord['source'] },
  actor: Actor,
  tools: DeskTools,
): Promise<TicketRecord> {
  const { store, policies, profile, now } = tools;
  await checkAssignee(ticket.assigneeId, tools);
  const thread = await store.threadOf(conversationId);
  if (!thread) throw new AnswerboxError('conversation_not_found', { id: conversationId });
  const { status: _, ...rest } = ticket;
  const at = now();
  const priority = ticket.priority ?? 'normal';
  const customer = await findCustomer(tools.customers, ticket.contact);
  const due = dueTimes(priority, at, { policies, profile: profile() });
  const assigneeId = ticket.assigneeId ?? null;
  const set: ThreadChange = {
    state: assigneeId === null ? 'waiting' : 'person',
    assigneeId,
    subject: ticket.subject,
    waitingSince: at.toISOString(),
  };
  const added = await store.addTicket(
    { ...EMPTY_TICKET, ...rest, ...due, priority, customerId: customer?.id ?? null },
    thread.id,
    actor,
    () => ({ threads: [{ id: thread.id, set }] }),
  );
  return added.ticket;
}

/** @throws ticket_not_found, ticket_changed, ticket_merged, user_not_found */
export async function editTicket(
  number: number,
  asked: TicketEdit,
  actor: Actor,
  tools: DeskTools,
  version?: number,
): Promise<TicketRecord> {
  const ticket = await ticketOrThrow(number, tools);
  if (ticket.status === 'merged')
    throw new AnswerboxError('ticket_merged', { number, into: ticket.mergedInto ?? 0 });
  const assignee = await checkAssignee(asked.assigneeId, tools);
  const threads = await tools.store.threadsOfTicket(number);
  const done = asked.status === 'resolved' || asked.status === 'closed';
  // Given to a person, the assistant is silent, and a ticket that waited meanwhile is open.
  const taken = assignee && !done ? threads.filter(({ state }) => state === 'assistant') : [];
  const waited = taken.length > 0 && asked.status === undefined && ticket.status === 'pending';
  const edit: TicketEdit = waited ? { ...asked, status: 'open' } : asked;
  const moved = statusChange(ticket, edit, tools);
  // In one edit the status comes first: a ticket that is opened again is counted from now on.
  const set: TicketChange = {
    ...edit,
    ...moved,
    ...priorityChange({ ...ticket, ...moved }, edit, tools),
  };
  const change = differences(ticket, edit);
  // Of a ticket that is done already too: a thread that goes on beside it could be ended by nothing else.
  const ending = done ? threads.filter(({ state }) => state !== 'closed') : [];
  const changed = Object.keys(change).length > 0;
  if (!changed && ending.length + taken.length === 0) return ticket;
  const asks = done && (!isDone(ticket) || (ending.length > 0 && ticket.csatRating === null));
  const ends = (id: string): boolean => ending.some((thread) => thread.id === id);
  const first = threads[0]?.id ?? null;
  await tools.store.apply({
    tickets: [{ number, set, ...(version !== undefined && { version }) }],
    threads: threads.map(({ id }) => ({
      id,
      set: {
        ...(edit.assigneeId !== undefined && { assigneeId: edit.assigneeId }),
        ...(edit.teamId !== undefined && { teamId: edit.teamId }),
        ...(taken.some((thread) => thread.id === id) && { state: 'person' as const }),
        ...(ends(id) && { state: 'closed' as const, waitingSince: null }),
      },
    })),
    events: [
      ...(changed
        ? [
            {
              threadId: first,
              ticket: number,
              type: 'ticket-change' as const,
              // Customers are told of the status alone.
              visibility: Object.keys(change).join() === 'status' ? ('all' as const) : ('staff' as const),
              actor,
              data: { change, status: set.status ?? ticket.status },
            },
          ]
        : []),
      ...(assignee ? taken.map((thread) => takenEvent(thread, assignee, actor)) : []),
      ...ending.map((thread) => stateEvent(thread, 'closed', actor)),
      ...(asks && first !== null
        ? [
            {
              threadId: first,
              ticket: number,
              type: 'csat-ask' as const,
              visibility: 'all' as const,
              actor,
              data: { number },
            },
          ]
        : []),
    ],
  });
  return ticketOrThrow(number, tools);
}

function statusChange(ticket: TicketRecord, { status }: TicketEdit, tools: DeskTools): TicketChange {
  if (status === undefined || status === ticket.status) return {};
  const at = tools.now();
  const now = at.toISOString();
  switch (status) {
    case 'open':
      return isDone(ticket)
        ? reopened(ticket, at, tools)
        : { ...resumeClocks(ticket, at, tools.profile()), status, snoozedUntil: null };
    case 'pending':
      return { status, pausedAt: ticket.pausedAt ?? now, snoozedUntil: null };
    case 'resolved':
      return { ...resumeClocks(ticket, at, tools.profile()), status, resolvedAt: now, snoozedUntil: null };
    case 'closed':
      return {
        ...resumeClocks(ticket, at, tools.profile()),
        status,
        resolvedAt: ticket.resolvedAt ?? now,
        closedAt: now,
        snoozedUntil: null,
      };
  }
}

/** Another priority has other due times. */
function priorityChange(ticket: TicketRecord, { priority }: TicketEdit, tools: DeskTools): TicketChange {
  if (priority === undefined || priority === ticket.priority) return {};
  const { policies, profile, now } = tools;
  return dueTimesOf(priority, ticket, now(), { policies, profile: profile() });
}

/** @param until null: until the next reply. @throws ticket_not_found, ticket_merged, request_invalid */
export async function snooze(
  number: number,
  until: string | null,
  actor: Actor,
  tools: DeskTools,
): Promise<TicketRecord> {
  const ticket = await ticketOrThrow(number, tools);
  if (ticket.status === 'merged')
    throw new AnswerboxError('ticket_merged', { number, into: ticket.mergedInto ?? 0 });
  const at = tools.now();
  const time = until === null ? null : new Date(until);
  if (time && !(time > at))
    throw new AnswerboxError('request_invalid', { reason: 'the time to wake up must be to come' });
  const snoozedUntil = time?.toISOString() ?? null;
  const threads = await tools.store.threadsOfTicket(number);
  await tools.store.apply({
    tickets: [
      { number, set: { status: 'snoozed', snoozedUntil, pausedAt: ticket.pausedAt ?? at.toISOString() } },
    ],
    events: [
      {
        threadId: threads[0]?.id ?? null,
        ticket: number,
        type: 'ticket-change',
        visibility: 'staff',
        actor,
        data: { change: { status: [ticket.status, 'snoozed'], snoozedUntil: [null, snoozedUntil] } },
      },
    ],
  });
  return ticketOrThrow(number, tools);
}

/** @throws ticket_not_found, request_invalid */
export async function linkTickets(
  one: number,
  other: number,
  linked: boolean,
  actor: Actor,
  tools: DeskTools,
): Promise<void> {
  await ticketOrThrow(one, tools);
  await ticketOrThrow(other, tools);
  if (one === other)
    throw new AnswerboxError('request_invalid', { reason: 'a ticket is not linked to itself' });
  const change = { links: linked ? [null, other] : [other, null] };
  await tools.store.apply({
    links: [{ one, other, linked }],
    events: [
      { threadId: null, ticket: one, type: 'ticket-change', visibility: 'staff', actor, data: { change } },
    ],
  });
}

/** The customer's own word on a ticket that is done. @throws ticket_not_done */
export async function rateTicket(
  number: number,
  rating: number,
  comment: string | null,
  actor: Actor,
  tools: DeskTools,
): Promise<void> {
  const ticket = await ticketOrThrow(number, tools);
  if (!isDone(ticket)) throw new AnswerboxError('ticket_not_done', { number });
  const threads = await tools.store.threadsOfTicket(number);
  await tools.store.apply({
    tickets: [
      { number, set: { csatRating: rating, csatComment: comment, csatAt: tools.now().toISOString() } },
    ],
    events: [
      {
        threadId: threads[0]?.id ?? null,
        ticket: number,
        type: 'csat-add',
        visibility: 'staff',
        actor,
        data: { number, rating, comment },
      },
    ],
  });
}
