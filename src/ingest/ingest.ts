import { throwIfCancelled } from '../errors.ts';
import type { Embedder, TokenCounter } from '../inference/contracts.ts';
import type { KnowledgeChange, KnowledgeStore, VectorIndex } from '../stores/contracts.ts';
import type { VersionStore } from '../stores/sync-contracts.ts';
import { batchFiles } from './batch-files.ts';
import { embedDocuments } from './embed-documents.ts';
import type { FileOutcome, IngestStep, SourceFile } from './ingest-types.ts';
import type { StartOfDay } from './read-scope.ts';
import { prepareFile, type PreparedDocument } from './prepare-file.ts';
import type { DocumentParser } from './parser/parser-contracts.ts';
import { storeDocument } from './store-document.ts';

export interface IngestTools {
  knowledge: KnowledgeStore;
  vectors: VectorIndex;
  /** What else is derived from the documents and follows their changes. */
  followers?: readonly { apply(change: KnowledgeChange): Promise<void> }[];
  embedder: Embedder;
  tokens: TokenCounter;
  parser: DocumentParser;
  maxDocumentBytes: number;
  /** In the shop's time zone; UTC where it is left out. */
  startOfDay?: StartOfDay;
  /** What earlier versions stand before; without it none was ever restored. */
  versions?: Pick<VersionStore, 'isHeldAgainst' | 'holdSameText'>;
  /** True where a model of pictures is installed: one without readable text is a document all the same. */
  takesPictures?: boolean;
}

export interface IngestOptions {
  /** Group of the documents, to remove them together. */
  collection?: string;
  signal?: AbortSignal;
  onStep?: (source: string, step: IngestStep) => void;
  /** True: the caller saves the vector index, after many calls. */
  keepsIndexUnsaved?: boolean;
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
  { collection = 'documents', signal, onStep, keepsIndexUnsaved = false }: IngestOptions = {},
): AsyncGenerator<FileOutcome> {
  for await (const batch of batchFiles(files)) {
    const prepared: PreparedDocument[] = [];
    for (const file of batch) {
      throwIfCancelled(signal);
      onStep?.(file.source, 'parse');
      const step = await prepareFile(file, tools, { collection, signal }); // unchanged? → parse → chunk
      if ('status' in step) yield step;
      else prepared.push(...step); // documents inside it first, the file itself last
    }
    for (const { file, whole } of prepared) if (whole) onStep?.(file.source, 'embed');
    const embedded = await embedDocuments(prepared, tools, signal); // only passages that changed
    for (const document of embedded) {
      throwIfCancelled(signal);
      if (document.whole) onStep?.(document.file.source, 'index');
      const outcome = await storeDocument(document, tools, collection); // SQLite, then HNSW
      if (outcome) yield outcome;
    }
  }
  if (!keepsIndexUnsaved) await tools.vectors.save();
}
