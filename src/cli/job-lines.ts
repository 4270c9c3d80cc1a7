import type { Static } from '@sinclair/typebox';
import type { JOB_SUMMARY } from '../api/schemas/job-schema.ts';

type Job = Static<typeof JOB_SUMMARY>;

/** "48 of 500 files, 2 failed, 310 a minute, 2 min left: embed faq.md" */
export function progressLine(job: Job, total = job.total): string {
  const parts = [`${job.done} of ${total} files`];
  if (job.failed > 0) parts.push(`${job.failed} failed`);
  if (job.left_out > 0) parts.push(`${job.left_out} addresses left out: raise the limit of pages`);
  if (job.items_per_minute !== null) parts.push(`${Math.round(job.items_per_minute)} a minute`);
  if (job.seconds_left !== null && job.seconds_left > 0) parts.push(`${durationOf(job.seconds_left)} left`);
  if (job.waits_for !== null) parts.push(`waits: ${job.waits_for}`);
  const [current] = job.current;
  return parts.join(', ') + (current ? `: ${current.step} ${current.source}` : '');
}

/** One line of the list: id, state, counts, title. */
export function jobLine(job: Job): string {
  return `${job.id}  ${job.state.padEnd(9)}  ${progressLine({ ...job, current: [] })}  ${job.kind} ${job.title}\n`;
}

function durationOf(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5_400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
