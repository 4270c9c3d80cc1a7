import type { Job, WholeJob } from '../api/knowledge-types.ts';
import { call } from '../api/request.ts';
import { useLoaded } from '../data/use-loaded.ts';
import { JobFile } from './job-file.tsx';

/** Each file of a small job; asked for again whenever one more is over. */
export function JobFiles({ job }: { job: Job }) {
  const { loaded, reload } = useLoaded(`${job.id} ${job.done} ${job.failed} ${job.state}`, (signal) =>
    call<WholeJob>('GET', `/api/v1/jobs/${job.id}`, { signal }),
  );
  if (!loaded.value) return null;
  return (
    <ul class="rows">
      {loaded.value.items.map((item) => (
        <li key={item.ordinal}>
          <JobFile
            jobId={job.id}
            item={item}
            step={job.current.find(({ ordinal }) => ordinal === item.ordinal)?.step ?? null}
            onRetried={reload}
          />
        </li>
      ))}
    </ul>
  );
}
