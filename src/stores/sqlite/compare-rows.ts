import { IMPORT, type ImportedTable } from './imported-table.ts';
import type { SqliteDatabase } from './open-database.ts';

/** What is staged in `temp.STAGED`, to be compared with the table; what differs stands in `temp.STAGED_changes`. */
export interface Comparison<Row> {
  database: SqliteDatabase;
  table: ImportedTable<Row>;
  staged: string;
  /** Rows that are not staged go. */
  replace: boolean;
}

/** Finds what was added, changed and removed, a slice at a time. */
export function* compareRows<Row>({ database, table, staged, replace }: Comparison<Row>): Generator<void> {
  const { name, columns } = table;
  const differs = columns.slice(1).map((column) => `own.${column} IS NOT staged.${column}`);
  database.exec(`DELETE FROM temp.${staged}_changes`);
  const compare = database.prepare(
    `INSERT INTO temp.${staged}_changes
     SELECT staged.key, iif(own.key IS NULL, 'added', 'changed')
     FROM temp.${staged} AS staged LEFT JOIN ${name} AS own ON own.key = staged.key
     WHERE staged.key > ? AND staged.key <= ? AND (own.key IS NULL OR ${differs.join(' OR ')})`,
  );
  for (const { after, last } of slicesOf(database, `temp.${staged}`)) {
    compare.run(after, last);
    yield;
  }
  if (!replace) return;
  const missing = database.prepare(
    `INSERT INTO temp.${staged}_changes SELECT key, 'removed' FROM ${name}
     WHERE key > ? AND key <= ? AND key NOT IN (SELECT key FROM temp.${staged} WHERE key > ? AND key <= ?)`,
  );
  for (const { after, last } of slicesOf(database, name)) {
    missing.run(after, last, after, last);
    yield;
  }
}

/** The keys of a table in ranges of so many rows, in order; the table must not change meanwhile. */
export function* slicesOf(
  database: SqliteDatabase,
  name: string,
): Generator<{ after: string; last: string }> {
  const end = database
    .prepare(`SELECT key FROM ${name} WHERE key > ? ORDER BY key LIMIT 1 OFFSET ${IMPORT.sliceRows - 1}`)
    .pluck();
  const final = database.prepare(`SELECT max(key) FROM ${name}`).pluck();
  for (let after = ''; ;) {
    const last = (end.get(after) ?? final.get()) as string | null;
    if (last === null || last <= after) return;
    yield { after, last };
    after = last;
  }
}
