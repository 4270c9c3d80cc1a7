import { setTimeout as wait } from 'node:timers/promises';
import { AnswerboxError, hasCode, reasonOf } from '../../errors.ts';
import type { JobItemResult, JobStore, QueuedItem } from '../../stores/job-contracts.ts';
import { ingest, type IngestTools } from '../ingest.ts';
import type { FileOutcome } from '../ingest-types.ts';
import { JobProgress, type LiveProgress } from './job-progress.ts';
import { QUEUE } from './queue-settings.ts';
import { failedResult, type PageReader, type ReadItem } from './read-item.ts';
import { readItems } from './read-items.ts';

export interface IngestQueue {
  start(): void;
  /** Tells the worker that there is something new to do. */
  wake(): void;
  /** Stops what is being done for this job, which waits again: after a pause or a cancel. */
  interrupt(jobId: string): void;
  progress(job: { id: string; total: number; done: number }): LiveProgress;
  /** Calls with the id of a job whenever something of it changed. */
  onChange(listener: (jobId: string) => void): () => void;
  close(): Promise<void>;
}

export interface IngestQueueOptions {
  jobs: JobStore;
  tools: IngestTools;
  pages: PageReader;
  /** True while questions wait or are answered: they go first. */
  isAnswering?: () => boolean;
  log: (level: 'info' | 'warn' | 'error', message: string) => void;
}

/** Failures of the surroundings, not of the file: nothing is counted against it. */
const PASSING = ['models_unavailable', 'storage_full', 'storage_failed', 'cancelled'] as const;

/** Works off jobs, a batch at a time; what a crash interrupts is done again at the next start. */
export function createIngestQueue(options: IngestQueueOptions): IngestQueue {
  const { jobs, tools, log } = options;
  const stop = new AbortController();
  const progress = new JobProgress();
  let wake: () => void = () => undefined;
  let worker: Promise<void> = Promise.resolve();
  let underWay: { jobId: string; controller: AbortController } | null = null;
  let savedAt = performance.now();

  async function save(): Promise<void> {
    await tools.vectors.save();
    savedAt = performance.now();
  }

  async function workOnce(): Promise<'worked' | 'idle'> {
    const { batchItems: items, batchBytes: bytes, aloneFrom } = QUEUE;
    const batch = await jobs.nextItems({ items, bytes, aloneFrom });
    const jobId = batch[0]?.jobId;
    if (jobId === undefined) {
      await save();
      return 'idle';
    }
    const controller = new AbortController();
    underWay = { jobId, controller };
    try {
      const signal = AbortSignal.any([stop.signal, controller.signal]);
      await workOn(batch, { ...options, progress, signal });
      if ((await jobs.getJob(jobId))?.finishedAt != null) progress.forget(jobId);
    } catch (error) {
      progress.rest(jobId, hasCode(error, 'cancelled') ? null : reasonOf(error));
      throw error;
    } finally {
      underWay = null;
    }
    if (performance.now() - savedAt > QUEUE.saveEveryMs) await save();
    return 'worked';
  }

  async function work(): Promise<void> {
    while (!stop.signal.aborted) {
      const woken = new Promise<void>((resolve) => (wake = resolve));
      try {
        if ((await workOnce()) === 'idle') await woken;
      } catch (error) {
        if (hasCode(error, 'cancelled')) continue;
        log('warn', `a job waits: ${reasonOf(error)}`);
        await wait(QUEUE.retryMs, undefined, { signal: stop.signal }).catch(() => undefined);
      }
    }
    // What was done since the last save is quickly added again at the next start, should this fail.
    await save().catch((error: unknown) => log('warn', `vector index: ${reasonOf(error)}`));
  }

  return {
    start: () => void (worker = work()),
    wake: () => wake(),
    interrupt: (jobId) => {
      if (underWay?.jobId === jobId) underWay.controller.abort();
      progress.tell(jobId);
      wake();
    },
    progress: (job) => progress.read(job),
    onChange: (listener) => progress.onChange(listener),
    close: async () => {
      stop.abort();
      wake();
      await worker;
    },
  };
}

interface Work extends IngestQueueOptions {
  progress: JobProgress;
  signal: AbortSignal;
}

/** read → ingest → end, for every item of one job's batch. */
async function workOn(batch: readonly QueuedItem[], work: Work): Promise<void> {
  const { jobs, tools, progress, signal } = work;
  const { jobId, sourceId } = batch[0]!;
  const open = new Map(batch.map((item) => [item.source, { item, read: null as ReadItem | null }]));
  const end = async (source: string, result: JobItemResult, read: ReadItem | null): Promise<void> => {
    const { item } = open.get(source)!;
    if (read && 'file' in read && result.documentId !== null) await read.onStored?.();
    await jobs.finishItem(jobId, item.ordinal, result, read?.found);
    open.delete(source);
    progress.end(jobId, item.ordinal);
  };
  const lost = batch.filter(({ attempts }) => attempts >= QUEUE.giveUpFrom);
  for (const { source, attempts } of lost)
    await end(source, failedResult(new AnswerboxError('document_gave_up', { source, attempts })), null);
  const items = batch.filter((item) => !lost.includes(item));
  const ordinals = items.map(({ ordinal }) => ordinal);
  await jobs.beginItems(jobId, ordinals);
  try {
    const files = readItems(items, work, {
      onRead: (source, read) => (open.get(source)!.read = read),
      onEnd: (source, read) => end(source, read.result, read),
      onGone: async (source, { gone, found }) => {
        await jobs.putOff(jobId, open.get(source)!.item.ordinal, gone, found);
        open.delete(source);
      },
    });
    const collection = sourceId === null ? 'documents' : `source:${sourceId}`;
    const onStep = (source: string, step: 'parse' | 'embed' | 'index'): void => {
      const ordinal = open.get(source)?.item.ordinal;
      if (ordinal !== undefined) progress.begin(jobId, { ordinal, source, step });
    };
    for await (const outcome of ingest(files, tools, { signal, collection, onStep, keepsIndexUnsaved: true }))
      await end(outcome.source, resultOf(outcome), open.get(outcome.source)!.read);
    // A slow site is read in smaller batches than were handed out.
    await jobs.releaseItems(
      jobId,
      [...open.values()].map(({ item }) => item.ordinal),
    );
  } catch (error) {
    if (PASSING.some((code) => hasCode(error, code))) await jobs.releaseItems(jobId, ordinals);
    throw error;
  }
}

function resultOf(outcome: FileOutcome): JobItemResult {
  if (outcome.status === 'failed') {
    return { state: 'failed', documentId: null, code: outcome.code, message: outcome.message };
  }
  const { status, documentId, chunks, embedded = 0, problems = [] } = outcome;
  // What could not be read inside a file that was: the first reason, and how many there are.
  const [first] = problems;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return {
    state: status,
    documentId,
    code: first?.code ?? null,
    message: first ? first.message + more : null,
    chunksEmbedded: embedded,
    chunksKept: chunks - embedded,
  };
}
