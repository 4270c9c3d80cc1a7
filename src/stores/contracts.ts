import type { Chunk } from '../ingest/ingest-types.ts';

/** Stores are asynchronous by contract, though SQLite answers at once: other engines may stand behind. */

export interface DocumentRecord {
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
  chunks: readonly Chunk[];
  /** One unit vector a chunk, same order. */
  embeddings: readonly Float32Array[];
  /** Identity of the embedder that made them. */
  embedder: string;
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
  /** Replaces the document of this source, or adds it, in one durable transaction. */
  putDocument(document: NewDocument): Promise<KnowledgeChange>;
  findBySource(source: string): Promise<DocumentRecord | null>;
  getDocument(id: string): Promise<DocumentRecord | null>;
  /** The plain text that citations are slices of. */
  getText(id: string): Promise<string | null>;
  getOriginal(id: string): Promise<Uint8Array | null>;
  /** In order of source; `after` is the last source of the page before. */
  listDocuments(options: { limit: number; after?: string }): Promise<DocumentRecord[]>;
  /** Null when there was none. */
  removeDocument(id: string): Promise<KnowledgeChange | null>;
  listCollection(collection: string): Promise<DocumentRecord[]>;
  getChunks(ids: readonly number[]): Promise<ChunkRecord[]>;
  /** Chunks of one document in order. */
  getDocumentChunks(id: string): Promise<ChunkRecord[]>;
  searchKeywords(query: string, limit: number): Promise<KeywordHit[]>;
  counts(): Promise<{ documents: number; chunks: number; generation: number }>;
  /** All chunk ids, ascending: what an index should hold. */
  chunkIds(): Promise<number[]>;
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
  /** Brings the index to what the store holds: loads the saved file if it fits, adds and removes the rest. */
  catchUp(signal?: AbortSignal): Promise<{ loaded: boolean; added: number; removed: number }>;
  apply(change: KnowledgeChange): Promise<void>;
  search(vector: Float32Array, limit: number): Promise<VectorHit[]>;
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

export interface ConversationStore {
  createConversation(metadata: Record<string, unknown>): Promise<string>;
  hasConversation(id: string): Promise<boolean>;
  addMessage(message: Omit<MessageRecord, 'createdAt'>): Promise<void>;
  listMessages(conversationId: string): Promise<MessageRecord[]>;
  /** The newest so many, in the order they came: a long conversation is not read whole. */
  listRecentMessages(conversationId: string, limit: number): Promise<MessageRecord[]>;
  countMessages(conversationId: string): Promise<number>;
  addFeedback(messageId: string, feedback: { rating: number; comment: string | null }): Promise<boolean>;
  /** The newest answer to the same question from the same knowledge, as JSON. */
  findStoredAnswer(questionKey: string, generation: number): Promise<string | null>;
  storeAnswer(questionKey: string, generation: number, answer: string): Promise<void>;
}

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

export interface JobRecord {
  id: string;
  state: JobState;
  total: number;
  done: number;
  failed: number;
  createdAt: string;
  finishedAt: string | null;
  items: JobItemRecord[];
}

export interface JobItemRecord {
  source: string;
  state: 'queued' | 'added' | 'changed' | 'unchanged' | 'failed' | 'cancelled';
  documentId: string | null;
  code: string | null;
  message: string | null;
}

export interface QueuedItem {
  jobId: string;
  ordinal: number;
  source: string;
  name: string;
  bytes: Uint8Array;
  mediaType: string | null;
  title: string | null;
  url: string | null;
}

export interface NewJobItem {
  source: string;
  name: string;
  bytes: Uint8Array;
  mediaType?: string;
  title?: string;
  url?: string;
}

/** The bytes of an accepted upload are kept until it is in the index: acknowledged means stored. */
export interface JobStore {
  createJob(items: readonly NewJobItem[]): Promise<string>;
  getJob(id: string): Promise<JobRecord | null>;
  /** The next item of the oldest unfinished job, or null. */
  nextItem(): Promise<QueuedItem | null>;
  finishItem(jobId: string, ordinal: number, result: Omit<JobItemRecord, 'source'>): Promise<void>;
  cancelJob(id: string): Promise<boolean>;
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

/** Lines are added, never changed or removed; each carries the hash of the one before. */
export interface AuditStore {
  /** Resolves to the line's sequence when it is on the disk. */
  append(entry: AuditEntry): Promise<number>;
  /** Newest first; `before` is the last sequence of the page before. */
  list(options: { limit: number; before?: number }): Promise<AuditRecord[]>;
  /** Computes every hash again: the first line that was changed or is missing, null when all are whole. */
  verify(): Promise<{ lines: number; firstBad: number | null }>;
}
