import { setImmediate as nextTurn } from 'node:timers/promises';
import { AnswerboxError, throwIfCancelled } from '../../errors.ts';
import type { ImportCounts } from '../catalogue-contracts.ts';
import type { SqliteDatabase } from './open-database.ts';

type Cell = string | number | null;

/** A table that is made equal to what a shop sends. Its first column is `key`, its last `updated_at`. */
export interface ImportedTable<Row> {
  name: 'products' | 'orders';
  /** All but `updated_at`, `key` first. */
  columns: readonly string[];
  /** Cells of these columns. */
  cells: (row: Row) => Cell[];
}

/** Rows staged between two turns of the event loop: about 5 ms of work. */
const BATCH_ROWS = 500;

/** Beyond this the staged rows go to a temporary file; SQLite's own 2 MB made the swap half as slow again. */
const STAGING_KIBIBYTES = 64_000;

let imports = 0;

/**
 * Stages all rows in a temporary table, then makes the real one equal to it in one transaction: a source that
 * breaks off, or a signal, leaves what was there. Of rows with the same key the last one stands.
 * @throws cancelled, and whatever the source throws
 */
export async function importRows<Row>(
  database: SqliteDatabase,
  table: ImportedTable<Row>,
  rows: AsyncIterable<Row>,
  { replace, signal }: { replace: boolean; signal?: AbortSignal },
): Promise<ImportCounts> {
  throwIfCancelled(signal);
  const staged = `staged_${table.name}_${++imports}`;
  database.pragma(`temp.cache_size = -${STAGING_KIBIBYTES}`);
  database.exec(`CREATE TEMP TABLE ${staged} (${table.columns.join(', ')}, PRIMARY KEY (key)) WITHOUT ROWID`);
  try {
    const insert = database.prepare(
      `INSERT OR REPLACE INTO ${staged} VALUES (${table.columns.map(() => '?').join(', ')})`,
    );
    const stage = database.transaction((batch: readonly Row[]) => {
      for (const row of batch) insert.run(table.cells(row));
    });
    for await (const batch of batchesOf(rows, signal)) {
      stage(batch);
      await nextTurn();
      throwIfCancelled(signal);
    }
    return database.transaction(() => swap(database, table, staged, replace)).immediate();
  } finally {
    // The database may have been closed while the source was awaited.
    if (database.open) database.exec(`DROP TABLE temp.${staged}`);
  }
}

/** Rows in batches; ends at once when the signal is raised, even while the source hangs. */
async function* batchesOf<Row>(
  rows: AsyncIterable<Row>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Row[]> {
  const iterator = rows[Symbol.asyncIterator]();
  let leave: (error: AnswerboxError) => void = () => undefined;
  const onAbort = (): void => leave(new AnswerboxError('cancelled', {}, signal?.reason));
  const next = (): Promise<IteratorResult<Row>> =>
    new Promise((resolve, reject) => {
      leave = reject;
      iterator.next().then(resolve, reject);
    });
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    for (let batch: Row[] = []; ;) {
      const step = await next();
      const done = step.done === true;
      if (step.done !== true) batch.push(step.value);
      if (batch.length === BATCH_ROWS || (done && batch.length > 0)) {
        yield batch;
        batch = [];
      }
      if (done) return;
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    // Not awaited: a generator that hangs would never end. What it throws on its way out is of no use.
    iterator.return?.().catch(() => undefined);
  }
}

function swap<Row>(
  database: SqliteDatabase,
  { name, columns }: ImportedTable<Row>,
  staged: string,
  replace: boolean,
): ImportCounts {
  const now = new Date().toISOString();
  const others = columns.slice(1);
  const differs = others.map((column) => `${name}.${column} IS NOT staged.${column}`).join(' OR ');
  const change = (sql: string, ...parameters: string[]): number =>
    database.prepare(sql).run(...parameters).changes;
  const total = database.prepare(`SELECT count(*) FROM temp.${staged}`).pluck().get() as number;
  const changed = change(
    `UPDATE ${name} SET ${others.map((column) => `${column} = staged.${column}`).join(', ')}, updated_at = ?
     FROM temp.${staged} AS staged WHERE staged.key = ${name}.key AND (${differs})`,
    now,
  );
  if (!replace) touchUnchanged(database, name, staged, now);
  const added = change(
    `INSERT INTO ${name} SELECT ${columns.join(', ')}, ? FROM temp.${staged}
     WHERE key NOT IN (SELECT key FROM ${name}) ORDER BY key`,
    now,
  );
  const removed = replace
    ? change(`DELETE FROM ${name} WHERE key NOT IN (SELECT key FROM temp.${staged})`)
    : 0;
  noteChange(database, name, { grown: added - removed, changes: added + changed + removed });
  if (replace) change('UPDATE imported_tables SET refreshed_at = ? WHERE name = ?', now, name);
  return { added, changed, unchanged: total - added - changed, removed };
}

/** They came from the shop just now as well. With `replace` one time for the whole table says so. */
function touchUnchanged(database: SqliteDatabase, name: string, staged: string, now: string): void {
  database
    .prepare(
      `UPDATE ${name} SET updated_at = ? WHERE updated_at < ? AND key IN (SELECT key FROM temp.${staged})`,
    )
    .run(now, now);
}

function noteChange(
  database: SqliteDatabase,
  name: string,
  { grown, changes }: { grown: number; changes: number },
): void {
  database
    .prepare('UPDATE imported_tables SET row_count = row_count + ?, version = version + ? WHERE name = ?')
    .run(grown, changes > 0 ? 1 : 0, name);
}

/** @returns how many there were */
export function removeRows(database: SqliteDatabase, name: ImportedTable<never>['name']): number {
  return database
    .transaction(() => {
      const removed = database.prepare(`DELETE FROM ${name}`).run().changes;
      noteChange(database, name, { grown: -removed, changes: removed });
      return removed;
    })
    .immediate();
}

export function countRows(
  database: SqliteDatabase,
  name: ImportedTable<never>['name'],
): { rows: number; version: number } {
  return database
    .prepare('SELECT row_count AS rows, version FROM imported_tables WHERE name = ?')
    .get(name) as { rows: number; version: number };
}

/** When a row last came from the shop, as SQL. */
export function updatedAtOf(name: ImportedTable<never>['name']): string {
  return `max(updated_at, (SELECT refreshed_at FROM imported_tables WHERE name = '${name}')) AS updatedAt`;
}
