import { slicesOf, type Comparison } from './compare-rows.ts';
import { IMPORT, type ImportedName } from './imported-table.ts';
import type { SqliteDatabase } from './open-database.ts';

/** Fills the table beside with what the real one is to be, a slice at a time. */
export function* copyToNext<Row>({ database, table, staged, replace }: Comparison<Row>): Generator<void> {
  const { name, columns } = table;
  const now = new Date().toISOString();
  const isNew = replace ? `staged.key IN (SELECT key FROM temp.${staged}_changes)` : 'true';
  const copy = database.prepare(
    `INSERT INTO ${name}_next SELECT ${columns.map((column) => `staged.${column}`).join(', ')},
       iif(${isNew}, ?, own.updated_at)
     FROM temp.${staged} AS staged LEFT JOIN ${name} AS own ON own.key = staged.key
     WHERE staged.key > ? AND staged.key <= ? ORDER BY staged.key`,
  );
  for (const { after, last } of slicesOf(database, `temp.${staged}`)) {
    copy.run(now, after, last);
    yield;
  }
  if (replace) return;
  const keep = database.prepare(
    `INSERT INTO ${name}_next SELECT * FROM ${name}
     WHERE key > ? AND key <= ? AND key NOT IN (SELECT key FROM temp.${staged} WHERE key > ? AND key <= ?)`,
  );
  for (const { after, last } of slicesOf(database, name)) {
    keep.run(after, last, after, last);
    yield;
  }
}

/** The two tables change names; within a transaction. */
export function takePlace(database: SqliteDatabase, name: ImportedName): void {
  database.exec(`ALTER TABLE ${name} RENAME TO ${name}_before;
    ALTER TABLE ${name}_next RENAME TO ${name};
    ALTER TABLE ${name}_before RENAME TO ${name}_next`);
}

/** Empties the table beside, a slice at a time: all at once would overwrite each of its pages in one go. */
export function* clearNext(database: SqliteDatabase, name: ImportedName): Generator<void> {
  const remove = database.prepare(
    `DELETE FROM ${name}_next WHERE key IN (SELECT key FROM ${name}_next ORDER BY key LIMIT ${IMPORT.sliceRows})`,
  );
  while (remove.run().changes > 0) yield;
}

/** What an import left that was ended with the process: rows that nobody would find, and nobody could erase. */
export function dropLeftovers(database: SqliteDatabase, name: ImportedName): void {
  if (!database.readonly) for (const _ of clearNext(database, name)) continue;
}
