import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { writeAtomically } from '../files/write-atomically.ts';
import type { BackupSummary } from './backup-format.ts';
import { listBackups } from './backup-schedule.ts';
import { BACKUPS_FOLDER } from './part-path.ts';

/** In the folder of backups in the data folder: it stays when a backup is restored, and is in none. */
const NOTE = 'verified.json';
/** Hours after its time at which a backup by schedule is late: it may take long, or the machine have slept. */
const GRACE_HOURS = 2;
const HOUR_MS = 3_600_000;

export interface BackupState {
  /** When the newest backup that is known was made; ISO 8601, UTC. Null: none ever. */
  last_at: string | null;
  /** When one was last read back whole. Null: never. */
  verified_at: string | null;
  /** There is a schedule, and the newest is older than it allows, or none was made. */
  overdue: boolean;
}

interface Note {
  made_at: string;
  verified_at: string;
}

type StateConfig = Pick<Config, 'data_dir' | 'backup_dir' | 'backup_every_hours'>;

export function backupFolderOf({ backup_dir, data_dir }: Pick<Config, 'backup_dir' | 'data_dir'>): string {
  return backup_dir === '' ? join(resolve(data_dir), BACKUPS_FOLDER) : resolve(backup_dir);
}

/** That a backup, wherever it lies, was read back whole. */
export async function noteVerified(
  dataFolder: string,
  { created_at }: Pick<BackupSummary, 'created_at'>,
  now: Date,
): Promise<void> {
  const before = await readNote(dataFolder);
  const made_at = before && before.made_at > created_at ? before.made_at : created_at;
  const note: Note = { made_at, verified_at: now.toISOString() };
  await writeAtomically(join(dataFolder, BACKUPS_FOLDER, NOTE), `${JSON.stringify(note)}\n`);
}

export async function readBackupState(config: StateConfig, now: Date): Promise<BackupState> {
  const note = await readNote(resolve(config.data_dir));
  const kept = (await listBackups(backupFolderOf(config)).catch(() => [])).map(({ at }) => at);
  const last = [...kept, ...(note ? [note.made_at] : [])].sort().at(-1) ?? null;
  const hours = config.backup_every_hours;
  const scheduled = kept.sort().at(-1);
  const age = scheduled === undefined ? Number.POSITIVE_INFINITY : now.getTime() - Date.parse(scheduled);
  return {
    last_at: last,
    verified_at: note?.verified_at ?? null,
    overdue: hours > 0 && age > (hours + GRACE_HOURS) * HOUR_MS,
  };
}

export function overdueWords(lastAt: string | null): string {
  return lastAt === null
    ? 'no backup by schedule was ever made'
    : `the last backup is of ${lastAt}, older than the schedule allows`;
}

async function readNote(dataFolder: string): Promise<Note | null> {
  try {
    return JSON.parse(await readFile(join(dataFolder, BACKUPS_FOLDER, NOTE), 'utf8')) as Note;
  } catch {
    // None, or one that says nothing: then nothing is known of any verification.
    return null;
  }
}
