/** The desk: threads (the staff's side of conversations), tickets, what happens to them, and customers. */

export const THREAD_STATES = ['assistant', 'waiting', 'person', 'closed'] as const;
export type ThreadState = (typeof THREAD_STATES)[number];
export const TICKET_STATUSES = ['open', 'pending', 'snoozed', 'resolved', 'closed', 'merged'] as const;
export type TicketStatus = (typeof TICKET_STATUSES)[number];
/** In order of weight. */
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];
export const TICKET_SORTS = ['updated', 'created', 'due', 'priority'] as const;
export type TicketSort = (typeof TICKET_SORTS)[number];
export const LIBRARY_KINDS = ['macros', 'saved-replies', 'teams', 'tags'] as const;
export type LibraryKind = (typeof LIBRARY_KINDS)[number];
export type DraftKind = 'reply' | 'note';

/** Why a conversation goes to a person: LibreDesk's and Chatwoot's reasons, and those of our rules. */
export const HANDOVER_REASONS = [
  'customer_request',
  'missing_knowledge',
  'unsupported_request',
  'policy_restriction',
  'tool_failure',
  'pending_clarification',
  'usage_limit',
  'frustration',
  'urgency',
  'vip',
  'repeated_failure',
  'sensitive',
] as const;
export type HandoverReason = (typeof HANDOVER_REASONS)[number];

export interface Actor {
  kind: 'customer' | 'assistant' | 'staff' | 'program' | 'desk';
  /** Id of the user or key; '' for the others. */
  id: string;
  /** As it is shown. */
  name: string;
}

export const EVENT_TYPES = [
  'message-add',
  'note-add',
  'handover-start',
  'state-change',
  'thread-change',
  'ticket-add',
  'ticket-change',
  'sla-warn',
  'sla-breach',
  'csat-ask',
  'csat-add',
] as const;
export type DeskEventType = (typeof EVENT_TYPES)[number];

export interface NewDeskEvent {
  /** Made here when not given; the same id twice is one event. */
  id?: string;
  threadId: string | null;
  ticket: number | null;
  type: DeskEventType;
  /** Customers see 'all' alone. */
  visibility: 'all' | 'staff';
  actor: Actor;
  data: Record<string, unknown>;
}

export interface DeskEvent extends Required<NewDeskEvent> {
  /** Over all threads, from 1; grows, may skip. */
  position: number;
  /** Within the thread, from 1 without a gap; null when it is of no thread. */
  sequence: number | null;
  /** ISO 8601, UTC. */
  at: string;
  message: EventMessage | null;
}

export interface EventMessage {
  id: string;
  role: 'customer' | 'assistant' | 'staff';
  author: string | null;
  text: string;
  /** The whole answer object, as JSON. */
  answer: string | null;
}

export interface ThreadRecord {
  id: string;
  /** The customer's key to the conversation: never shown to staff. */
  conversationId: string;
  state: ThreadState;
  ticket: number | null;
  customerId: string | null;
  assigneeId: string | null;
  teamId: string | null;
  subject: string;
  language: string | null;
  tags: string[];
  lastSequence: number;
  lastCustomerSequence: number;
  staffRead: number;
  customerRead: number;
  lastText: string;
  lastRole: string;
  /** Since when nobody of the staff has answered; null while nobody waits. */
  waitingSince: string | null;
  createdAt: string;
  updatedAt: string;
}
export type ThreadChange = Partial<
  Pick<
    ThreadRecord,
    | 'state'
    | 'ticket'
    | 'customerId'
    | 'assigneeId'
    | 'teamId'
    | 'subject'
    | 'language'
    | 'tags'
    | 'staffRead'
    | 'customerRead'
    | 'waitingSince'
    | 'lastRole'
  >
>;

export interface Handover {
  reason: HandoverReason;
  /** Name of the rule, or null when the customer asked. */
  rule: string | null;
  summary: string;
  tried: string[];
  evidence: { document_id: string; title: string; url: string | null; quote: string }[];
  suggested_reply: string | null;
  intent: string | null;
  language: string | null;
}

export interface Contact {
  name: string | null;
  email: string | null;
  phone: string | null;
}

export interface TicketRecord {
  number: number;
  /** Grows with every change. */
  version: number;
  subject: string;
  status: TicketStatus;
  priority: Priority;
  category: string | null;
  assigneeId: string | null;
  teamId: string | null;
  customerId: string | null;
  contact: Contact;
  tags: string[];
  source: 'handover' | 'form' | 'staff';
  handover: Handover | null;
  /** Null and status 'snoozed': until the next reply. */
  snoozedUntil: string | null;
  /** Since when the clocks of the SLA stand still; null while they run. */
  pausedAt: string | null;
  firstResponseDue: string | null;
  resolutionDue: string | null;
  /** Times before which no warning is due. */
  firstResponseWarnAt: string | null;
  resolutionWarnAt: string | null;
  /** Bits of what was told: 1 first response warned, 2 breached, 4 resolution warned, 8 breached. */
  slaTold: number;
  firstResponseAt: string | null;
  resolvedAt: string | null;
  closedAt: string | null;
  reopened: number;
  mergedInto: number | null;
  csatRating: number | null;
  csatComment: string | null;
  csatAt: string | null;
  createdAt: string;
  updatedAt: string;
}
export type NewTicket = Omit<TicketRecord, 'number' | 'version' | 'createdAt' | 'updatedAt'>;
export type TicketChange = Partial<Omit<NewTicket, 'source'>>;

/** Everything of it happens or nothing; events get their numbers there. */
export interface DeskWrite {
  threads?: readonly { id: string; set: ThreadChange }[];
  /** `version`: the one that the writer saw. */
  tickets?: readonly { number: number; set: TicketChange; version?: number }[];
  /** Pairs of tickets. */
  links?: readonly { one: number; other: number; linked: boolean }[];
  /** Threads of the first become threads of the second. */
  moves?: readonly { from: number; into: number }[];
  events?: readonly NewDeskEvent[];
}

export interface ThreadFilter {
  state?: readonly ThreadState[];
  /** Null: nobody's. */
  assigneeId?: string | null;
  teamId?: string;
  customerId?: string;
  unread?: boolean;
  /** Whether its ticket sleeps. */
  snoozed?: boolean;
  text?: string;
}

export interface TicketFilter {
  status?: readonly TicketStatus[];
  priority?: readonly Priority[];
  assigneeId?: readonly (string | null)[];
  teamId?: string;
  tag?: string;
  category?: string;
  customerId?: string;
  /** Past a due time at this moment, ISO 8601. */
  overdueAt?: string;
  text?: string;
}

export interface Page {
  limit: number;
  /** As it came with the page before. */
  cursor?: string;
}
export interface Paged<Item> {
  items: Item[];
  nextCursor: string | null;
}

export interface DeskStore {
  /** @throws ticket_changed, ticket_not_found, thread_not_found */
  apply(write: DeskWrite): Promise<DeskEvent[]>;
  /** With its thread and first event in one transaction; the thread is of this ticket then. */
  addTicket(
    ticket: NewTicket,
    threadId: string,
    actor: Actor,
  ): Promise<{ ticket: TicketRecord; events: DeskEvent[] }>;
  /** A message of staff or the desk itself; null when there is one of this id already. */
  addMessage(message: {
    id: string;
    threadId: string;
    role: 'staff' | 'assistant' | 'customer';
    text: string;
    actor: Actor;
  }): Promise<DeskEvent | null>;

  threadOf(conversationId: string): Promise<ThreadRecord | null>;
  getThread(id: string): Promise<ThreadRecord | null>;
  /** Newest first. */
  listThreads(filter: ThreadFilter, page: Page): Promise<Paged<ThreadRecord>>;
  countThreads(
    userId: string,
  ): Promise<Record<'waiting' | 'mine' | 'unassigned' | 'open' | 'snoozed' | 'all' | 'unread', number>>;
  threadsOfTicket(number: number): Promise<ThreadRecord[]>;

  /** In order of sequence; `before` reads backwards from there. */
  listEvents(
    threadId: string,
    options: { after?: number; before?: number; limit: number; visibility?: 'all' },
  ): Promise<DeskEvent[]>;
  /** Over all threads, in order of position. */
  listAllEvents(options: { after: number; limit: number }): Promise<DeskEvent[]>;
  lastPosition(): Promise<number>;
  history(ticket: number, options: { after: number; limit: number }): Promise<DeskEvent[]>;

  getTicket(number: number): Promise<TicketRecord | null>;
  listTickets(filter: TicketFilter, sort: TicketSort, page: Page): Promise<Paged<TicketRecord>>;
  linksOf(number: number): Promise<number[]>;
  /** After a customer wrote: what they wrote is found from then on. */
  refreshSearch(number: number): Promise<void>;
  /** Tickets for which something is to be done by now: wake, warn, breach, close. */
  listDue(now: string, closeBefore: string, limit: number): Promise<TicketRecord[]>;

  /** Threads of the assistant whose last word is the customer's and came between these times: nobody answered. */
  listStranded(from: string, to: string, limit: number): Promise<ThreadRecord[]>;
  /** Everybody who has an open thread or ticket. */
  listAssignees(): Promise<string[]>;
  listAssigned(userId: string): Promise<{ threads: ThreadRecord[]; tickets: TicketRecord[] }>;

  getDraft(
    userId: string,
    threadId: string,
    kind: DraftKind,
  ): Promise<{ text: string; data: unknown; updatedAt: string } | null>;
  /** Null removes it. */
  putDraft(
    userId: string,
    threadId: string,
    kind: DraftKind,
    draft: { text: string; data: unknown } | null,
  ): Promise<void>;
  noteDraftUse(use: {
    messageId: string;
    shown: boolean;
    inserted: boolean;
    editedShare: number;
  }): Promise<void>;

  listLibrary(kind: LibraryKind): Promise<LibraryItem[]>;
  getLibraryItem(kind: LibraryKind, id: string): Promise<LibraryItem | null>;
  putLibraryItem(
    kind: LibraryKind,
    id: string,
    item: { name: string; data: Record<string, unknown> },
  ): Promise<LibraryItem>;
  removeLibraryItem(kind: LibraryKind, id: string): Promise<boolean>;
}

export interface LibraryItem {
  id: string;
  name: string;
  data: Record<string, unknown>;
  updatedAt: string;
}

export interface CustomerRecord {
  id: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  /** The shop's own id, from a token that it signed; null for one who only says who they are. */
  subject: string | null;
  language: string | null;
  vip: boolean;
  notes: string;
  attributes: Record<string, string>;
  mergedInto: string | null;
  createdAt: string;
  updatedAt: string;
}
export type CustomerChange = Partial<
  Pick<CustomerRecord, 'name' | 'email' | 'phone' | 'language' | 'vip' | 'notes' | 'attributes'>
>;

export interface ConsentRecord {
  purpose: string;
  given: boolean;
  source: string;
  by: string;
  at: string;
}

export interface CustomerStore {
  create(customer: CustomerChange & { subject?: string }): Promise<CustomerRecord>;
  get(id: string): Promise<CustomerRecord | null>;
  findBySubject(subject: string): Promise<CustomerRecord | null>;
  /** The oldest one of this address. */
  findByEmail(email: string): Promise<CustomerRecord | null>;
  list(filter: { text?: string }, page: Page): Promise<Paged<CustomerRecord>>;
  change(id: string, change: CustomerChange): Promise<CustomerRecord | null>;
  /** Threads, tickets, consents and what is missing in the second go over to it. */
  merge(from: string, into: string): Promise<CustomerRecord | null>;
  addConsent(id: string, consent: Omit<ConsentRecord, 'at'>): Promise<void>;
  /** Newest first. */
  listConsents(id: string): Promise<ConsentRecord[]>;
}

export interface WebhookRecord {
  id: string;
  url: string;
  secret: string;
  events: DeskEventType[];
  description: string;
  disabled: boolean;
  createdAt: string;
}

export const DELIVERY_STATES = ['pending', 'done', 'dead'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export interface DeliveryRecord {
  id: string;
  kind: 'webhook' | 'mail';
  /** Id of the webhook, or the address. */
  target: string;
  /** The body, or the mail as JSON. */
  payload: string;
  type: string;
  state: DeliveryState;
  attempts: number;
  /** When it is tried next. */
  nextAt: string;
  lastError: string | null;
  createdAt: string;
}
export type NewDelivery = Pick<DeliveryRecord, 'id' | 'kind' | 'target' | 'payload' | 'type'>;

export interface OutboxStore {
  addWebhook(webhook: Omit<WebhookRecord, 'id' | 'createdAt' | 'disabled'>): Promise<WebhookRecord>;
  listWebhooks(): Promise<WebhookRecord[]>;
  getWebhook(id: string): Promise<WebhookRecord | null>;
  changeWebhook(
    id: string,
    change: Partial<Pick<WebhookRecord, 'url' | 'events' | 'description' | 'disabled'>>,
  ): Promise<WebhookRecord | null>;
  removeWebhook(id: string): Promise<boolean>;
  /** Up to which event the outbox was filled; null before the first time. */
  filledUpTo(): Promise<number | null>;
  /** Deliveries and the new place in one transaction: nothing is sent twice or left out. */
  fill(position: number, deliveries: readonly NewDelivery[]): Promise<void>;
  nextDue(now: string, limit: number): Promise<DeliveryRecord[]>;
  /** When the next one is due; null when none waits. */
  nextTime(): Promise<string | null>;
  finish(id: string, result: { state: DeliveryState; nextAt: string; error: string | null }): Promise<void>;
  list(filter: { state?: DeliveryState }, page: Page): Promise<Paged<DeliveryRecord>>;
  /** Dead or done ones are tried again from the start. */
  replay(id: string, now: string): Promise<boolean>;
}
