import type { Chunk, GivenScope, PageStart, ParseProblem } from '../ingest/ingest-types.ts';

/** Stores are asynchronous by contract, though SQLite answers at once: other engines may stand behind. */

/** Whom customers belong to; what is for another audience is shown to staff alone. */
export const PUBLIC_AUDIENCE = 'public';

/** What a document is about, for whom it is, and when it holds. */
export interface DocumentScope {
  /** The owner's word for its subject, in lower case; null: none. */
  category: string | null;
  /** ISO 639-1; null: not said, found whatever language is asked for. */
  language: string | null;
  /** 'public', or the owner's word for those who may read it, such as 'staff'. */
  audience: string;
  /** ISO 8601, UTC: the instant from which it holds; null: always. */
  validFrom: string | null;
  /** ISO 8601, UTC: the instant from which it no longer holds; null: never. */
  validUntil: string | null;
  /** Who in the shop looks after it; null: not said. */
  owner: string | null;
}

export const UNLIMITED_SCOPE: DocumentScope = {
  category: null,
  language: null,
  audience: PUBLIC_AUDIENCE,
  validFrom: null,
  validUntil: null,
  owner: null,
};

/** Which documents are searched; what is left out limits nothing. */
export interface DocumentFilter {
  categories?: readonly string[];
  /** ISO 639-1; documents that name no language are found too. */
  languages?: readonly string[];
  audiences?: readonly string[];
  /** 'demo', 'documents', or 'source:ID' of a site or folder. */
  collections?: readonly string[];
  /** ISO 8601, UTC: only what holds at this instant. */
  at?: string;
}

export const DOCUMENT_STATES = [
  'valid',
  'upcoming',
  'expired',
  'problems',
  'disabled',
  'edited',
  'overtaken',
] as const;

/** Documents that a person looks for; what is left out limits nothing. */
export interface DocumentSearch {
  /** Part of title or source, whatever the case. */
  words?: string;
  category?: string;
  language?: string;
  audience?: string;
  /** 'demo', 'documents', or 'source:ID' of a site or folder. */
  collection?: string;
  /** One of `MEDIA_TYPES`. */
  mediaType?: string;
  /** These documents alone. */
  ids?: readonly string[];
  /**
   * By its dates; 'problems': parts of it could not be read; 'disabled': it, or a passage of it, is not retrieved;
   * 'edited': it holds a text that was written or brought back here; 'overtaken': its source replaced such a text.
   */
  state?: (typeof DOCUMENT_STATES)[number];
  /** ISO 8601, UTC: the present, for `state`. */
  at: string;
}

/** How many documents have each value; documents without one are under ''. */
export interface DocumentFacets {
  categories: Record<string, number>;
  languages: Record<string, number>;
  audiences: Record<string, number>;
  collections: Record<string, number>;
}

export interface DocumentRecord extends DocumentScope {
  id: string;
  source: string;
  title: string;
  url: string | null;
  mediaType: string;
  /** SHA-256 of the original bytes, hex. */
  sha256: string;
  bytes: number;
  /** Groups of documents that can be removed together; 'demo' for the built-in shop. */
  collection: string;
  chunks: number;
  /** ISO 8601, UTC. */
  createdAt: string;
  updatedAt: string;
  /** What of the scope was given with the document, not read from it: it stays when the document changes. */
  givenScope: GivenScope;
  /** Parts that could not be read when the rest was; left out when there are none. */
  problems?: readonly ParseProblem[];
  /** True: none of it is retrieved; left out otherwise. */
  disabled?: true;
  /**
   * 'edited': a text written or brought back here stands before that of its source; 'overtaken': its source changed
   * since, and that text is among its versions. Left out otherwise.
   */
  ownText?: 'edited' | 'overtaken';
}

export interface NewDocument {
  source: string;
  title: string;
  url: string | null;
  mediaType: string;
  sha256: string;
  original: Uint8Array;
  text: string;
  collection: string;
  /** Left out: public and without limits. */
  scope?: DocumentScope;
  givenScope?: GivenScope;
  chunks: readonly Chunk[];
  /** One unit vector a chunk, same order. */
  embeddings: readonly Float32Array[];
  /** Identity of the embedder that made them. */
  embedder: string;
  problems?: readonly ParseProblem[];
  /** Id of the document whose marks a new one takes over, by `findMarks` or `findTwins`. */
  predecessor?: string | undefined;
}

/** A document that is gone or about to go, whose marks a new one takes over. */
export interface Predecessor {
  documentId: string;
  givenScope: GivenScope;
}

export interface ChunkRecord {
  id: number;
  documentId: string;
  title: string;
  url: string | null;
  updatedAt: string;
  ordinal: number;
  headingPath: string;
  text: string;
  start: number;
  end: number;
  tokens: number;
  /** Pages that it stands on; left out where the format has none. */
  pages?: readonly PageStart[];
}

export interface KeywordHit {
  chunkId: number;
  /** BM25, higher is better. */
  score: number;
}

export interface VectorHit {
  chunkId: number;
  /** Cosine similarity, -1…1. */
  score: number;
}

/** What one transaction changed, so that derived indexes can follow. */
export interface KnowledgeChange {
  documentId: string;
  /** Grows by one with every change; an index at another generation is stale. */
  generation: number;
  added: readonly number[];
  removed: readonly number[];
}

export interface KnowledgeStore {
  /**
   * Replaces the document of this source, or adds it, in one durable transaction. Chunks that did not change
   * keep their ids; when its bytes and its text changed, what it was before stays as a version.
   */
  putDocument(document: NewDocument): Promise<KnowledgeChange>;
  findBySource(source: string): Promise<DocumentRecord | null>;
  getDocument(id: string): Promise<DocumentRecord | null>;
  /** The plain text that citations are slices of. */
  getText(id: string): Promise<string | null>;
  getOriginal(id: string): Promise<Uint8Array | null>;
  /** In order of source; `after` is the last source of the page before. */
  listDocuments(options: {
    limit: number;
    after?: string;
    search?: DocumentSearch;
  }): Promise<DocumentRecord[]>;
  countDocuments(search: DocumentSearch): Promise<number>;
  documentFacets(): Promise<DocumentFacets>;
  /** Null when there was none. Of one of a site or folder it is remembered what was said of it, for when it comes back. */
  removeDocument(id: string): Promise<KnowledgeChange | null>;
  /** Of a document of this source, else of these bytes, that was removed from the collection; null for none. */
  findMarks(file: { source: string; collection: string; sha256: string }): Promise<Predecessor | null>;
  /** Documents of the collection that have these bytes. */
  findTwins(collection: string, sha256: string): Promise<DocumentRecord[]>;
  listCollection(collection: string): Promise<DocumentRecord[]>;
  getChunks(ids: readonly number[]): Promise<ChunkRecord[]>;
  /** Chunks of one document in order. */
  getDocumentChunks(id: string): Promise<ChunkRecord[]>;
  /** The best `limit` chunks of those that are not excluded. */
  searchKeywords(query: string, limit: number, excluded?: ReadonlySet<number>): Promise<KeywordHit[]>;
  /** Chunks of the documents that a filter leaves out, and whatever is disabled. Counted once a change of documents or of their validity. */
  excludedChunks(filter: DocumentFilter): Promise<ReadonlySet<number>>;
  /** The last instant up to `at` (ISO 8601, UTC) at which some document began or ceased to hold; '' for none. */
  validityChange(at: string): Promise<string>;
  counts(): Promise<{ documents: number; chunks: number; generation: number }>;
  /** All chunk ids, ascending: what an index should hold. */
  chunkIds(): Promise<number[]>;
  /** Vectors that this embedder made of passages with these content hashes (`passageHash`), by hash. */
  findVectors(hashes: readonly string[], embedder: string): Promise<Map<string, Float32Array>>;
  /** Vectors of these chunks made by this embedder; a chunk of another embedder is left out. */
  getEmbeddings(
    ids: readonly number[],
    embedder: string,
  ): Promise<{ chunkId: number; vector: Float32Array }[]>;
  /** Chunks whose vector another embedder made, lowest ids first. */
  listStaleChunks(embedder: string, limit: number): Promise<ChunkRecord[]>;
  /** Replaces the vectors of these chunks. The generation grows, so that saved indexes are stale. */
  putEmbeddings(rows: readonly { chunkId: number; vector: Float32Array }[], embedder: string): Promise<void>;
}

/** Derived from the knowledge store; can always be rebuilt. */
export interface VectorIndex {
  readonly size: number;
  /** Every change of the store up to this generation is in the index; less than the store's while it lags. */
  readonly generation: number;
  /** Brings the index to what the store holds: loads the saved file if it fits, adds and removes the rest. */
  catchUp(signal?: AbortSignal): Promise<{ loaded: boolean; added: number; removed: number }>;
  apply(change: KnowledgeChange): Promise<void>;
  /** The nearest `limit` of those that are not excluded. */
  search(vector: Float32Array, limit: number, excluded?: ReadonlySet<number>): Promise<VectorHit[]>;
  /** Builds the index anew without what was erased from it, while the old one serves; how many that were. */
  compact(signal?: AbortSignal): Promise<number>;
  /** Writes the index so that a torn or stale file is recognised. */
  save(): Promise<void>;
}

export interface MessageRecord {
  id: string;
  conversationId: string;
  /** 'staff': a person of the shop wrote it. */
  role: 'customer' | 'assistant' | 'staff';
  text: string;
  /** The whole answer object, as JSON, for assistant messages. */
  answer: string | null;
  /** Name of the person who wrote it; null for customer and assistant. */
  author?: string | null;
  createdAt: string;
}

export const FEEDBACK_CATEGORIES = [
  'wrong',
  'incomplete',
  'outdated',
  'unclear',
  'wrong_source',
  'not_understood',
  'other',
] as const;

export interface Feedback {
  /** 1 helpful, -1 not. */
  rating: number;
  category: (typeof FEEDBACK_CATEGORIES)[number] | null;
  comment: string | null;
}

export interface ConversationStore {
  createConversation(metadata: Record<string, unknown>): Promise<string>;
  hasConversation(id: string): Promise<boolean>;
  addMessage(message: Omit<MessageRecord, 'createdAt'>): Promise<void>;
  listMessages(conversationId: string): Promise<MessageRecord[]>;
  /** The newest so many, in the order they came: a long conversation is not read whole. */
  listRecentMessages(conversationId: string, limit: number): Promise<MessageRecord[]>;
  /** The newest so many of those before the one with this id, in the order they came; none before an unknown one. */
  listMessagesBefore(conversationId: string, before: string, limit: number): Promise<MessageRecord[]>;
  countMessages(conversationId: string): Promise<number>;
  /** Null when there is none. */
  findMessage(id: string): Promise<MessageRecord | null>;
  /** On an assistant's message, the last word counting; false when there is no such message. */
  addFeedback(messageId: string, feedback: Feedback): Promise<boolean>;
  /** What was said of the messages of this conversation. */
  listFeedback(conversationId: string): Promise<(Feedback & { messageId: string; createdAt: string })[]>;
}

/** How an answer came about, as JSON; staff only. */
export interface TraceRecord {
  messageId: string;
  conversationId: string;
  createdAt: string;
  trace: string;
  /** What the customer said of the answer, or null; `category` where they chose one. */
  feedback: { rating: number; category: string | null; comment: string | null; createdAt: string } | null;
}

/** Limits on what is kept of traces; the oldest go first. */
export interface TraceLimits {
  /** Days; 0 keeps none. */
  days: number;
  /** Bytes of all traces together, as stored. */
  bytes: number;
}

/** Goes with its message: what erases a message erases how it came about. */
export interface TraceStore {
  /** Taken at once, written soon after: an answer does not wait for it. A trace of no message is dropped. */
  put(messageId: string, trace: string): void;
  /** Resolves when all that was put is on the disk. */
  flush(): Promise<void>;
  get(messageId: string): Promise<TraceRecord | null>;
  /** Removes what is beyond the limits; resolves to how many. */
  prune(limits: TraceLimits): Promise<number>;
  counts(): Promise<{ traces: number; bytes: number }>;
}

export interface KeyStore {
  /** Makes the admin key when there is none; the plain key is returned this once. */
  createAdminKeyIfNone(): Promise<string | null>;
  resetAdminKey(): Promise<string>;
  isAdminKey(key: string): Promise<boolean>;
}

export interface SettingStore {
  get(name: string): Promise<string | null>;
  set(name: string, value: string): Promise<void>;
  /** SHA-256, hex, of all names and values: another one when any setting is. */
  fingerprint(): Promise<string>;
}

/** How failed tries are answered; numbers in seconds. */
export interface PausePolicy {
  /** Pause after the n-th failure, n ≥ 1; 0 for none. */
  pauseSeconds: (failures: number) => number;
  /** Time without a failure after which all of a key's are forgotten. */
  forgetSeconds: number;
}

/** Failed tries at proving an order one's own, counted by key; a restart forgets none. */
export interface ProofAttempts {
  /**
   * In one durable transaction: while any of the keys is paused, the time at which the last pause ends, and
   * nothing is counted; otherwise null, and one failure more for each key, before it is known to be one.
   * @param at milliseconds since 1970, as is the result
   */
  begin(keys: readonly string[], at: number, policy: PausePolicy): Promise<number | null>;
  /** What was begun was no failure. */
  takeBack(keys: readonly string[]): Promise<void>;
  /** Nothing is known any more of the keys that begin so. */
  forget(prefix: string): Promise<void>;
}

export const AUDIT_OUTCOMES = ['asked', 'confirmed', 'done', 'failed', 'refused', 'expired'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** What was tried, by whom, and what came of it; never the text that somebody wrote. */
export interface AuditEntry {
  /** Conversation or staff member. */
  actor: string;
  action: string;
  outcome: AuditOutcome;
  /** Error code when it failed or was refused. */
  code: string | null;
  detail: Record<string, string | number | boolean | null>;
}

export interface AuditRecord extends AuditEntry {
  /** From 1, without a gap. */
  sequence: number;
  /** ISO 8601, UTC. */
  at: string;
}

/** One line of the chain; kept elsewhere, it proves later that nothing before it was changed. */
export interface AuditHead {
  sequence: number;
  /** SHA-256, hex. */
  hash: string;
}

export interface AuditVerdict {
  /** Lines that were found whole. */
  lines: number;
  /** Sequence of the first line that was changed or is missing; null when all are whole. */
  firstBad: number | null;
  /** The last line; null when there is none. */
  head: AuditHead | null;
  /** Sequence up to which lines were cut off because of their age; 0 for none. */
  trimmed: number;
}

export interface AuditFilter {
  limit: number;
  /** The last sequence of the page before. */
  before?: number;
  actor?: string;
  action?: string;
  /** Only lines whose `detail.about` is this. */
  about?: string;
}

/**
 * Lines are added, never changed; each carries the hash of the one before. None is removed but for its age, from
 * the beginning on.
 */
export interface AuditStore {
  /** Resolves to the line's sequence when it is on the disk. */
  append(entry: AuditEntry): Promise<number>;
  /** All in one write, in this order; resolves to the last one's sequence. */
  appendAll(entries: readonly AuditEntry[]): Promise<number>;
  /** Newest first. */
  list(filter: AuditFilter): Promise<AuditRecord[]>;
  /** In order, with their hashes: what somebody else needs to verify the chain. */
  export(options: { after: number; limit: number }): Promise<(AuditRecord & { hash: string })[]>;
  /** Null when there is no line. */
  head(): Promise<AuditHead | null>;
  /** Computes every hash again. `kept`: a head that was kept elsewhere; one that does not fit is the first bad line. */
  verify(kept?: AuditHead): Promise<AuditVerdict>;
  /** Lines that `trim` would cut off. */
  countOlder(before: string): Promise<number>;
  /** Cuts off what is older (ISO 8601, UTC), and says so in the chain; how many lines that were. */
  trim(before: string): Promise<number>;
}
