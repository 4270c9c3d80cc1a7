import { AnswerboxError } from '../errors.ts';
import { sayIn } from '../messages/say.ts';
import type { DeskWrite } from '../stores/desk-contracts.ts';
import type { Actor, NewDeskEvent } from '../stores/thread-contracts.ts';
import type {
  Contact,
  HandoverReason,
  Priority,
  TicketChange,
  TicketRecord,
} from '../stores/ticket-contracts.ts';
import { availabilityAt, joinSentences, type Availability } from './availability.ts';
import { DESK } from './desk-settings.ts';
import type { DeskTools } from './desk-tools.ts';
import { findCustomer, mergeContact, NO_CONTACT } from './find-customer.ts';
import { customerText } from './language-of-thread.ts';
import { dueTimes, isDone, raised, resumeClocks } from './sla-policies.ts';
import { sumUpThread } from './sum-up-thread.ts';

export interface HandOverRequest {
  conversationId: string;
  reason: HandoverReason;
  /** Name of the rule; null when the customer asked. */
  rule: string | null;
  priority?: Priority;
  intent?: string | null;
  contact?: Partial<Contact>;
  /** The shop's own id of the customer, vouched for. */
  subject?: string | null;
  actor: Actor;
  source?: TicketRecord['source'];
}

export interface HandedOver {
  ticket: TicketRecord;
  availability: Availability;
  /** What the customer is told besides the shop's contact. */
  text: string;
  /** That it is told in; null where it is not known, and the text is English. */
  language: string | null;
}

/** Events of which the last ones are summed up. */
const EVENTS = 3 * DESK.summaryMessages;

/**
 * Gives a conversation to people: a ticket with all they need to know, and the assistant is silent from now on.
 * Done twice, it is one ticket.
 * @throws conversation_not_found, storage_*
 */
export async function handOver(request: HandOverRequest, tools: DeskTools): Promise<HandedOver> {
  const { store, customers, policies, languageOf, now } = tools;
  const { conversationId, reason, rule, actor } = request;
  const thread = await store.threadOf(conversationId);
  if (!thread) throw new AnswerboxError('conversation_not_found', { id: conversationId });
  const at = now();
  const known = thread.ticket === null ? null : await store.getTicket(thread.ticket);
  const held = thread.customerId === null ? null : await customers.get(thread.customerId);
  // Whom the shop vouches for is no other by an address that is typed, and is reached as the shop knows.
  const verified = held?.subject != null ? held : null;
  const asked = mergeContact(known?.contact ?? NO_CONTACT, request.contact ?? {});
  const contact = verified ? mergeContact(verified, asked) : asked;
  const customer = verified ?? (await findCustomer(customers, contact, request.subject ?? null)) ?? held;
  const customerId = customer?.id ?? thread.customerId;
  const vipPriority = customer?.vip === true ? 'high' : 'low';
  const priority = request.priority ?? (customer?.vip === true ? 'high' : 'normal');
  const heavier = (ticket: TicketRecord, by: Priority): TicketChange =>
    raised(ticket, by, at, { policies, profile: tools.profile() });
  const tell = (number: number, language: string | null) =>
    tellTaken(
      number,
      availabilityAt(tools.profile(), at, { language, email: contact.email, mail: tools.mail }),
      language,
    );
  const told = (ticket: TicketRecord, language: string | null): HandedOver => ({
    ticket,
    language,
    ...tell(ticket.number, language),
  });
  if (known && ['waiting', 'person'].includes(thread.state)) {
    // What staff made of the priority stays, unless there is something new: a reason, or who it is.
    const fresh = request.priority !== undefined || customerId !== known.customerId;
    const set = { contact, customerId, ...(fresh && heavier(known, request.priority ?? vipPriority)) };
    const events = priorityEvents(known, set, thread.id, actor);
    const ticket = await keepSaid(known, set, events, tools);
    return told(ticket, thread.language);
  }
  const events = await store.listEvents(thread.id, { before: Number.MAX_SAFE_INTEGER, limit: EVENTS });
  const handover = sumUpThread(events, { reason, rule, intent: request.intent ?? null });
  const language = handover.language ?? thread.language ?? (await languageOf(customerText(events)));
  // In one transaction with the ticket: killed in between, a ticket would wait that nobody was told of.
  const moved = (number: number): DeskWrite => {
    const { text } = tell(number, language);
    const data = { reason, rule, text, ticket: { number, status: 'open' } };
    const set = {
      state: 'waiting' as const,
      assigneeId: null,
      customerId,
      language,
      waitingSince: at.toISOString(),
    };
    return {
      threads: [{ id: thread.id, set }],
      events: [
        { threadId: thread.id, ticket: number, type: 'handover-start', visibility: 'all', actor, data },
      ],
    };
  };
  const open = known && known.status !== 'merged' ? known : null;
  if (open) {
    const again = reopened(open, at, tools);
    const set = { ...again, ...heavier({ ...open, ...again }, priority), handover, contact, customerId };
    const { events: start = [], ...write } = moved(open.number);
    const raising = priorityEvents(open, set, thread.id, actor);
    await store.apply({
      ...write,
      tickets: [{ number: open.number, set }],
      events: [...start, ...raising],
    });
    const ticket = (await store.getTicket(open.number)) ?? open;
    return told(ticket, language);
  }
  const fresh = {
    ...EMPTY_TICKET,
    ...dueTimes(priority, at, { policies, profile: tools.profile() }),
    subject: thread.subject || 'Request for a person',
    priority,
    category: handover.intent,
    customerId,
    contact,
    source: request.source ?? ('handover' as const),
    handover,
  };
  const { ticket } = await store.addTicket(fresh, thread.id, actor, moved);
  return told(ticket, language);
}

/**
 * A ticket that is worked on again. One that was done counts its time anew, but for a response that was given, and
 * the time before as not resolved; any other goes on from its pause.
 */
export function reopened(ticket: TicketRecord, at: Date, { policies, profile }: DeskTools): TicketChange {
  const done = isDone(ticket);
  const { firstResponseDue, firstResponseWarnAt } = ticket;
  return {
    ...resumeClocks(ticket, at, profile()),
    status: 'open',
    resolvedAt: null,
    closedAt: null,
    snoozedUntil: null,
    ...(done && {
      reopened: ticket.reopened + 1,
      slaTold: 0,
      ...dueTimes(ticket.priority, at, { policies, profile: profile() }),
      ...(ticket.firstResponseAt !== null && { firstResponseDue, firstResponseWarnAt }),
    }),
  };
}

async function keepSaid(
  ticket: TicketRecord,
  set: TicketChange,
  events: NewDeskEvent[],
  { store }: DeskTools,
): Promise<TicketRecord> {
  const next = { ...ticket, ...set };
  if (JSON.stringify(next) === JSON.stringify(ticket)) return ticket;
  await store.apply({ tickets: [{ number: ticket.number, set }], events });
  return next;
}

/** Staff are told of a priority that was raised; nothing for one that was not. */
export function priorityEvents(
  { number, priority: before }: TicketRecord,
  { priority }: TicketChange,
  threadId: string,
  actor: Actor,
): NewDeskEvent[] {
  if (priority === undefined || priority === before) return [];
  const data = { change: { priority: [before, priority] } };
  return [{ threadId, ticket: number, type: 'ticket-change', visibility: 'staff', actor, data }];
}

/** In the customer's language: the number of their ticket, and when somebody is there. */
function tellTaken(number: number, availability: Availability, language: string | null) {
  const say = sayIn(language ?? 'en');
  return { availability, text: joinSentences([say('desk.ticketTaken', { number }), availability.text], say) };
}

export const EMPTY_TICKET: Omit<TicketRecord, 'number' | 'version' | 'subject' | 'createdAt' | 'updatedAt'> =
  {
    status: 'open',
    priority: 'normal',
    category: null,
    assigneeId: null,
    teamId: null,
    customerId: null,
    contact: NO_CONTACT,
    tags: [],
    source: 'staff',
    handover: null,
    snoozedUntil: null,
    pausedAt: null,
    slaFrom: null,
    pausedMinutes: 0,
    firstResponseDue: null,
    resolutionDue: null,
    firstResponseWarnAt: null,
    resolutionWarnAt: null,
    slaTold: 0,
    firstResponseAt: null,
    resolvedAt: null,
    closedAt: null,
    reopened: 0,
    mergedInto: null,
    csatRating: null,
    csatComment: null,
    csatAt: null,
  };
