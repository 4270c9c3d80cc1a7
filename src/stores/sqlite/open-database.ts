import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { AnswerboxError, reasonOf } from '../../errors.ts';
import { copyBeforeMigration } from './copy-before-migration.ts';
import { MIGRATIONS } from './migrations.ts';

export type SqliteDatabase = Database.Database;

/** SQLite before this one has a WAL race that can corrupt the file. */
const LEAST_SQLITE = [3, 51, 3] as const;

/**
 * Opens or creates the database, durable on every commit, at the newest schema; before that changes, a copy is put
 * beside it.
 * @throws store_damaged, storage_full, storage_failed, restore_unfinished
 */
export function openDatabase(path: string): SqliteDatabase {
  // Half a restore holds no database: a new one would be made, and stay.
  if (existsSync(join(dirname(path), '.restore', 'ready')))
    throw new AnswerboxError('restore_unfinished', { path: dirname(path) });
  mkdirSync(dirname(path), { recursive: true });
  try {
    const database = new Database(path, { timeout: 5_000 });
    prepareConnection(database, path);
    migrate(database, path);
    return database;
  } catch (error) {
    throw asStoreError(error, path);
  }
}

/** Sets what holds per connection and not per file. @throws storage_failed */
export function prepareConnection(database: SqliteDatabase, path: string): void {
  const { version } = database.prepare('SELECT sqlite_version() AS version').get() as { version: string };
  if (isOlder(version)) {
    throw new AnswerboxError('storage_failed', {
      path,
      reason: `SQLite ${version} is older than ${LEAST_SQLITE.join('.')}`,
    });
  }
  // Before anything is written: only a new file takes it, and gives unused pages back in small pieces then.
  database.pragma('auto_vacuum = INCREMENTAL');
  database.pragma('journal_mode = WAL');
  // The library's build defaults to NORMAL under WAL, which loses acknowledged commits at power loss.
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.pragma('secure_delete = ON');
  // At 64 MB, and with the file mapped, memory grew with every conversation, byte for byte as the database did; a
  // page that cannot be read through a map also ends the process (SIGBUS) where a read is an error.
  database.pragma('cache_size = -8000');
  database.pragma('mmap_size = 0');
  if (database.pragma('synchronous', { simple: true }) !== 2) {
    throw new AnswerboxError('storage_failed', { path, reason: 'synchronous=FULL was not taken' });
  }
}

function isOlder(version: string): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, least] of LEAST_SQLITE.entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return part < least;
  }
  return false;
}

function migrate(database: SqliteDatabase, path: string): void {
  const current = database.pragma('user_version', { simple: true }) as number;
  if (current > MIGRATIONS.length) {
    throw new AnswerboxError('store_damaged', {
      path,
      reason: `its schema ${current} is newer than this program's ${MIGRATIONS.length}`,
    });
  }
  if (current > 0 && current < MIGRATIONS.length) copyBeforeMigration(database, path, current);
  database.transaction(() => {
    for (const migration of MIGRATIONS.slice(current)) {
      if (typeof migration === 'string') database.exec(migration);
      else migration(database);
    }
    database.pragma(`user_version = ${MIGRATIONS.length}`);
  })();
}

/** Turns what SQLite threw into an error that says what to do. */
export function asStoreError(error: unknown, path: string): unknown {
  if (error instanceof AnswerboxError) return error;
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'string') return error;
  if (code.startsWith('SQLITE_FULL') || code === 'ENOSPC')
    return new AnswerboxError('storage_full', { path }, error);
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new AnswerboxError('store_damaged', { path, reason: reasonOf(error) }, error);
  }
  if (code.startsWith('SQLITE_') || code.startsWith('E')) {
    return new AnswerboxError('storage_failed', { path, reason: reasonOf(error) }, error);
  }
  return error;
}
