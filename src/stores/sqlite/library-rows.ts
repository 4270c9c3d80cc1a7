import type { DeskStore, LibraryItem, LibraryKind } from '../desk-contracts.ts';
import type { SqliteDatabase } from './open-database.ts';

type Run = <Result>(work: () => Result) => Promise<Result>;
type Row = Omit<LibraryItem, 'data'> & { data: string };

const COLUMNS = 'id, name, data, updated_at AS updatedAt';

/** Macros, saved replies, teams and tags: small lists that staff keep. */
export function libraryRows(
  database: SqliteDatabase,
  run: Run,
): Pick<DeskStore, 'listLibrary' | 'getLibraryItem' | 'putLibraryItem' | 'removeLibraryItem'> {
  const toItem = (row: Row): LibraryItem => ({
    ...row,
    data: JSON.parse(row.data) as LibraryItem['data'],
  });
  const get = (kind: LibraryKind, id: string): LibraryItem | null => {
    const row = database.prepare(`SELECT ${COLUMNS} FROM library WHERE kind = ? AND id = ?`).get(kind, id) as
      Row | undefined;
    return row ? toItem(row) : null;
  };
  return {
    listLibrary: (kind) =>
      run(() =>
        (
          database
            .prepare(`SELECT ${COLUMNS} FROM library WHERE kind = ? ORDER BY name COLLATE NOCASE, id`)
            .all(kind) as Row[]
        ).map(toItem),
      ),
    getLibraryItem: (kind, id) => run(() => get(kind, id)),
    putLibraryItem: (kind, id, { name, data }) =>
      run(() => {
        database
          .prepare('INSERT OR REPLACE INTO library VALUES (?, ?, ?, ?, ?)')
          .run(kind, id, name, JSON.stringify(data), new Date().toISOString());
        return get(kind, id)!;
      }),
    removeLibraryItem: (kind, id) =>
      run(() => database.prepare('DELETE FROM library WHERE kind = ? AND id = ?').run(kind, id).changes > 0),
  };
}
