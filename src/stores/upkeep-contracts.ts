import type { ChunkRecord } from './contracts.ts';

/** What keeps the stores small and fast. Each call is short, so that questions come between. */
export interface UpkeepStore {
  /** Merges a piece of the keyword index; false when there was nothing left to merge. */
  mergeKeywords(): Promise<boolean>;
  /** Gives so many unused pages back to the disk; how many are unused after it. */
  freePages(most: number): Promise<number>;
  /** Forgets what was said of documents that were removed before this time; how many. */
  forgetRemoved(before: string): Promise<number>;
  /** Writes the log into the database file and cuts it. */
  checkpoint(): Promise<void>;
  /** Writes the whole file anew, without gaps. Blocks everything meanwhile and needs its size in free space. */
  rewrite(): Promise<void>;
  /** Bytes of the database file, and of its unused pages. */
  size(): Promise<{ bytes: number; unused: number }>;
}

/** Vectors of a new embedder, kept beside those that serve until all are there. */
export interface EmbeddingChangeStore {
  /** Identity of the embedder that made most vectors; null when there are none. */
  storedEmbedder(): Promise<string | null>;
  /** Passages without a vector of this embedder, lowest ids first, and how many have one. */
  listUnprepared(
    embedder: string,
    limit: number,
  ): Promise<{ chunks: ChunkRecord[]; prepared: number; total: number }>;
  putPrepared(rows: readonly { chunkId: number; vector: Float32Array }[], embedder: string): Promise<void>;
  /**
   * In one transaction, and at once: the prepared vectors become those that count. False, and nothing is changed,
   * when a passage has none.
   */
  adoptPrepared(embedder: string): boolean;
}
