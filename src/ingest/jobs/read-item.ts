import { AnswerboxError, hasCode } from '../../errors.ts';
import type { JobItemResult, NewJobItem, QueuedItem } from '../../stores/job-contracts.ts';
import type { IngestTools } from '../ingest.ts';
import type { SourceFile } from '../ingest-types.ts';
import { readSourceFile } from '../read-sources.ts';
import { removeDocument } from '../remove-document.ts';

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
  | { result: JobItemResult; found?: FoundItems };

/** Fetches the pages of a site; see crawl/. */
export interface PageReader {
  /** Pages that may be fetched at once from this address's site, and in one batch. */
  pace(item: QueuedItem, signal: AbortSignal): Promise<{ concurrent: number; batch: number }>;
  readPage(item: QueuedItem, signal: AbortSignal): Promise<ReadItem>;
}

/** Bytes that came with the item, else those of its file. A file of a folder that is gone takes its document along. */
export async function readItem(item: QueuedItem, tools: IngestTools): Promise<ReadItem> {
  if (item.action === 'remove') return { result: await removeSource(item.source, tools) };
  try {
    const bytes = item.bytes ?? (await readSourceFile(item.path ?? '', tools.maxDocumentBytes));
    return { file: fileOf(item, bytes) };
  } catch (error) {
    if (!(error instanceof AnswerboxError)) throw error;
    if (item.sourceId !== null && hasCode(error, 'source_vanished'))
      return { result: await removeSource(item.source, tools) };
    return { result: failedResult(error) };
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
