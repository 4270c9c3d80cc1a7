import { AnswerboxError } from '../errors.ts';
import { sayIn } from '../messages/say.ts';
import type { DeskWrite } from '../stores/desk-contracts.ts';
import type { Actor } from '../stores/thread-contracts.ts';
import type { Contact, HandoverReason, Priority, TicketRecord } from '../stores/ticket-contracts.ts';
import { availabilityAt, joinSentences, type Availability } from './availability.ts';
import { DESK } from './desk-settings.ts';
import type { DeskTools } from './desk-tools.ts';
import { findCustomer, mergeContact, NO_CONTACT } from './find-customer.ts';
import { customerText } from './language-of-thread.ts';
import { dueTimes } from './sla-policies.ts';
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
  const contact = mergeContact(known?.contact ?? NO_CONTACT, request.contact ?? {});
  const customer = await findCustomer(customers, contact, request.subject ?? null);
  const customerId = customer?.id ?? thread.customerId;
  const tell = (number: number, language: string | null) =>
    tellTaken(number, availabilityAt(tools.profile(), at, language, contact.email), language);
  const told = (ticket: TicketRecord, language: string | null): HandedOver => ({
    ticket,
    language,
    ...tell(ticket.number, language),
  });
  if (known && ['waiting', 'person'].includes(thread.state)) {
    const ticket = await keepContact(known, contact, customerId, tools);
    return told(ticket, thread.language);
  }
  const events = await store.listEvents(thread.id, { before: Number.MAX_SAFE_INTEGER, limit: EVENTS });
  const handover = sumUpThread(events, { reason, rule, intent: request.intent ?? null });
  const language = handover.language ?? thread.language ?? (await languageOf(customerText(events)));
  const vip = customer?.vip === true;
  const priority = request.priority ?? (vip ? 'high' : 'normal');
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
    const set = { ...reopened(open, at, tools), handover, contact, customerId };
    await store.apply({ ...moved(open.number), tickets: [{ number: open.number, set }] });
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

/** A ticket that is worked on again counts its time anew, and the one before as not resolved. */
export function reopened(ticket: TicketRecord, at: Date, { policies, profile }: DeskTools) {
  const done = ticket.status === 'resolved' || ticket.status === 'closed';
  return {
    status: 'open' as const,
    resolvedAt: null,
    closedAt: null,
    snoozedUntil: null,
    pausedAt: null,
    ...(done && {
      reopened: ticket.reopened + 1,
      slaTold: 0,
      ...dueTimes(ticket.priority, at, { policies, profile: profile() }),
      firstResponseDue: ticket.firstResponseDue,
    }),
  };
}

async function keepContact(
  ticket: TicketRecord,
  contact: Contact,
  customerId: string | null,
  { store }: DeskTools,
): Promise<TicketRecord> {
  const same = JSON.stringify(ticket.contact) === JSON.stringify(contact);
  if (same && ticket.customerId === customerId) return ticket;
  await store.apply({ tickets: [{ number: ticket.number, set: { contact, customerId } }] });
  return { ...ticket, contact, customerId };
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
