import { setTimeout as wait } from 'node:timers/promises';
import { throwIfCancelled } from '../../errors.ts';
import type { JobItemResult, JobStore, QueuedItem } from '../../stores/job-contracts.ts';
import type { IngestTools } from '../ingest.ts';
import type { SourceFile } from '../ingest-types.ts';
import { holdRemoval } from './hold-removals.ts';
import type { JobProgress } from './job-progress.ts';
import { QUEUE } from './queue-settings.ts';
import { readItem, type FoundItems, type PageReader, type ReadItem } from './read-item.ts';

interface ReadTools {
  jobs: JobStore;
  tools: IngestTools;
  pages: PageReader;
  progress: JobProgress;
  isAnswering?: () => boolean;
  signal: AbortSignal;
}

interface ReadCallbacks {
  /** Before the file is handed on. */
  onRead: (source: string, read: ReadItem) => void;
  /** An item that is over without a file. */
  onEnd: (source: string, read: { result: JobItemResult; found?: FoundItems }) => Promise<void>;
  /** An item whose source is gone: it comes again, as a removal, when all of its job was read. */
  onGone: (source: string, read: Extract<ReadItem, { gone: unknown }>) => Promise<void>;
}

const POLL_MS = 20;

/** The files of these items, as they come: files of a disk one after the other, pages of a site some at once. */
export async function* readItems(
  items: readonly QueuedItem[],
  work: ReadTools,
  { onRead, onEnd, onGone }: ReadCallbacks,
): AsyncGenerator<SourceFile> {
  for await (const { item, read } of items[0]?.kind === 'site'
    ? readPages(items, work)
    : readFiles(items, work)) {
    throwIfCancelled(work.signal);
    if ('result' in read) {
      await onEnd(item.source, read);
      continue;
    }
    if ('gone' in read) {
      await onGone(item.source, read);
      continue;
    }
    onRead(item.source, read);
    await yieldToQuestions(work);
    yield read.file;
  }
}

async function* readFiles(items: readonly QueuedItem[], { jobs, tools }: ReadTools) {
  for (const item of items) {
    const held = await holdRemoval(item, jobs, tools);
    yield { item, read: held ? { result: held } : await readItem(item, tools) };
  }
}

async function* readPages(items: readonly QueuedItem[], { jobs, tools, pages, progress, signal }: ReadTools) {
  const { concurrent, batch } = await pages.pace(items[0]!, signal);
  const waiting = items.slice(0, batch);
  const running = new Map<number, Promise<{ item: QueuedItem; read: ReadItem }>>();
  const begin = (): void => {
    const item = waiting.shift();
    if (!item) return;
    progress.begin(item.jobId, { ordinal: item.ordinal, source: item.source, step: 'fetch' });
    const reading = holdRemoval(item, jobs, tools)
      .then((held) => (held ? { result: held } : pages.readPage(item, signal)))
      .then((read) => ({ item, read }));
    // Another one may fail first; this one's failure is looked at when its turn comes, or not at all.
    reading.catch(() => undefined);
    running.set(item.ordinal, reading);
  };
  for (let count = 0; count < concurrent; count += 1) begin();
  while (running.size > 0) {
    const next = await Promise.race(running.values());
    running.delete(next.item.ordinal);
    begin();
    yield next;
  }
}

/** Questions go first, up to a limit: a server that never rests must still read what it was given. */
async function yieldToQuestions({ isAnswering, signal }: ReadTools): Promise<void> {
  const until = performance.now() + QUEUE.yieldMs;
  while (isAnswering?.() && performance.now() < until && !signal.aborted) await wait(POLL_MS);
}
