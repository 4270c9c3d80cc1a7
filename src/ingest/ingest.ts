import { throwIfCancelled } from '../errors.ts';
import type { Embedder, TokenCounter } from '../inference/contracts.ts';
import type { KnowledgeChange, KnowledgeStore, VectorIndex } from '../stores/contracts.ts';
import { batchFiles } from './batch-files.ts';
import { embedDocuments } from './embed-documents.ts';
import type { FileOutcome, SourceFile } from './ingest-types.ts';
import type { StartOfDay } from './read-scope.ts';
import { prepareFile, type PreparedDocument } from './prepare-file.ts';
import { storeDocument } from './store-document.ts';

export interface IngestTools {
  knowledge: KnowledgeStore;
  vectors: VectorIndex;
  /** What else is derived from the documents and follows their changes. */
  followers?: readonly { apply(change: KnowledgeChange): Promise<void> }[];
  embedder: Embedder;
  tokens: TokenCounter;
  maxDocumentBytes: number;
  /** In the shop's time zone; UTC where it is left out. */
  startOfDay?: StartOfDay;
}

export interface IngestOptions {
  /** Group of the documents, to remove them together. */
  collection?: string;
  signal?: AbortSignal;
}

/**
 * files → parse → chunk → embed → store → index, a batch at a time, one outcome a file.
 *
 * Each document is one durable transaction: whatever was yielded as added or changed survives a crash,
 * and running it again goes on where it stopped, since unchanged files are recognised by their hash.
 * @throws cancelled, models_unavailable, storage_full
 */
export async function* ingest(
  files: AsyncIterable<SourceFile>,
  tools: IngestTools,
  { collection = 'documents', signal }: IngestOptions = {},
): AsyncGenerator<FileOutcome> {
  for await (const batch of batchFiles(files)) {
    const prepared: PreparedDocument[] = [];
    for (const file of batch) {
      throwIfCancelled(signal);
      const step = await prepareFile(file, tools); // unchanged? → parse → chunk
      if ('status' in step) yield step;
      else prepared.push(step);
    }
    const embedded = await embedDocuments(prepared, tools.embedder, signal);
    for (const document of embedded) {
      throwIfCancelled(signal);
      yield await storeDocument(document, tools, collection); // SQLite, then HNSW
    }
  }
  await tools.vectors.save();
}
