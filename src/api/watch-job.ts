import { setTimeout as wait } from 'node:timers/promises';
import type { Static } from '@sinclair/typebox';
import type { IngestQueue } from '../ingest/jobs/ingest-queue.ts';
import type { JobStore } from '../stores/job-contracts.ts';
import type { JOB_ITEM, JOB_SUMMARY } from './schemas/job-schema.ts';
import { wireJob, wireJobItem } from './wire-jobs.ts';

/** Milliseconds between two looks while nothing is heard, and at least between two summaries. */
const LOOK = { idleMs: 1_000, leastMs: 200, page: 500 } as const;

/**
 * `job-update`: the job as it is now, first and whenever something changed. `item-end`: one file is over; its
 * sequence is the id to reattach with. `job-end`: the job is over, and so is the stream.
 */
export type JobEvent =
  | { type: 'job-update' | 'job-end'; job: Static<typeof JOB_SUMMARY> }
  | { type: 'item-end'; sequence: number; item: Static<typeof JOB_ITEM> };

/**
 * Follows a job from the item after `after` on: whoever lost the line gives the last sequence it saw and misses
 * nothing, and nothing comes twice.
 */
export async function* watchJob(
  id: string,
  { jobs, queue }: { jobs: JobStore; queue: IngestQueue },
  { after = 0, signal }: { after?: number; signal: AbortSignal },
): AsyncGenerator<JobEvent> {
  let changed = true;
  let ring: () => void = () => undefined;
  const stopListening = queue.onChange((jobId) => {
    if (jobId !== id) return;
    changed = true;
    ring();
  });
  try {
    let last = after;
    let shown = '';
    while (!signal.aborted) {
      changed = false;
      const job = await jobs.getJob(id);
      if (!job) return;
      for (;;) {
        const items = await jobs.listFinished(id, { limit: LOOK.page, after: last });
        for (const item of items) {
          last = item.finishedSequence ?? last;
          yield { type: 'item-end', sequence: last, item: wireJobItem(item) };
        }
        if (items.length < LOOK.page) break;
      }
      const summary = wireJob(job, queue.progress(job));
      const isOver = job.finishedAt !== null;
      const text = JSON.stringify(summary);
      if (isOver || text !== shown) yield { type: isOver ? 'job-end' : 'job-update', job: summary };
      if (isOver) return;
      shown = text;
      await wait(LOOK.leastMs);
      if (!changed) await Promise.race([wait(LOOK.idleMs), new Promise<void>((resolve) => (ring = resolve))]);
    }
  } finally {
    stopListening();
  }
}
