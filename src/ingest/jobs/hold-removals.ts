import { AnswerboxError } from '../../errors.ts';
import type { JobItemResult, JobStore, QueuedItem } from '../../stores/job-contracts.ts';
import type { IngestTools } from '../ingest.ts';
import { failedResult } from './read-item.ts';

/** What one visit of a site or folder may remove unasked. */
export const REMOVALS = {
  /** Documents that always may go, 0…100: small sources change as a whole. */
  unasked: 5,
  /** Share of the source's documents, 0…1: more than half is rather a fault of the site or the disk. */
  share: 0.5,
} as const;

/**
 * Null when the removal may be carried out; else why it is held. A retry is the owner's word that it may: the
 * store makes a `remove_confirmed` of it.
 */
export async function holdRemoval(
  item: QueuedItem,
  jobs: Pick<JobStore, 'countRemovals'>,
  { knowledge }: Pick<IngestTools, 'knowledge'>,
): Promise<JobItemResult | null> {
  const { action, sourceId, jobId, source } = item;
  if (action !== 'remove' || sourceId === null) return null;
  const { wanted, done } = await jobs.countRemovals(jobId);
  if (wanted <= REMOVALS.unasked) return null;
  const left = await knowledge.countDocuments({
    collection: `source:${sourceId}`,
    at: new Date().toISOString(),
  });
  const total = left + done;
  if (wanted <= total * REMOVALS.share) return null;
  return failedResult(new AnswerboxError('removal_held', { source, removals: wanted, total }));
}
