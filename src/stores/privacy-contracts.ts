/** What is held of one person over all tables, its end, and what is older than it is to be kept. */

/** Who is meant; any of them is enough. */
export interface PersonQuery {
  customers?: readonly string[];
  /** The shop's own numbers. */
  subjects?: readonly string[];
  emails?: readonly string[];
  conversations?: readonly string[];
  /** Only what was there by then, ISO 8601, UTC: a person may have come back since they were erased. */
  by?: string;
}

/** Everything that leads to what is held of a person. */
export interface Person {
  customers: string[];
  subjects: string[];
  /** Lower case. */
  emails: string[];
  phones: string[];
  names: string[];
  conversations: string[];
  threads: string[];
  tickets: number[];
  /** Numbers of orders held here. */
  orders: string[];
}

/** Rows by what they are. */
export type RowCounts = Record<string, number>;

export interface RetentionLimits {
  /** ISO 8601, UTC: what was last touched before is too old; null: nothing ever is. */
  conversations: string | null;
  anonymise: string | null;
  tickets: string | null;
  /** Profiles, by the last conversation, ticket, order, consent or change. */
  customers: string | null;
  deliveries: string | null;
  traces: string | null;
}
export type RetentionClass = keyof RetentionLimits | 'signIns';

/** A customer with all that were merged into it. */
export interface ExpiredCustomer {
  id: string;
  /** The shop's own numbers of them: what is remembered is kept under these. */
  subjects: string[];
}

export interface PrivacyStore {
  /** Null when nothing is held. */
  find(query: PersonQuery): Promise<Person | null>;
  count(person: Person): Promise<RowCounts>;
  /** As an export shows it; without the ids that open conversations. */
  read(person: Person): Promise<Record<string, unknown[]>>;
  /** In one transaction: all rows gone, mentions elsewhere struck out. How many of each. */
  erase(person: Person): Promise<RowCounts>;
  /** Writes the file anew, so that no byte of what was removed stays in it or its log. */
  dropRemovedBytes(): Promise<void>;
  /** Passages of documents that name the person: the owner's, and never changed from here. */
  countDocumentMentions(person: Person): Promise<number>;
  /** What marks of an erase list are compared with, in pages. */
  identities(after: { customers: string; conversations: string }, limit: number): Promise<Identity[]>;

  countExpired(limits: RetentionLimits, now: string): Promise<Record<RetentionClass, number>>;
  /** Of each class, all that there is, old or not. */
  countAll(): Promise<{ conversations: number; tickets: number; traces: number; customers: number }>;
  /** When the newest conversation, ticket or trace was last touched, ISO 8601, UTC; null: there is none. */
  newestRow(): Promise<string | null>;
  /** A slice of at most so many of each; `conversations`: ids of those that are gone or anonymised. */
  removeExpired(
    limits: RetentionLimits,
    now: string,
    most: number,
  ): Promise<{ removed: Record<Exclude<RetentionClass, 'customers'>, number>; conversations: string[] }>;
  /** Customers of whom nothing was touched since, ISO 8601, UTC. */
  expiredCustomers(before: string): Promise<ExpiredCustomer[]>;
  /** Those of them who did not come back meanwhile; how many. Their tickets and conversations stay. */
  removeCustomers(before: string, ids: readonly string[]): Promise<number>;
}

export interface Identity {
  kind: 'customers' | 'subjects' | 'emails' | 'conversations';
  value: string;
  /** Where the next page begins. */
  table: 'customers' | 'conversations';
  id: string;
}
