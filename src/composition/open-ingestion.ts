import { listOf } from '../text/list-of.ts';
import { openCrawl } from '../ingest/crawl/open-crawl.ts';
import type { SourceVisits } from '../ingest/crawl/source-visits.ts';
import { editText } from '../ingest/edit-text.ts';
import type { FileOutcome, GivenScope, SourceFile } from '../ingest/ingest-types.ts';
import { ingest, type IngestOptions, type IngestTools } from '../ingest/ingest.ts';
import { createIngestQueue, type IngestQueue } from '../ingest/jobs/ingest-queue.ts';
import { removeDocument } from '../ingest/remove-document.ts';
import { removeSource } from '../ingest/remove-source.ts';
import { replaceOriginal, type Replacement } from '../ingest/put-in-place.ts';
import { rereadDocuments } from '../ingest/reread-documents.ts';
import { restoreVersion } from '../ingest/restore-version.ts';
import { setGivenScope } from '../ingest/set-given-scope.ts';
import { setDocumentEnabled, setPassageEnabled } from '../ingest/set-enabled.ts';
import { watchFolders } from '../ingest/watch-folders.ts';
import type { DocumentSearch } from '../stores/contracts.ts';
import type { Opening } from './opening.ts';
import type { Stores } from './open-stores.ts';

/** How documents come in and go. */
export interface Ingestion {
  readonly queue: IngestQueue;
  /** Sites and folders that are followed. */
  readonly visits: SourceVisits;
  ingest(files: AsyncIterable<SourceFile>, options?: IngestOptions): AsyncGenerator<FileOutcome>;
  /** True when there was one; gone from every store and index then. */
  removeDocument(id: string): Promise<boolean>;
  /** Takes a site or folder away with its documents; how many there were. */
  removeSource(id: string): Promise<number>;
  /** The job that brings the version back. @throws document_not_found, version_not_found */
  restoreVersion(id: string, version: number): Promise<string>;
  /** The job that reads kept originals again. @throws document_not_found, request_invalid when none fits */
  rereadDocuments(search: DocumentSearch): Promise<string>;
  /** The job that puts the text in the place of its source. @throws document_not_*, document_changed */
  editText(id: string, edited: { text: string; sha256: string }): Promise<string>;
  /** The job that puts the file in the place of its source. @throws document_not_found, document_changed */
  replaceOriginal(id: string, file: Replacement): Promise<string>;
  /** The job that changes what is said of the document. @throws document_not_found */
  setGivenScope(id: string, scope: GivenScope): Promise<string>;
  /** From the next search on. @throws document_not_found */
  setDocumentEnabled(id: string, enabled: boolean): Promise<void>;
  /** From the next search on. @throws passage_not_found */
  setPassageEnabled(documentId: string, chunkId: number, enabled: boolean): Promise<void>;
}

export interface IngestionParts {
  stores: Stores;
  ingestTools: IngestTools;
  isAnswering: () => boolean;
}

/** `follow` visits sites and watches folders from then on. */
export function openIngestion(
  { config, log, onClose, faults }: Opening,
  {
    stores: { knowledge, jobs, sources, versions, disabled },
    ingestTools: tools,
    isAnswering,
  }: IngestionParts,
): { ingestion: Ingestion; follow: () => void } {
  const wake = (): void => queue.wake();
  const crawl = openCrawl({ config, jobs, sources, tools, wake, log });
  onClose(() => crawl.close());
  const queue = createIngestQueue({ jobs, tools, pages: crawl.pages, isAnswering, log });
  onClose(() => queue.close());
  const ingestion: Ingestion = {
    queue,
    visits: crawl.visits,
    ingest: (files, options) => ingest(files, tools, options),
    removeDocument: (id) => removeDocument(id, tools),
    removeSource: (id) => removeSource(id, sources, tools),
    restoreVersion: async (id, version) => {
      const jobId = await restoreVersion(id, version, { knowledge, versions, jobs });
      wake();
      return jobId;
    },
    rereadDocuments: async (search) => {
      const jobId = await rereadDocuments(search, { knowledge, jobs });
      wake();
      return jobId;
    },
    editText: async (id, edited) => {
      const jobId = await editText(id, edited, { knowledge, versions, jobs });
      wake();
      return jobId;
    },
    replaceOriginal: async (id, file) => {
      const jobId = await replaceOriginal(id, file, { knowledge, versions, jobs });
      wake();
      return jobId;
    },
    setGivenScope: async (id, scope) => {
      const jobId = await setGivenScope(id, scope, { knowledge, jobs });
      wake();
      return jobId;
    },
    setDocumentEnabled: (id, enabled) => setDocumentEnabled(id, enabled, { disabled, tools }),
    setPassageEnabled: (id, chunkId, enabled) => setPassageEnabled(id, chunkId, enabled, { disabled, tools }),
  };
  const tellAway = (away: ReadonlyMap<string, string>): void => {
    if (away.size === 0) faults.clear('folders');
    else faults.report('folders', 'failing', FOLDERS_AWAY);
  };
  const follow = (): void => {
    crawl.start();
    const folders = listOf(config.watch_folders);
    const watcher = watchFolders({ folders, jobs, visits: crawl.visits, wake, log, onAway: tellAway });
    onClose(() => watcher.close());
  };
  return { ingestion, follow };
}

/** Without their names: strangers may read it. The log has them. */
const FOLDERS_AWAY =
  'a watched folder cannot be followed, and changes in it are not seen; check that its disk or share is there: it is tried again by itself';
