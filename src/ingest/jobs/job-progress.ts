import type { JobRecord } from '../../stores/job-contracts.ts';
import type { IngestStep } from '../ingest-types.ts';

export interface ItemProgress {
  ordinal: number;
  source: string;
  step: 'fetch' | IngestStep;
}

/** What only this process knows of a job under way. */
export interface LiveProgress {
  /** Items that are being worked on. */
  current: ItemProgress[];
  /** Items a minute over the last minutes; null until two are over. */
  itemsPerMinute: number | null;
  /** Seconds to the end at this speed; null when that is not known. */
  secondsLeft: number | null;
  /** What the job waits for, in words; null when it goes on. */
  waitsFor: string | null;
}

/** Ends of items that the speed is computed from; about two batches. */
const WINDOW = 64;

interface JobSpeed {
  /** Times at which items ended, ms, oldest first; the first is that of the begin. */
  ends: number[];
  current: Map<number, ItemProgress>;
  waitsFor: string | null;
}

/** Keeps the steps and the speed of jobs under way; a restart knows nothing of the time before. */
export class JobProgress {
  private readonly jobs = new Map<string, JobSpeed>();
  private readonly listeners = new Set<(jobId: string) => void>();

  onChange(listener: (jobId: string) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  begin(jobId: string, item: ItemProgress): void {
    this.of(jobId).current.set(item.ordinal, item);
    this.tell(jobId);
  }

  end(jobId: string, ordinal: number): void {
    const job = this.of(jobId);
    job.current.delete(ordinal);
    job.ends.push(performance.now());
    if (job.ends.length > WINDOW) job.ends.shift();
    this.tell(jobId);
  }

  /** Nothing of the job is worked on any more, for now or for good; null when it waits for nothing. */
  rest(jobId: string, waitsFor: string | null): void {
    const job = this.of(jobId);
    job.current.clear();
    job.waitsFor = waitsFor;
    if (waitsFor !== null) job.ends.length = 0;
    this.tell(jobId);
  }

  forget(jobId: string): void {
    this.jobs.delete(jobId);
    this.tell(jobId);
  }

  read({ id, total, done }: Pick<JobRecord, 'id' | 'total' | 'done'>): LiveProgress {
    const job = this.jobs.get(id);
    const rate = job ? ratePerMinute(job.ends) : null;
    return {
      current: [...(job?.current.values() ?? [])],
      itemsPerMinute: rate,
      secondsLeft: rate === null ? null : Math.round(((total - done) * 60) / rate),
      waitsFor: job?.waitsFor ?? null,
    };
  }

  tell(jobId: string): void {
    for (const listener of this.listeners) listener(jobId);
  }

  private of(jobId: string): JobSpeed {
    const known = this.jobs.get(jobId);
    if (known) return known;
    const fresh: JobSpeed = { ends: [performance.now()], current: new Map(), waitsFor: null };
    this.jobs.set(jobId, fresh);
    return fresh;
  }
}

function ratePerMinute(ends: readonly number[]): number | null {
  const [first, last] = [ends[0], ends.at(-1)];
  if (first === undefined || last === undefined || last <= first) return null;
  return ((ends.length - 1) * 60_000) / (last - first);
}
