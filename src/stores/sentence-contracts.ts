/** A passage with the vectors of its sentences, in their order. */
export interface SentenceVectors {
  chunkId: number;
  vectors: Float32Array[];
}

/**
 * Vectors of the sentences of each passage, under its heading. Derived: what is missing is made again, and what is
 * here goes with its passage. Kept in eight bits a number: a cosine comes back within about 0.002.
 */
export interface SentenceStore {
  /** Of those passages that have them by this embedder, in no order. @throws storage_* */
  get(chunkIds: readonly number[], embedder: string): Promise<SentenceVectors[]>;
  /** Passages that are gone by now are passed over. @throws storage_* */
  put(rows: readonly SentenceVectors[], embedder: string): Promise<void>;
  /** Ids above `after` of passages without vectors by this embedder, lowest first. @throws storage_* */
  listMissing(embedder: string, page: { after: number; limit: number }): Promise<number[]>;
}
