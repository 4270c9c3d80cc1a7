import type { UpkeepStore } from '../upkeep-contracts.ts';
import { asStoreError, type SqliteDatabase } from './open-database.ts';

/** Pages of the keyword index that one merge may write: some 50 ms. */
const MERGE_PAGES = 400;

export function createSqliteUpkeepStore(database: SqliteDatabase): UpkeepStore {
  const guarded = <Result>(work: () => Result): Promise<Result> => {
    try {
      return Promise.resolve(work());
    } catch (error) {
      return Promise.reject(asStoreError(error, database.name));
    }
  };
  const number = (pragma: string): number => database.pragma(pragma, { simple: true }) as number;
  const totalChanges = (): number => database.prepare('SELECT total_changes()').pluck().get() as number;

  return {
    mergeKeywords: () =>
      guarded(() => {
        const before = totalChanges();
        // Negative: all levels are to become one, as 'optimize' would make them, but piece by piece.
        database.prepare(`INSERT INTO chunk_words(chunk_words, rank) VALUES ('merge', ?)`).run(-MERGE_PAGES);
        // FTS5 counts less than two changes when nothing was left to merge.
        return totalChanges() - before >= 2;
      }),
    freePages: (most) =>
      guarded(() => {
        database.pragma(`incremental_vacuum(${Math.trunc(most)})`);
        return number('auto_vacuum') === 2 ? number('freelist_count') : 0;
      }),
    forgetRemoved: (before) =>
      guarded(() => database.prepare('DELETE FROM removed_marks WHERE removed_at < ?').run(before).changes),
    checkpoint: () => guarded(() => void database.pragma('wal_checkpoint(TRUNCATE)')),
    rewrite: () =>
      guarded(() => {
        database.pragma('auto_vacuum = INCREMENTAL');
        database.exec('VACUUM');
      }),
    size: () =>
      guarded(() => {
        const page = number('page_size');
        return { bytes: page * number('page_count'), unused: page * number('freelist_count') };
      }),
  };
}
