import { asStoreError, type SqliteDatabase } from './open-database.ts';

/** Runs a synchronous query as the asynchronous contracts want it; a failure says what to do. */
export async function runInStore<Result>(database: SqliteDatabase, work: () => Result): Promise<Result> {
  try {
    return work();
  } catch (error) {
    throw asStoreError(error, database.name);
  }
}
