/** What the desk sees of a conversation, and what happens in it. */

export const THREAD_STATES = ['assistant', 'waiting', 'person', 'closed'] as const;

export type ThreadState = (typeof THREAD_STATES)[number];

export type DraftKind = 'reply' | 'note';

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
  'customer-waits',
  'csat-ask',
  'csat-add',
  'attachment-add',
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

/** Of the event that tells staff of one wait: each wait is told once. */
export const waitEventId = (threadId: string, waitingSince: string): string =>
  `wait.${threadId}.${waitingSince}`;
