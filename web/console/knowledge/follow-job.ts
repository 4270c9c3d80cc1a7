import type { Job, JobItem } from '../api/knowledge-types.ts';

interface JobListener {
  onJob: (job: Job) => void;
  onItem: (item: JobItem) => void;
  /** The stream is over: the job is, or the server refuses it. */
  onEnd: () => void;
}

/** Follows a job by its stream; the browser takes a broken line up again where it was. @returns stops it */
export function followJob(id: string, { onJob, onItem, onEnd }: JobListener): () => void {
  const stream = new EventSource(`/api/v1/jobs/${encodeURIComponent(id)}/events`);
  const read = <Value>({ data }: MessageEvent<unknown>): Value => JSON.parse(String(data)) as Value;
  stream.addEventListener('job-update', (event) => onJob(read<{ job: Job }>(event).job));
  stream.addEventListener('item-end', (event) => onItem(read<{ item: JobItem }>(event).item));
  stream.addEventListener('job-end', (event) => {
    stream.close();
    onJob(read<{ job: Job }>(event).job);
    onEnd();
  });
  stream.addEventListener('error', () => {
    if (stream.readyState === EventSource.CLOSED) onEnd();
  });
  return () => stream.close();
}
