import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupTools } from '../backup/backups.ts';
import { createBackups, type Backups } from '../backup/backups.ts';
import { backupInspector, backupStoresOf } from '../composition/open-backups.ts';
import { OWN_KEY_FILE } from '../secrets/read-keys.ts';
import { openMemory, type Memory } from '../stores/lmdb/open-memory.ts';
import { createSqliteConversationStore } from '../stores/sqlite/conversation-store.ts';
import { openDatabase, type SqliteDatabase } from '../stores/sqlite/open-database.ts';
import type { ConversationStore } from '../stores/contracts.ts';
import { testConfig } from './start-test-server.ts';

export interface BackupFolder {
  folder: string;
  database: SqliteDatabase;
  conversations: ConversationStore;
  memory: Memory;
  backups: Backups;
  close(): Promise<void>;
}

/** A data folder with all that a backup takes, and what it leaves out: real stores, no models. */
export async function openBackupFolder(
  folder: string,
  config: Partial<BackupTools['config']> = {},
): Promise<BackupFolder> {
  const database = openDatabase(join(folder, 'answerbox.sqlite'));
  const memory = await openMemory({ folder });
  const backups = createBackups({
    config: testConfig(folder, config),
    stores: backupStoresOf(database, memory),
    inspector: backupInspector,
    program: '1.2.3',
    secretsKey: OWN_KEY_FILE,
    log: () => undefined,
  });
  return {
    folder,
    database,
    conversations: createSqliteConversationStore(database),
    memory,
    backups,
    close: async () => {
      await backups.schedule.close();
      await memory.close();
      database.close();
    },
  };
}

/** Files of an owner, two of them alike; and what is derived or in the way. */
export function writeOwnFiles(folder: string): void {
  mkdirSync(join(folder, 'files', 'ab'), { recursive: true });
  mkdirSync(join(folder, 'vectors'), { recursive: true });
  writeFileSync(join(folder, 'profile.json'), '{"name":"Test shop"}');
  writeFileSync(join(folder, 'files', 'ab', 'one.bin'), Buffer.alloc(200_000, 7));
  writeFileSync(join(folder, 'files', 'ab', 'two.bin'), Buffer.alloc(200_000, 7));
  writeFileSync(join(folder, 'files', 'empty'), '');
  writeFileSync(join(folder, 'vectors', 'vectors.json'), 'derived');
  writeFileSync(join(folder, 'control.json'), '{"token":"secret"}');
  writeFileSync(join(folder, 'half.part'), 'half');
}
