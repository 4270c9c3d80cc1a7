import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { AnswerboxError, reasonOf } from '../../errors.ts';

export interface FolderLock {
  release(): void;
}

/**
 * One process owns a data folder. The lock is an open exclusive transaction on a small file: the system
 * drops it when the process ends, however it ends, so none is ever left behind.
 * @throws data_folder_locked, data_folder_unusable
 */
export function lockFolder(folder: string): FolderLock {
  const holder = join(folder, 'lock.pid');
  let database: Database.Database | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    database = new Database(join(folder, 'lock.sqlite'), { timeout: 0 });
    database.pragma('journal_mode = DELETE');
    database.exec('BEGIN EXCLUSIVE');
    writeFileSync(holder, String(process.pid));
  } catch (error) {
    database?.close();
    if ((error as { code?: string }).code === 'SQLITE_BUSY') {
      throw new AnswerboxError('data_folder_locked', { path: folder, pid: pidOf(holder) }, error);
    }
    throw new AnswerboxError('data_folder_unusable', { path: folder, reason: reasonOf(error) }, error);
  }
  const held = database;
  return {
    release: () => {
      rmSync(holder, { force: true });
      held.close();
    },
  };
}

function pidOf(holder: string): string {
  try {
    return readFileSync(holder, 'utf8').trim() || 'unknown';
  } catch {
    return 'unknown';
  }
}
