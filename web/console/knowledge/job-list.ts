import { signal } from '@preact/signals';
import type { Job } from '../api/knowledge-types.ts';
import { call } from '../api/request.ts';
import { isOpenJob } from './job-actions.ts';

/** Milliseconds between two looks while something is being read, and while nothing is. */
const EVERY = { open: 1_000, idle: 10_000 } as const;
/** Jobs that are looked at; older ones are on their page. */
const NEWEST = 30;

/** The newest jobs, whoever began them, on whatever machine: progress is there again after a reload. */
export const jobs = signal<readonly Job[]>([]);

let watchers = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

async function look(): Promise<void> {
  clearTimeout(timer);
  if (watchers === 0) return;
  try {
    if (!document.hidden)
      jobs.value = (await call<{ jobs: Job[] }>('GET', '/api/v1/jobs', { query: { limit: NEWEST } })).jobs;
  } catch {
    // The next look tells; whoever needs to know is told by what they do.
  }
  if (watchers > 0)
    timer = setTimeout(() => void look(), jobs.value.some(isOpenJob) ? EVERY.open : EVERY.idle);
}

export const followedJobs = {
  /** Looks again and again until what this returns is called. */
  watch(): () => void {
    watchers += 1;
    void look();
    return () => {
      watchers -= 1;
    };
  },
  /** Looks now: something was begun. */
  reload(): void {
    void look();
  },
};
