import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { AnswerboxError, reasonOf } from '../../errors.ts';
import type { JobItemResult, NewJobItem, QueuedItem } from '../../stores/job-contracts.ts';
import type { IngestTools } from '../ingest.ts';
import type { SourceFile } from '../ingest-types.ts';
import { readSourceFile } from '../read-sources.ts';
import { removeDocument } from '../remove-document.ts';
import { readOriginal } from '../reread-documents.ts';

/** What was found on the way to an item, for the same job. */
export interface FoundItems {
  items: readonly NewJobItem[];
  /** Most items of the job. */
  most: number;
}

/** An item's file, or its end when there is nothing to be ingested. */
export type ReadItem =
  | {
      file: SourceFile;
      found?: FoundItems;
      /** Called once the file is searchable. */
      onStored?: () => Promise<void>;
    }
  | { result: JobItemResult; found?: FoundItems }
  /** Its source is gone; whether its document goes too is decided when all of the job was read. */
  | { gone: Pick<JobItemResult, 'code' | 'message'>; found?: FoundItems };

/** Fetches the pages of a site; see crawl/. */
export interface PageReader {
  /** Pages that may be fetched at once from this address's site, and in one batch. */
  pace(item: QueuedItem, signal: AbortSignal): Promise<{ concurrent: number; batch: number }>;
  readPage(item: QueuedItem, signal: AbortSignal): Promise<ReadItem>;
}

/**
 * Bytes that came with the item, else those of its file. Only a file that is not there takes its document along, and
 * only when it was missed before: one that goes while a folder is read may be on a disk that goes.
 */
export async function readItem(item: QueuedItem, tools: IngestTools): Promise<ReadItem> {
  if (item.action === 'reread') return readOriginal(item, tools);
  if (item.action !== 'read') return { result: await readRemoval(item, tools) };
  try {
    const bytes = item.bytes ?? (await readSourceFile(item.path ?? '', tools.maxDocumentBytes));
    await refuseOther(item, bytes, tools);
    return { file: fileOf(item, bytes) };
  } catch (error) {
    if (!(error instanceof AnswerboxError)) throw error;
    return { result: failedResult(error) };
  }
}

/**
 * Bytes that were made of others than are there when their turn comes would undo what came between; its own are there
 * when the work was cut off after they were stored.
 * @throws document_changed
 */
async function refuseOther(
  { source, expectedSha256 }: QueuedItem,
  bytes: Uint8Array,
  { knowledge }: IngestTools,
): Promise<void> {
  if (expectedSha256 === null) return;
  const document = await knowledge.findBySource(source);
  const own = createHash('sha256').update(bytes).digest('hex');
  if (document?.sha256 !== expectedSha256 && document?.sha256 !== own)
    throw new AnswerboxError('document_changed', { id: document?.id ?? source });
}

/** Removes only when the system says that there is no such file; the document of any other stays. */
async function readRemoval({ source, path }: QueuedItem, tools: IngestTools): Promise<JobItemResult> {
  try {
    if (path === null) return await removeSource(source, tools);
    await stat(path);
    const document = await tools.knowledge.findBySource(source);
    return { state: 'unchanged', documentId: document?.id ?? null, code: null, message: null };
  } catch (error) {
    if (error instanceof AnswerboxError) throw error;
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
      return removeSource(source, tools);
    return failedResult(new AnswerboxError('source_unreadable', { source, reason: reasonOf(error) }, error));
  }
}

export function fileOf(item: QueuedItem, bytes: Uint8Array): SourceFile {
  const { source, name, mediaType, title, url, scope } = item;
  return {
    source,
    name,
    bytes,
    scope,
    ...(mediaType && { mediaType }),
    ...(title && { title }),
    ...(url && { url }),
  };
}

export async function removeSource(source: string, tools: IngestTools): Promise<JobItemResult> {
  const document = await tools.knowledge.findBySource(source);
  if (document) await removeDocument(document.id, tools, { keepsIndexUnsaved: true });
  return { state: 'removed', documentId: null, code: null, message: null };
}

export function failedResult({ code, message }: AnswerboxError): JobItemResult {
  return { state: 'failed', documentId: null, code, message };
}
