import { useEffect, useRef, useState } from 'preact/hooks';
import { followedJobs, jobs } from './job-list.ts';
import { isOpenJob } from './job-actions.ts';
import { JobCard } from './job-card.tsx';

/** Jobs that go on, and those that ended while one looked; nothing when there are none. */
export function OpenJobs({ onEnded }: { onEnded: () => void }) {
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  const seen = useRef(new Set<string>());
  useEffect(() => followedJobs.watch(), []);
  const since = useRef(new Date().toISOString());
  const shown = jobs.value.filter(
    (job) =>
      !dismissed.has(job.id) &&
      (isOpenJob(job) || seen.current.has(job.id) || job.created_at > since.current),
  );
  const open = shown.filter(isOpenJob).map(({ id }) => id);
  for (const { id } of shown) seen.current.add(id);
  const done = shown.reduce((sum, job) => sum + job.done, 0);
  useEffect(() => {
    if (seen.current.size > 0) onEnded();
  }, [open.join(), done]);
  if (shown.length === 0) return null;
  return (
    <div class="panels">
      {shown.map((job) => (
        <JobCard key={job.id} job={job} onDismiss={() => setDismissed(new Set([...dismissed, job.id]))} />
      ))}
    </div>
  );
}
