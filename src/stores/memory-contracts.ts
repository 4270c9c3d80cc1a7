/** What may be forgotten: sessions with a time to live, facts a customer agreed to, and caches. */

export const CACHES = ['embedding', 'intent', 'retrieval', 'answer'] as const;
export type CacheName = (typeof CACHES)[number];

export interface CacheCounts {
  entries: number;
  hits: number;
  misses: number;
}

export interface Cache {
  /** Null when it was never stored, is too old, or was stored at other versions of its sources. */
  get(name: CacheName, key: string, versions: string): Promise<Uint8Array | null>;
  put(name: CacheName, key: string, versions: string, value: Uint8Array): Promise<void>;
  clear(name?: CacheName): Promise<void>;
  counts(): Promise<Record<CacheName, CacheCounts>>;
}

/** What a conversation is about so far; gone when nobody wrote for its time to live. */
export interface Session {
  conversationId: string;
  /** Short text of what was said before the messages that are read whole; '' in short conversations. */
  summary: string;
  /** Messages that the summary covers. */
  summarised: number;
  /** Product codes spoken of, newest first. */
  products: string[];
  /** The order that this conversation proved to be the customer's by its e-mail address, or null. */
  provenOrder: string | null;
  /** What the customer was asked last and has not answered, or null. */
  asked: AskedBack | null;
}

/** A question back to the customer; what they say next may be the answer to it. */
export type AskedBack =
  /** `field`: the one that was asked for; '' for the e-mail address that proves an order. */
  | { kind: 'field'; action: string; input: Record<string, string | number | boolean>; field: string }
  | { kind: 'confirm'; id: string }
  /** May this be remembered? Kept only when they say yes. */
  | { kind: 'consent'; fact: { name: string; value: string } };

export interface SessionStore {
  get(conversationId: string): Promise<Session | null>;
  put(session: Session): Promise<void>;
  remove(conversationId: string): Promise<void>;
}

/** What one visitor, network or key may still do. */
export interface Allowance {
  /** How many; a part of one flows in as time goes by. */
  left: number;
  /** When that was so, milliseconds since the epoch. */
  at: number;
}

/** Allowances that outlive the process. A failure is no refusal: what cannot be kept is counted in memory alone. */
export interface AllowanceStore {
  /** Null for one that nobody has used for hours: it is full. */
  get(key: string): Promise<Allowance | null>;
  /** Written behind: it is on the disk soon, at the latest when the store is closed. */
  put(key: string, allowance: Allowance): void;
}

export interface CustomerFact {
  name: string;
  value: string;
  /** ISO 8601, UTC. */
  notedAt: string;
}

/** Across conversations, only with consent; withdrawing it removes everything. */
export interface CustomerMemory {
  /** @param origin where it was said and who wrote it down; left out: the customer, in the chat */
  setConsent(customerId: string, given: boolean, origin?: { source: string; by: string }): Promise<void>;
  hasConsent(customerId: string): Promise<boolean>;
  /** False, and nothing kept, without consent. */
  note(customerId: string, fact: { name: string; value: string }): Promise<boolean>;
  facts(customerId: string): Promise<CustomerFact[]>;
  erase(customerId: string): Promise<void>;
  /** As `erase`, of many; the bytes of what is gone stay in the file until it is written anew. */
  forget(customerIds: readonly string[]): Promise<void>;
}
