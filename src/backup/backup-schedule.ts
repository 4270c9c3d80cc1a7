import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AnswerboxError, reasonOf } from '../errors.ts';
import type { BackupSummary } from './backup-format.ts';

/** Milliseconds between two looks at the clock. */
const LOOK_MS = 60_000;
const HOUR_MS = 3_600_000;
const UNFINISHED = /^answerbox-\d{6}-.*\.backup\.\d+\.part$/;
/** Numbered, so that order does not hang on a clock that may be set back. */
const NAME = /^answerbox-(\d{6})-\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z\.backup$/;

export interface KeptBackup {
  name: string;
  path: string;
  number: number;
  bytes: number;
  /** ISO 8601, UTC, by the file's date. */
  at: string;
}

export interface BackupSchedule {
  /** Makes one now, unless one is being made. @throws backup_running and what `run` throws */
  make(): Promise<BackupSummary>;
  list(): Promise<KeptBackup[]>;
  state(): { running: boolean; failure: string | null };
  /** Looks once whether one is due, and makes it. @returns whether it did */
  look(): Promise<boolean>;
  start(): void;
  close(): Promise<void>;
}

export interface ScheduleOptions {
  folder: string;
  /** Hours between two; 0: never by itself. */
  everyHours: number;
  keep: number;
  /** Writes a backup to this path and reads it back whole. */
  run: (path: string, signal: AbortSignal) => Promise<BackupSummary>;
  /** After each look at the clock. */
  onLook?: () => Promise<void>;
  now?: () => Date;
  log: (level: 'info' | 'warn' | 'error', message: string) => void;
}

/** Backups by the clock, and which of them stay. An old one goes only after a new one was read back whole. */
export function createBackupSchedule(options: ScheduleOptions): BackupSchedule {
  const { folder, everyHours, keep, run, onLook, now = () => new Date(), log } = options;
  const stop = new AbortController();
  let running: Promise<BackupSummary> | null = null;
  let failure: string | null = null;
  let timer: NodeJS.Timeout | undefined;

  const makeNext = async (): Promise<BackupSummary> => {
    await removeParts(folder);
    const kept = await listBackups(folder);
    const number = (kept.at(-1)?.number ?? 0) + 1;
    const summary = await run(join(folder, nameOf(number, now())), stop.signal);
    for (const old of kept.slice(0, Math.max(0, kept.length + 1 - keep))) await rm(old.path, { force: true });
    return summary;
  };
  const make = async (): Promise<BackupSummary> => {
    if (running) throw new AnswerboxError('backup_running');
    running = makeNext();
    try {
      const summary = await running;
      failure = null;
      return summary;
    } catch (error) {
      failure = reasonOf(error);
      throw error;
    } finally {
      running = null;
    }
  };
  const look = async (): Promise<boolean> => {
    const made = await makeIfDue();
    // What cannot be told now is told at the next look.
    if (!stop.signal.aborted) await onLook?.().catch(() => undefined);
    return made;
  };
  const makeIfDue = async (): Promise<boolean> => {
    if (everyHours === 0 || running || stop.signal.aborted) return false;
    const last = (await listBackups(folder)).at(-1);
    const age = last ? now().getTime() - Date.parse(last.at) : Number.POSITIVE_INFINITY;
    // One from the future: the clock was set back, and waiting for it to catch up could take a year.
    if (age >= 0 && age < everyHours * HOUR_MS) return false;
    try {
      const { bytes } = await make();
      log('info', `backup: ${bytes} bytes in ${folder}, read back whole`);
      return true;
    } catch (error) {
      if (!stop.signal.aborted) log('error', `backup: ${reasonOf(error)}`);
      return false;
    }
  };

  return {
    make,
    look,
    list: () => listBackups(folder),
    state: () => ({ running: running !== null, failure }),
    start: () => {
      timer = setInterval(() => void look(), LOOK_MS);
      timer.unref();
      void look();
    },
    close: async () => {
      stop.abort(new AnswerboxError('cancelled'));
      clearInterval(timer);
      await running?.catch(() => undefined);
    },
  };
}

/** In the order in which they were made. */
export async function listBackups(folder: string): Promise<KeptBackup[]> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const found: KeptBackup[] = [];
  for (const name of names) {
    const number = NAME.exec(name)?.[1];
    if (number === undefined) continue;
    const path = join(folder, name);
    const { size, mtime } = await stat(path);
    found.push({ name, path, number: Number(number), bytes: size, at: mtime.toISOString() });
  }
  return found.sort((one, other) => one.number - other.number);
}

/** What a backup that was killed had written: it counts against the disk, and never against `keep`. */
async function removeParts(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [] as string[]);
  for (const name of names) if (UNFINISHED.test(name)) await rm(join(folder, name), { force: true });
}

function nameOf(number: number, at: Date): string {
  const time = at.toISOString().slice(0, 19).replaceAll(':', '-');
  return `answerbox-${String(number).padStart(6, '0')}-${time}Z.backup`;
}
