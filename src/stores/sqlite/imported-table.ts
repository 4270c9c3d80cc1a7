import type { SqliteDatabase } from './open-database.ts';

export type Cell = string | number | null;

/** A table that is made equal to what a shop sends. Its first column is `key`, its last `updated_at`. */
export interface ImportedTable<Row> {
  name: 'products' | 'orders';
  /** All but `updated_at`, `key` first. */
  columns: readonly string[];
  /** Cells of these columns. */
  cells: (row: Row) => Cell[];
}
export type ImportedName = ImportedTable<never>['name'];

export const IMPORT = {
  /** Rows staged between two turns of the event loop: about 5 ms of work. */
  stagedRows: 500,
  /** Rows compared, copied or removed between two turns: about 10 ms with their indexes and the commit. */
  sliceRows: 500,
  /** Changed rows that one transaction may write, some 20 ms; more go to the table beside, and the two change names. */
  changesAtOnce: 1_000,
  /** Times that an import is compared anew because somebody else changed the table meanwhile; then it is done in one go. */
  tries: 4,
  /** Beyond this the staged rows go to a temporary file; SQLite's own 2 MB made comparing half as slow again. */
  stagingKibibytes: 64_000,
} as const;

export function countRows(database: SqliteDatabase, name: ImportedName): { rows: number; version: number } {
  return database
    .prepare('SELECT row_count AS rows, version FROM imported_tables WHERE name = ?')
    .get(name) as { rows: number; version: number };
}

/** Told with every change: what was read at another version may be stale. */
export function noteChange(
  database: SqliteDatabase,
  name: ImportedName,
  { grown, changes }: { grown: number; changes: number },
): void {
  database
    .prepare('UPDATE imported_tables SET row_count = row_count + ?, version = version + ? WHERE name = ?')
    .run(grown, changes > 0 ? 1 : 0, name);
}

/** When a row last came from the shop, as SQL. */
export function updatedAtOf(name: ImportedName): string {
  return `max(updated_at, (SELECT refreshed_at FROM imported_tables WHERE name = '${name}')) AS updatedAt`;
}
