import { asStoreError, type SqliteDatabase } from './open-database.ts';

export interface Guarded {
  /** What SQLite throws in `work` comes as an error that says what to do. @throws storage_full, storage_failed, store_damaged */
  guarded: <Result>(work: () => Result) => Promise<Result>;
  /** The same in one transaction that takes the write lock at once. */
  write: <Result>(work: () => Result) => Promise<Result>;
}

export function guardedBy(database: SqliteDatabase): Guarded {
  const guarded = <Result>(work: () => Result): Promise<Result> => {
    try {
      return Promise.resolve(work());
    } catch (error) {
      return Promise.reject(asStoreError(error, database.name));
    }
  };
  return { guarded, write: (work) => guarded(() => database.transaction(work).immediate()) };
}
