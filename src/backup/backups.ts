import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Config } from '../config.ts';
import { AnswerboxError, reasonOf } from '../errors.ts';
import { writeStreamAtomically } from '../files/write-stream-atomically.ts';
import type { BackupInspector, BackupStores } from '../stores/backup-contracts.ts';
import {
  backupFolderOf,
  noteVerified,
  overdueWords,
  readBackupState,
  type BackupState,
} from './backup-state.ts';
import type { BackupSummary } from './backup-format.ts';
import { readBackupKey } from './backup-key.ts';
import { createBackupSchedule, type BackupSchedule } from './backup-schedule.ts';
import { makeBackup } from './make-backup.ts';
import type { StageOptions } from './stage-backup.ts';
import { verifyBackup } from './verify-backup.ts';

export interface BackupTools {
  config: Pick<
    Config,
    | 'data_dir'
    | 'backup_dir'
    | 'backup_every_hours'
    | 'backup_keep'
    | 'backup_key_file'
    | 'backup_secrets_key'
  >;
  /** File of the data folder that opens the secrets in it: only in encrypted backups, unless the owner asks. */
  secretsKey: string;
  stores: BackupStores;
  inspector: BackupInspector;
  program: string;
  now?: () => Date;
  log: (level: 'info' | 'warn' | 'error', message: string) => void;
  /** Told of a backup by schedule that failed, and of the next that did not. */
  faults?: { report(part: 'backup', state: 'failing', message: string): void; clear(part: 'backup'): void };
}

/** Backups of one data folder, of the server that has it open or of a command that has it locked. */
export interface Backups {
  /**
   * The bytes of a new one, to be sent; encrypted when a key is set up. One at a time.
   * @throws backup_running, backup_key_invalid, store_damaged, storage_*, cancelled
   */
  stream(options?: StageOptions): AsyncGenerator<Buffer>;
  /** Writes a new one to this path and reads it back whole. @throws as `stream` and `verifyBackup` */
  save(path: string, options?: StageOptions): Promise<BackupSummary>;
  readonly schedule: BackupSchedule;
  /** How far what is here could be put back. */
  state(): Promise<BackupState>;
}

export function createBackups({
  config,
  stores,
  inspector,
  program,
  secretsKey,
  now = () => new Date(),
  log,
  faults,
}: BackupTools): Backups {
  const folder = resolve(config.data_dir);
  let running = false;

  async function* stream(options: StageOptions = {}): AsyncGenerator<Buffer> {
    if (running) throw new AnswerboxError('backup_running');
    running = true;
    try {
      const secret = await readBackupKey(config.backup_key_file);
      const leaveOut = secret === null && !config.backup_secrets_key ? [secretsKey] : [];
      yield* makeBackup({ folder, stores, program, secret, leaveOut, now, ...options });
    } finally {
      running = false;
    }
  }
  const save = async (path: string, options: StageOptions = {}): Promise<BackupSummary> => {
    await writeStreamAtomically(path, stream(options));
    let summary: BackupSummary;
    try {
      const secret = await readBackupKey(config.backup_key_file);
      summary = await verifyBackup(path, folder, { inspector, secret, ...options });
    } catch (error) {
      // What cannot be read back is none, and must not look like one.
      await rm(path, { force: true });
      throw error;
    }
    // Without the note it is no less whole.
    await noteVerified(folder, summary, now()).catch((error: unknown) =>
      log('warn', `backup: ${reasonOf(error)}`),
    );
    return summary;
  };
  const state = (): Promise<BackupState> => readBackupState(config, now());
  const schedule = createBackupSchedule({
    folder: backupFolderOf(config),
    everyHours: config.backup_every_hours,
    keep: config.backup_keep,
    run: async (path, signal) => {
      try {
        const summary = await save(path, { signal });
        faults?.clear('backup');
        return summary;
      } catch (error) {
        if (!signal.aborted)
          faults?.report('backup', 'failing', 'the last backup by schedule failed; the log says why');
        throw error;
      }
    },
    onLook: async () => {
      const { overdue, last_at } = await state();
      if (overdue) faults?.report('backup', 'failing', overdueWords(last_at));
    },
    now,
    log,
  });
  return { stream, save, schedule, state };
}
