import { AnswerboxError, throwIfCancelled } from '../../errors.ts';
import type { CopyOptions, DatabaseExamination } from '../backup-contracts.ts';
import { examineDatabase } from './examine-database.ts';
import { asStoreError, type SqliteDatabase } from './open-database.ts';

/** Pages copied between two turns of the event loop: 2 MB, some milliseconds. */
const PAGES = 500;

/**
 * Copies the database at one moment by SQLite's online backup. On the connection that writes: what is written
 * meanwhile goes into the copy as well, and never makes it begin anew as another connection's writes would.
 * @throws store_damaged when what was copied is, storage_full, storage_failed, cancelled
 */
export async function copyDatabase(
  database: SqliteDatabase,
  target: string,
  { signal, onProgress }: CopyOptions,
): Promise<DatabaseExamination> {
  const page = database.pragma('page_size', { simple: true }) as number;
  try {
    await database.backup(target, {
      progress: ({ totalPages, remainingPages }) => {
        throwIfCancelled(signal);
        onProgress?.((totalPages - remainingPages) * page, totalPages * page);
        return PAGES;
      },
    });
  } catch (error) {
    throwIfCancelled(signal);
    throw asStoreError(error, target);
  }
  const examined = await examineDatabase(target, signal);
  if (examined.problems.length === 0) return examined;
  throw new AnswerboxError('store_damaged', { path: database.name, reason: examined.problems[0]! });
}
