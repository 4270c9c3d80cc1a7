import type { Job } from '../api/knowledge-types.ts';
import { showCount } from '../format/show-time.ts';
import { showDuration } from '../format/show-duration.ts';
import { translate } from '../translate.ts';

/** '12 of 500 files · 340 a minute · 1 min 20 s left': what is known of it, in this order. */
export function describeJob(
  job: Pick<Job, 'done' | 'total' | 'items_per_minute' | 'seconds_left' | 'state'>,
): string {
  const { done, total, items_per_minute: rate, seconds_left: left, state } = job;
  const parts = [translate('jobs.of', { done: showCount(done), total: showCount(total) })];
  const running = state === 'running';
  if (running && rate !== null) parts.push(translate('jobs.rate', { rate: showCount(Math.round(rate)) }));
  if (running && left !== null && done < total)
    parts.push(translate('jobs.left', { time: showDuration(left) }));
  return parts.join(' · ');
}
