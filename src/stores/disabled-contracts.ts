import type { KnowledgeChange } from './contracts.ts';

/**
 * What stays in the knowledge and is not retrieved. A passage is known by its document and its words, so that it
 * stays disabled when the document is read again, and is a new one once its words have changed.
 */
export interface DisabledStore {
  /** Null when there is no such passage. The generation grows, so that what is kept of searches is stale. */
  setPassage(chunkId: number, enabled: boolean): Promise<KnowledgeChange | null>;
  /** Null when there is no such document. */
  setDocument(documentId: string, enabled: boolean): Promise<KnowledgeChange | null>;
  /** Chunks of this document that are disabled by themselves, ascending. */
  listPassages(documentId: string): Promise<number[]>;
}
