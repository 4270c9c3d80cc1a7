import type { Page, Paged } from './page-contracts.ts';
import type {
  Actor,
  DeskEvent,
  DraftKind,
  NewDeskEvent,
  ThreadChange,
  ThreadFilter,
  ThreadRecord,
} from './thread-contracts.ts';
import type { NewTicket, TicketChange, TicketFilter, TicketRecord, TicketSort } from './ticket-contracts.ts';

/** The desk: the store of threads, tickets, what happens to them, drafts and the library. */

export const LIBRARY_KINDS = ['macros', 'saved-replies', 'teams', 'tags', 'categories'] as const;

export type LibraryKind = (typeof LIBRARY_KINDS)[number];

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

export interface DeskStore {
  /** @throws ticket_changed, ticket_not_found, thread_not_found */
  apply(write: DeskWrite): Promise<DeskEvent[]>;
  /**
   * With its thread and first event in one transaction; the thread is of this ticket then.
   * @param alongside what is written with it, or not at all: a ticket of a hand-over that did not happen is none
   */
  addTicket(
    ticket: NewTicket,
    threadId: string,
    actor: Actor,
    alongside?: (number: number) => DeskWrite,
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
  /**
   * Threads of people in which a customer waits since between these times, ISO 8601, and nobody of the staff was told:
   * neither by a hand-over nor by the event of {@link waitEventId}. Longest first.
   */
  listWaiting(from: string, to: string, limit: number): Promise<ThreadRecord[]>;
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
    /** The customer's message that it replied to; the last one where it is left out. */
    askedId?: string;
    /** Whether what was sent is put before the knowledge's keepers as an article, under the customer's question. */
    propose: boolean;
  }): Promise<void>;
  /** What one member of staff thinks of the suggested reply of a thread; null takes it back. */
  rateDraft(threadId: string, userId: string, rating: 1 | -1 | null): Promise<void>;
  /** Null: not rated. */
  getDraftRating(threadId: string, userId: string): Promise<1 | -1 | null>;

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
