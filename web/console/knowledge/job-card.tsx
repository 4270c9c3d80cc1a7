import type { Job } from '../api/knowledge-types.ts';
import { ProgressBar } from '../components/progress-bar.tsx';
import { importAddress } from '../data/knowledge-addresses.ts';
import { showCount } from '../format/show-time.ts';
import { translate, translateValue } from '../translate.ts';
import { describeJob } from './describe-job.ts';
import { isOpenJob } from './job-actions.ts';
import { JobButtons } from './job-buttons.tsx';
import { JobFiles } from './job-files.tsx';
import { jobTone } from './job-tone.ts';

/** Files up to which each is shown with its own state. */
const FEW = 12;

interface JobCardProps {
  job: Job;
  onDismiss?: () => void;
}

/** A job at work: how far, how fast, what it is doing, and what failed. */
export function JobCard({ job, onDismiss }: JobCardProps) {
  const { id, title, state, done, total, failed, left_out: leftOut, current, waits_for: waits } = job;
  return (
    <article class="panel job-card" aria-label={title}>
      <div class="row-line">
        <a class="row-name" href={importAddress(id)}>
          {title}
        </a>
        <span class={`badge badge-${jobTone(job)}`}>{translateValue('job_state', state)}</span>
        {failed > 0 && <span class="badge badge-danger">{translate('jobs.failed', { count: failed })}</span>}
        <span class="muted">{describeJob(job)}</span>
        <span class="row-end">
          <JobButtons job={job} />
          {!isOpenJob(job) && onDismiss && (
            <button type="button" class="button small quiet" onClick={onDismiss}>
              {translate('jobs.dismiss')}
            </button>
          )}
        </span>
      </div>
      <ProgressBar label={translate('jobs.progress', { title })} value={done} max={total} />
      {waits !== null && <p class="muted">{translate('jobs.waits', { reason: waits })}</p>}
      {leftOut > 0 && <p class="muted">{translate('jobs.left_out', { count: showCount(leftOut) })}</p>}
      {current.length > 0 && (
        <p class="muted">
          {current
            .map(({ source, step }) => `${translateValue('job_step', step)}: ${source}`)
            .slice(0, 3)
            .join(' · ')}
        </p>
      )}
      {total <= FEW && <JobFiles job={job} />}
    </article>
  );
}
