import { AnswerboxError } from '../errors.ts';
import type { HoursProfile } from '../shop/hours-profile.ts';
import type { Actor } from '../stores/thread-contracts.ts';
import { PRIORITIES, type TicketChange, type TicketRecord } from '../stores/ticket-contracts.ts';
import type { DeskTools } from './desk-tools.ts';
import { mergeContact } from './find-customer.ts';
import { isDone, resumeClocks } from './sla-policies.ts';
import { differences } from './work-thread.ts';
import { ticketOrThrow } from './work-ticket.ts';

/**
 * The threads of one ticket go over to another, with its links, and with what the other does not know of the customer.
 * @throws ticket_not_found, ticket_merged, request_invalid
 */
export async function mergeTickets(
  from: number,
  into: number,
  actor: Actor,
  tools: DeskTools,
): Promise<void> {
  const { store } = tools;
  const [gone, kept] = [await ticketOrThrow(from, tools), await ticketOrThrow(into, tools)];
  if (from === into)
    throw new AnswerboxError('request_invalid', { reason: 'a ticket is not merged with itself' });
  for (const { number, status, mergedInto } of [gone, kept])
    if (status === 'merged') throw new AnswerboxError('ticket_merged', { number, into: mergedInto ?? 0 });
  const at = tools.now();
  const set = { ...peopleOf(kept, gone), ...workOf(kept, gone, at, tools.profile()) };
  const threads = [...(await store.threadsOfTicket(from)), ...(await store.threadsOfTicket(into))];
  const unheld = threads.filter(
    ({ state, assigneeId }) => assigneeId === null && (state === 'waiting' || state === 'person'),
  );
  const linked = (await store.linksOf(from)).filter((other) => other !== into);
  const event = { threadId: null, type: 'ticket-change', visibility: 'staff', actor } as const;
  const { status, priority, assigneeId, teamId } = set;
  const change = differences(kept, { status, priority, assigneeId, teamId });
  await store.apply({
    moves: [{ from, into }],
    threads:
      set.assigneeId == null ? [] : unheld.map(({ id }) => ({ id, set: { assigneeId: set.assigneeId! } })),
    tickets: [
      { number: from, set: { status: 'merged', mergedInto: into, closedAt: at.toISOString() } },
      { number: into, set },
    ],
    links: [
      ...linked.flatMap((other) => [
        { one: from, other, linked: false },
        { one: into, other, linked: true },
      ]),
      { one: from, other: into, linked: true },
    ],
    events: [
      {
        ...event,
        ticket: from,
        data: { change: { status: [gone.status, 'merged'], mergedInto: [null, into] } },
      },
      { ...event, ticket: into, data: { change: { merged: [null, from], ...change } } },
    ],
  });
}

/** Who is asked for, and how they are reached: what the kept one does not say is taken from the other. */
function peopleOf(kept: TicketRecord, gone: TicketRecord): TicketChange {
  return {
    tags: [...new Set([...kept.tags, ...gone.tags])],
    customerId: kept.customerId ?? gone.customerId,
    contact: mergeContact(gone.contact, kept.contact),
    category: kept.category ?? gone.category,
    assigneeId: kept.assigneeId ?? gone.assigneeId,
    teamId: kept.teamId ?? gone.teamId,
  };
}

/**
 * What is still to be done, and until when: the heavier priority, the earlier times. Work that is open stays so: it
 * opens a kept ticket that was done, and ends the sleep of one that slept.
 */
function workOf(kept: TicketRecord, gone: TicketRecord, at: Date, profile: HoursProfile): TicketChange {
  if (isDone(gone)) return {};
  const open = [kept, gone]
    .filter((ticket) => !isDone(ticket))
    .map((ticket) => ({ ...ticket, ...resumeClocks(ticket, at, profile) }));
  const earliest = (time: (ticket: TicketRecord) => string | null): string | null =>
    open.flatMap((ticket) => time(ticket) ?? []).sort()[0] ?? null;
  const [first] = [...open].sort((a, b) => ((a.resolutionDue ?? '~') < (b.resolutionDue ?? '~') ? -1 : 1));
  const wakesAt = earliest(({ snoozedUntil }) => snoozedUntil);
  const asleep = open.every(({ status }) => status !== 'open');
  return {
    status: asleep ? (wakesAt === null ? open[0]!.status : 'snoozed') : 'open',
    snoozedUntil: asleep ? wakesAt : null,
    pausedAt: asleep ? at.toISOString() : null,
    priority: PRIORITIES.findLast((one) => open.some(({ priority }) => priority === one))!,
    slaFrom: first!.slaFrom,
    pausedMinutes: first!.pausedMinutes,
    slaTold: first!.slaTold,
    firstResponseAt: earliest(({ firstResponseAt }) => firstResponseAt),
    firstResponseDue: earliest(({ firstResponseDue }) => firstResponseDue),
    firstResponseWarnAt: earliest(({ firstResponseWarnAt }) => firstResponseWarnAt),
    resolutionDue: earliest(({ resolutionDue }) => resolutionDue),
    resolutionWarnAt: earliest(({ resolutionWarnAt }) => resolutionWarnAt),
    ...(isDone(kept) && { reopened: kept.reopened + 1, resolvedAt: null, closedAt: null }),
  };
}
