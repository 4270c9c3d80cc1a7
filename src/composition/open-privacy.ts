import { resolve } from 'node:path';
import { backupFolderOf } from '../backup/backup-state.ts';
import { olderBackups, type RotationConfig } from '../backup/older-backups.ts';
import type { Config } from '../config.ts';
import type { Faults } from '../faults/faults.ts';
import { applyEraseList } from '../privacy/apply-erase-list.ts';
import { openEraseList } from '../privacy/erase-list.ts';
import {
  erasePerson,
  exportPerson,
  planPerson,
  type EraseReceipt,
  type PersonalMemory,
  type PersonExport,
  type PersonPlan,
} from '../privacy/privacy.ts';
import {
  planRetention,
  runRetention,
  type RetentionDays,
  type RetentionOptions,
  type RetentionPlan,
  type RetentionTools,
} from '../privacy/retention.ts';
import type { SettingStore, TraceStore } from '../stores/contracts.ts';
import { openMemory } from '../stores/lmdb/open-memory.ts';
import { dropSchemaCopies } from '../stores/sqlite/copy-before-migration.ts';
import { lockFolder } from '../stores/sqlite/lock-folder.ts';
import type { SqliteDatabase } from '../stores/sqlite/open-database.ts';
import { createSqlitePrivacyStore } from '../stores/sqlite/privacy-store.ts';
import { createSqliteSettingStore } from '../stores/sqlite/setting-store.ts';
import { openSealedDatabase } from './open-sealed-database.ts';
import { openStaff, type Staff } from './open-staff.ts';

/** What is held of persons, its export and its end; how long anything is kept. */
export interface Privacy {
  plan(who: string): Promise<PersonPlan>;
  export(who: string): Promise<PersonExport>;
  erase(who: string, signal?: AbortSignal): Promise<EraseReceipt>;
  /** To be called at every start, and after a restore. */
  applyEraseList(): Promise<number>;
  planRetention(): Promise<RetentionPlan>;
  runRetention(options?: RetentionOptions): Promise<Record<string, number>>;
}

export interface PrivacyParts {
  database: SqliteDatabase;
  folder: string;
  memory: PersonalMemory;
  staff: Pick<Staff, 'auditStore' | 'trail' | 'pseudonyms'>;
  settings: SettingStore;
  days: RetentionDays;
  /** Where the backups are, and how they are rotated. */
  rotation: RotationConfig;
  traces?: Pick<TraceStore, 'flush'>;
  isAnswering?: () => boolean;
  /** Where it is told that the clock was set, and that nothing is removed. */
  faults?: Pick<Faults, 'list' | 'clear'>;
  now?: () => Date;
}

/** @throws store_damaged when the erase list cannot be read */
export function openPrivacy(parts: PrivacyParts): Privacy {
  const { database, folder, memory, staff, settings, days, rotation } = parts;
  const { traces = null, isAnswering = () => false, now = () => new Date() } = parts;
  const { trail, pseudonyms, auditStore } = staff;
  const store = createSqlitePrivacyStore(database);
  const eraseList = openEraseList(folder, backupFolderOf(rotation));
  const shared = { folder, store, memory, traces, settings, trail, pseudonyms, eraseList, now };
  const tools: RetentionTools = {
    ...shared,
    days,
    audit: auditStore,
    isAnswering,
    clockWasSet: () => parts.faults?.list().some(({ part }) => part === 'clock') ?? false,
    dropSchemaCopies: () => void dropSchemaCopies(folder),
    olderBackups: () => olderBackups(rotation),
  };
  return {
    plan: (who) => planPerson(who, tools),
    export: (who) => exportPerson(who, tools),
    erase: (who, signal) => erasePerson(who, tools, signal),
    applyEraseList: () => applyEraseList(tools),
    planRetention: () => planRetention(tools),
    runRetention: async (options) => {
      const removed = await runRetention(tools, options);
      parts.faults?.clear('retention');
      return removed;
    },
  };
}

/** The privacy of a folder that no server holds; loads no model. @throws data_folder_*, store_damaged */
export async function openPrivacyFolder(
  config: Config,
): Promise<{ privacy: Privacy; staff: Staff; close: () => Promise<void> }> {
  const folder = resolve(config.data_dir);
  const lock = lockFolder(folder);
  const closers: (() => void | Promise<void>)[] = [() => lock.release()];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const { database } = openSealedDatabase(config);
    closers.push(() => void database.close());
    const memory = await openMemory({ folder });
    closers.push(() => memory.close());
    const settings = createSqliteSettingStore(database);
    const staff = openStaff(database, settings);
    const kept = { database, folder, memory, staff, settings, days: config, rotation: config };
    const privacy = openPrivacy(kept);
    await privacy.applyEraseList();
    return { privacy, staff, close };
  } catch (error) {
    await close();
    throw error;
  }
}
