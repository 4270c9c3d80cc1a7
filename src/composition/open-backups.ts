import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { backupFolderOf } from '../backup/backup-state.ts';
import { createBackups, type Backups } from '../backup/backups.ts';
import { finishRestore, type RestoreOptions } from '../backup/restore-backup.ts';
import { removeUnfinished } from '../backup/stage-backup.ts';
import type { Config } from '../config.ts';
import { watchMachine } from '../faults/watch-machine.ts';
import { mergeEraseLists } from '../privacy/erase-list.ts';
import { carryKey, OWN_KEY_FILE } from '../secrets/read-keys.ts';
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

/** Locks a data folder that no server has open; ends a restore that was broken off, removes what a killed backup left. */
export async function holdFolder(folder: string): Promise<{ release(): void }> {
  const lock = lockFolder(folder);
  try {
    await finishRestore(folder);
    await removeUnfinished(folder);
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

/**
 * What a restore takes along: the key of the secrets, and who was erased, by the list of the folder that is replaced
 * and by those beside the backup and in the folder of backups: a disk that died took the first one with it.
 */
export function carryOverOf(
  backup: string,
  config: Pick<Config, 'backup_dir' | 'data_dir'>,
): NonNullable<RestoreOptions['carryOver']> {
  return async (from, into) => {
    for (const folder of new Set([from, dirname(resolve(backup)), backupFolderOf(config)]))
      await mergeEraseLists(folder, into);
    await carryKey(from, into);
  };
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
