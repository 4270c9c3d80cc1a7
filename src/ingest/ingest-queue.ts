import { setTimeout as wait } from 'node:timers/promises';
import { hasCode, reasonOf } from '../errors.ts';
import type { JobItemRecord, JobStore, QueuedItem } from '../stores/contracts.ts';
import { ingest, type IngestTools } from './ingest.ts';
import type { FileOutcome, SourceFile } from './ingest-types.ts';

/** Milliseconds before an item is tried again after the models or the disk failed. */
const RETRY_MS = 2_000;

export interface IngestQueue {
  start(): void;
  /** Tells the worker that a job was added. */
  wake(): void;
  close(): Promise<void>;
}

export interface IngestQueueOptions {
  jobs: JobStore;
  tools: IngestTools;
  log: (level: 'info' | 'warn' | 'error', message: string) => void;
}

/** Works off accepted uploads, one at a time; what a crash interrupts is done again at the next start. */
export function createIngestQueue({ jobs, tools, log }: IngestQueueOptions): IngestQueue {
  const stop = new AbortController();
  let wake: () => void = () => undefined;
  let worker: Promise<void> = Promise.resolve();

  async function work(): Promise<void> {
    while (!stop.signal.aborted) {
      const woken = new Promise<void>((resolve) => (wake = resolve));
      try {
        const item = await jobs.nextItem();
        if (item) await workOn(item, jobs, tools, stop.signal);
        else await woken;
      } catch (error) {
        if (hasCode(error, 'cancelled')) continue;
        log('warn', `an upload waits: ${reasonOf(error)}`);
        await wait(RETRY_MS, undefined, { signal: stop.signal }).catch(() => undefined);
      }
    }
  }

  return {
    start: () => void (worker = work()),
    wake: () => wake(),
    close: async () => {
      stop.abort();
      wake();
      await worker;
    },
  };
}

async function workOn(
  item: QueuedItem,
  jobs: JobStore,
  tools: IngestTools,
  signal: AbortSignal,
): Promise<void> {
  for await (const outcome of ingest(single(item), tools, { signal })) {
    await jobs.finishItem(item.jobId, item.ordinal, resultOf(outcome));
  }
}

async function* single(item: QueuedItem): AsyncGenerator<SourceFile> {
  const { source, name, bytes, mediaType, title, url, scope } = item;
  yield {
    source,
    name,
    bytes,
    scope,
    ...(mediaType && { mediaType }),
    ...(title && { title }),
    ...(url && { url }),
  };
}

function resultOf(outcome: FileOutcome): Omit<JobItemRecord, 'source'> {
  if (outcome.status === 'failed') {
    return { state: 'failed', documentId: null, code: outcome.code, message: outcome.message };
  }
  return { state: outcome.status, documentId: outcome.documentId, code: null, message: null };
}
