import type { Job } from '../api/knowledge-types.ts';
import { useAction } from '../components/use-action.ts';
import { may } from '../session/session.ts';
import { translate, type MessageKey } from '../translate.ts';
import { cancelJob, isOpenJob, pauseJob, resumeJob, retryJob } from './job-actions.ts';
import { followedJobs } from './job-list.ts';

/** What can be done with a job as it stands. */
export function JobButtons({ job, onDone }: { job: Job; onDone?: () => void }) {
  const { busy, run } = useAction();
  if (!may('knowledge.write')) return null;
  const button = (key: MessageKey, work: () => Promise<unknown>) => (
    <button
      type="button"
      class="button small"
      disabled={busy}
      onClick={() =>
        run(async () => {
          await work();
          followedJobs.reload();
          onDone?.();
        })
      }
    >
      {translate(key)}
    </button>
  );
  return (
    <>
      {(job.state === 'running' || job.state === 'waiting') && button('jobs.pause', () => pauseJob(job.id))}
      {job.state === 'paused' && button('jobs.resume', () => resumeJob(job.id))}
      {isOpenJob(job) && button('jobs.cancel', () => cancelJob(job.id))}
      {job.retriable > 0 && button('jobs.retry_failed', () => retryJob(job.id))}
    </>
  );
}
