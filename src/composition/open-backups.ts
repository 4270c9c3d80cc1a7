import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createBackups, type Backups } from '../backup/backups.ts';
import { finishRestore } from '../backup/restore-backup.ts';
import { watchMachine } from '../faults/watch-machine.ts';
import { OWN_KEY_FILE } from '../secrets/read-keys.ts';
import type { BackupInspector, BackupStores } from '../stores/backup-contracts.ts';
import { inspectEnvironment } from '../stores/lmdb/inspect-environment.ts';
import { openPersonal, type Memory } from '../stores/lmdb/open-memory.ts';
import { copyDatabase } from '../stores/sqlite/copy-database.ts';
import { examineDatabase } from '../stores/sqlite/examine-database.ts';
import { lockFolder } from '../stores/sqlite/lock-folder.ts';
import { MIGRATIONS } from '../stores/sqlite/migrations.ts';
import { openDatabase, type SqliteDatabase } from '../stores/sqlite/open-database.ts';
import type { Opening } from './opening.ts';
import { VERSION } from './package-files.ts';

/** What backups need: the app and the command line share it. No model is loaded. */
export const backupInspector: BackupInspector = {
  newestSchema: MIGRATIONS.length,
  examineDatabase,
  examineMemory: inspectEnvironment,
};

/** The stores of a server that runs: they stay its own. */
export function backupStoresOf(database: SqliteDatabase, memory: Pick<Memory, 'copyPersonal'>): BackupStores {
  return {
    copyDatabase: (target, options) => copyDatabase(database, target, options),
    copyMemory: (folder) => memory.copyPersonal(folder),
    close: () => Promise.resolve(),
  };
}

/** Locks a data folder that no server has open, and brings a restore that was broken off to its end. */
export async function holdFolder(folder: string): Promise<{ release(): void }> {
  const lock = lockFolder(folder);
  try {
    await finishRestore(folder);
    return lock;
  } catch (error) {
    lock.release();
    throw error;
  }
}

/**
 * The stores of a data folder that no server has open.
 * @throws data_folder_locked, data_folder_unusable, store_damaged, storage_*
 */
export async function openBackupStores(
  dataDir: string,
  log: (message: string) => void,
): Promise<BackupStores> {
  const folder = resolve(dataDir);
  const lock = await holdFolder(folder);
  try {
    const database = openDatabase(join(folder, 'answerbox.sqlite'));
    const personal = await openPersonal(folder, (_level, message) => log(message));
    return {
      ...backupStoresOf(database, { copyPersonal: (target) => personal.copyInto(target) }),
      close: async () => {
        await personal.close();
        database.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** False for a folder in which nothing was ever stored. */
export function hasData(dataDir: string): boolean {
  return existsSync(join(resolve(dataDir), 'answerbox.sqlite'));
}

export interface Safety {
  backups: Backups;
  /** Backups by the clock, and looks at disk and clock. */
  watch: () => void;
}

export function openBackups(opening: Opening, database: SqliteDatabase, memory: Memory): Safety {
  const { config, folder, log, faults, onClose } = opening;
  const backups = createBackups({
    config,
    stores: backupStoresOf(database, memory),
    inspector: backupInspector,
    program: VERSION,
    secretsKey: OWN_KEY_FILE,
    log,
    faults,
  });
  onClose(() => backups.schedule.close());
  const machine = watchMachine({ folder, faults, log });
  onClose(() => machine.close());
  return {
    backups,
    watch: () => {
      backups.schedule.start();
      machine.start();
    },
  };
}
