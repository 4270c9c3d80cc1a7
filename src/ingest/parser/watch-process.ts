import { writeSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { LAST_WORDS } from './parse-protocol.ts';

const WATCH = {
  /** Milliseconds between two looks while a file is read: at 2 GB/s of new memory that is 50 MB. */
  busyMs: 25,
  /** The same while none is read, and only the parent may have gone. */
  idleMs: 1_000,
} as const;

export interface WatchLimits {
  memoryMb: number;
  seconds: number;
}

/** Ends this process when a file costs it too much memory or computing, or when nobody waits for it any more. */
export function watchProcess({ memoryMb, seconds }: WatchLimits): void {
  const parent = process.ppid;
  /** Microseconds of computing after which the file at hand has had its share; null between files. */
  let deadline: number | null = null;
  let timer: NodeJS.Timeout;
  const look = (): void => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
    if (deadline === null) return;
    if (process.memoryUsage.rss() > memoryMb * 1_048_576) end(LAST_WORDS.memory);
    if (computed() > deadline) end(LAST_WORDS.time);
  };
  parentPort?.on('message', (isBusy: boolean) => {
    deadline = isBusy ? computed() + seconds * 1_000_000 : null;
    clearInterval(timer);
    timer = setInterval(look, isBusy ? WATCH.busyMs : WATCH.idleMs);
  });
  timer = setInterval(look, WATCH.idleMs);
}

function computed(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function end(words: string): void {
  writeSync(2, `${words}\n`);
  process.kill(process.pid, 'SIGKILL');
}
