import { setTimeout as wait } from 'node:timers/promises';
import { throwIfCancelled } from '../errors.ts';
import type { VectorIndex } from '../stores/contracts.ts';
import type { JobStore } from '../stores/job-contracts.ts';
import type { UpkeepStore } from '../stores/upkeep-contracts.ts';

export const UPKEEP = {
  /** Milliseconds between two slices. */
  restMs: 20,
  /** Slices of merging at most; each writes some 400 pages. */
  mostMerges: 5_000,
  /** Pages given back in one slice, of 4 KB: some 20 ms. */
  vacuumPages: 500,
  /** Days that jobs which are over are remembered. */
  keepJobsDays: 30,
  /** Days that the audience of a document that is gone from its site or folder is remembered, for when it comes back. */
  keepMarksDays: 90,
  /** Longest wait for questions before one more slice, ms. */
  yieldMs: 30_000,
} as const;

export interface UpkeepTools {
  store: UpkeepStore;
  vectors: VectorIndex;
  jobs: Pick<JobStore, 'pruneJobs'>;
  isAnswering: () => boolean;
}

export interface UpkeepReport {
  /** Slices of the keyword index that were merged. */
  merged: number;
  /** Erased nodes that the vector index got rid of. */
  erased: number;
  jobsForgotten: number;
  /** Bytes of the database file. */
  bytesBefore: number;
  bytesAfter: number;
  seconds: number;
}

/**
 * Keyword index merged, vector index built anew without its erased nodes, unused pages given back: in slices
 * behind questions; what was done stays done when it is stopped.
 * @throws cancelled
 */
export async function maintain(
  { store, vectors, jobs, isAnswering }: UpkeepTools,
  { rewrite = false, signal, now = new Date() }: { rewrite?: boolean; signal?: AbortSignal; now?: Date } = {},
): Promise<UpkeepReport> {
  const started = performance.now();
  const rest = async (): Promise<void> => {
    const until = performance.now() + UPKEEP.yieldMs;
    do {
      throwIfCancelled(signal);
      await wait(UPKEEP.restMs);
    } while (isAnswering() && performance.now() < until);
  };
  const { bytes: bytesBefore } = await store.size();
  const daysAgo = (days: number): string => new Date(now.getTime() - days * 86_400_000).toISOString();
  const jobsForgotten = await jobs.pruneJobs(daysAgo(UPKEEP.keepJobsDays));
  await store.forgetRemoved(daysAgo(UPKEEP.keepMarksDays));
  let merged = 0;
  while (merged < UPKEEP.mostMerges && (await store.mergeKeywords())) {
    merged += 1;
    await rest();
  }
  const erased = await vectors.compact(signal);
  await vectors.save();
  for (let left = Number.POSITIVE_INFINITY; left > 0; await rest()) {
    const unused = await store.freePages(UPKEEP.vacuumPages);
    if (unused >= left) break;
    left = unused;
  }
  if (rewrite) await store.rewrite();
  await store.checkpoint();
  const { bytes: bytesAfter } = await store.size();
  const seconds = Math.round(performance.now() - started) / 1000;
  return { merged, erased, jobsForgotten, bytesBefore, bytesAfter, seconds };
}
