import { asStoreError, type SqliteDatabase } from './open-database.ts';

interface Waiting {
  work: () => unknown;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
}

const groups = new WeakMap<SqliteDatabase, Waiting[]>();

/**
 * Runs a synchronous write in a transaction, durable when the promise resolves. What was asked for while the disk
 * was still busy with the last commit shares the next one, as in PostgreSQL's group commit: a flush of the disk
 * takes milliseconds, and hundreds of writes a second could not each wait for one of their own. Each write is
 * whole or not there, whatever becomes of the others.
 * @throws what the work threw; storage_full, storage_failed, store_damaged
 */
export function commitTogether<Result>(database: SqliteDatabase, work: () => Result): Promise<Result> {
  return new Promise((resolve, reject) => {
    const group = groups.get(database) ?? [];
    group.push({ work, resolve: resolve as Waiting['resolve'], reject });
    if (group.length > 1) return;
    groups.set(database, group);
    setImmediate(() => {
      groups.delete(database);
      commit(database, group);
    });
  });
}

function commit(database: SqliteDatabase, group: readonly Waiting[]): void {
  const told: (() => void)[] = [];
  try {
    database
      .transaction(() => {
        for (const waiting of group) told.push(attempt(database, waiting));
      })
      .immediate();
  } catch (error) {
    // The commit failed, or SQLite took everything back: nothing of the group is on the disk.
    for (const { reject } of group) reject(asStoreError(error, database.name));
    return;
  }
  for (const tell of told) tell();
}

/** One write, under a savepoint of its own. @returns what tells its outcome, once the whole group is on the disk */
function attempt(database: SqliteDatabase, { work, resolve, reject }: Waiting): () => void {
  try {
    const result = database.transaction(work)();
    return () => resolve(result);
  } catch (error) {
    // A full disk ends the whole transaction, and with it the writes before this one.
    if (!database.inTransaction) throw error;
    return () => reject(asStoreError(error, database.name));
  }
}
