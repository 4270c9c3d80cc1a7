import { open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { DISK_FULL, DISK_READ_ONLY, DISK_SLOW, type Faults } from './faults.ts';

const WATCH = {
  /** Milliseconds between two looks. */
  everyMs: 15_000,
  /** Free bytes below which the disk counts as full: room for a log that is being checkpointed. */
  leastBytes: 16_000_000,
  /** Milliseconds for a small file, written and synced, from which on the disk is slow: usual are 1 to 100; 500…10,000. */
  slowMs: 3_000,
  /** Milliseconds by which the clock may run away from the time that passed, between two looks: NTP slews slowly. */
  clockMs: 30_000,
  /** Looks after which a jump of the clock is old news: an hour. */
  clockLooks: 240,
} as const;

export interface MachineWatch {
  /** One look, at once. */
  look(): Promise<void>;
  start(): void;
  close(): void;
}

export interface WatchOptions {
  /** The data folder. */
  folder: string;
  faults: Faults;
  /** Milliseconds since the epoch, and since some moment that no clock setting changes. */
  wall?: () => number;
  steady?: () => number;
  log?: (level: 'warn', message: string) => void;
  /** Tries the disk: what is wrong with it, or null. */
  probe?: (folder: string) => Promise<string | null>;
}

/** Looks whether the disk takes a file, and whether the clock was set, every few seconds. */
export function watchMachine({
  folder,
  faults,
  wall = Date.now,
  steady = () => performance.now(),
  log = () => undefined,
  probe = diskProblem,
}: WatchOptions): MachineWatch {
  let timer: NodeJS.Timeout | undefined;
  let before = { wall: wall(), steady: steady() };
  let looksSinceJump = 0;
  /** When the probe that is under way began; null: none is. */
  let probedSince: number | null = null;

  const lookAtClock = (): void => {
    const now = { wall: wall(), steady: steady() };
    const jump = now.wall - before.wall - (now.steady - before.steady);
    before = now;
    looksSinceJump += 1;
    if (Math.abs(jump) > WATCH.clockMs) {
      const seconds = Math.round(Math.abs(jump) / 1000);
      const way = jump < 0 ? 'back' : 'forward';
      log('warn', `the clock was set ${way} by ${seconds} seconds`);
      faults.clear('clock');
      faults.report('clock', 'healed', `the clock was set ${way} by ${seconds} seconds while the server ran`);
      looksSinceJump = 0;
    } else if (looksSinceJump > WATCH.clockLooks) faults.clear('clock');
  };
  const lookAtDisk = async (): Promise<void> => {
    // A disk that hangs gets no second probe: each would hold a thread of those that all files wait for.
    if (probedSince !== null) {
      if (steady() - probedSince > WATCH.slowMs) faults.report('disk', 'failing', DISK_SLOW);
      return;
    }
    const begun = (probedSince = steady());
    const found = await probe(folder).finally(() => (probedSince = null));
    const problem = found ?? (steady() - begun > WATCH.slowMs ? DISK_SLOW : null);
    if (problem === null) faults.clear('disk');
    else faults.report('disk', 'failing', problem);
  };
  const look = async (): Promise<void> => {
    lookAtClock();
    await lookAtDisk();
  };
  return {
    look,
    start: () => {
      timer = setInterval(() => void look(), WATCH.everyMs);
      timer.unref();
    },
    close: () => clearInterval(timer),
  };
}

/** By trying: rights, mounts and quotas say less than a file that could be written. */
async function diskProblem(folder: string): Promise<string | null> {
  const probe = join(folder, 'probe.tmp');
  try {
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize < WATCH.leastBytes) return DISK_FULL;
    const handle = await open(probe, 'w');
    try {
      await handle.writeFile(Buffer.alloc(4_096));
      await handle.sync();
    } finally {
      await handle.close();
    }
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOSPC' ? DISK_FULL : DISK_READ_ONLY;
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
}
