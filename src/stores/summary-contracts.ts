/** Short summaries of long documents, and their vectors. Derived: whatever is missing is made again. */

export interface SummaryRecord {
  documentId: string;
  /** `updatedAt` of the document that it was made of. */
  aboutAt: string;
  text: string;
  /** Identity of the embedder that made the vector. */
  embedder: string;
  /** Unit vector of the text. */
  vector: Float32Array;
}

export interface SummaryStore {
  /** Nothing is written when the document has changed since, or is gone. */
  putSummary(summary: SummaryRecord): Promise<void>;
  removeSummary(documentId: string): Promise<void>;
  getSummary(documentId: string): Promise<SummaryRecord | null>;
  /** All vectors of this embedder, and when their documents were changed. */
  listVectors(embedder: string): Promise<Pick<SummaryRecord, 'documentId' | 'aboutAt' | 'vector'>[]>;
  /** Ids of documents of so many passages or more that have no summary of this embedder, or an older one. */
  listUnsummarised(embedder: string, leastPassages: number): Promise<string[]>;
}
