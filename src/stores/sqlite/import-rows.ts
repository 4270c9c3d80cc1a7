import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../errors.ts';
import type { ImportCounts } from '../catalogue-contracts.ts';
import { compareRows, type Comparison } from './compare-rows.ts';
import { countRows, IMPORT, noteChange, type ImportedName, type ImportedTable } from './imported-table.ts';
import type { SqliteDatabase } from './open-database.ts';
import { stageRows } from './stage-rows.ts';
import { clearNext, copyToNext, takePlace } from './swap-tables.ts';

let imports = 0;

/**
 * Stages all rows in a temporary table and compares them, in slices that leave the event loop to others; then makes the
 * real table equal to them in one short transaction: until then it answers as it is, and a source that breaks off,
 * or a signal, leaves it so.
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
  database.pragma(`temp.cache_size = -${IMPORT.stagingKibibytes}`);
  database.exec(
    `CREATE TEMP TABLE ${staged} (${table.columns.join(', ')}, PRIMARY KEY (key)) WITHOUT ROWID;
     CREATE TEMP TABLE ${staged}_changes (key PRIMARY KEY, change TEXT NOT NULL) WITHOUT ROWID`,
  );
  try {
    await stageRows(database, table, staged, rows, signal);
    const comparison = { database, table, staged, replace };
    for (let tries = 0; tries < IMPORT.tries; tries += 1) {
      const counts = await becomeEqual(comparison, signal);
      if (counts !== null) return counts;
    }
    // Somebody else changes it again and again: nobody can in between now.
    return database
      .transaction(() => {
        for (const _ of compareRows(comparison)) continue;
        return writeChanges(comparison);
      })
      .immediate();
  } finally {
    // The database may have been closed while the source was awaited.
    if (database.open) database.exec(`DROP TABLE temp.${staged}; DROP TABLE temp.${staged}_changes`);
  }
}

/** Null when the table was changed by somebody else meanwhile, and is as they left it. */
async function becomeEqual<Row>(
  comparison: Comparison<Row>,
  signal: AbortSignal | undefined,
): Promise<ImportCounts | null> {
  const { database, table, replace } = comparison;
  const { version } = countRows(database, table.name);
  await inTurns(compareRows(comparison), signal);
  const { added, changed, removed, unchanged } = countChanges(comparison);
  const written = added + changed + removed + (replace ? 0 : unchanged);
  const ifStill = (write: () => ImportCounts): ImportCounts | null =>
    database
      .transaction(() => (countRows(database, table.name).version === version ? write() : null))
      .immediate();
  if (written <= IMPORT.changesAtOnce) return ifStill(() => writeChanges(comparison));
  return oneAtATime(database, table.name, async () => {
    try {
      // What another import may have left there.
      await inTurns(clearNext(database, table.name), signal);
      await inTurns(copyToNext(comparison), signal);
      return ifStill(() => {
        takePlace(database, table.name);
        return noteImport(comparison);
      });
    } finally {
      // What is left of it goes before the next import, or at the next start.
      if (database.open) await inTurns(clearNext(database, table.name), undefined).catch(() => undefined);
    }
  });
}

const queues = new WeakMap<SqliteDatabase, Map<ImportedName, Promise<unknown>>>();

/** Two imports must not write to the same table beside. */
async function oneAtATime<Result>(
  database: SqliteDatabase,
  name: ImportedName,
  work: () => Promise<Result>,
): Promise<Result> {
  const queue = queues.get(database) ?? new Map<ImportedName, Promise<unknown>>();
  queues.set(database, queue);
  const turn = (queue.get(name) ?? Promise.resolve()).then(work, work);
  queue.set(
    name,
    turn.catch(() => undefined),
  );
  return turn;
}

async function inTurns(slices: Iterable<void>, signal: AbortSignal | undefined): Promise<void> {
  for (const _ of slices) {
    await nextTurn();
    throwIfCancelled(signal);
  }
}

/** Makes the real table equal to what is staged, by the changes that were found; within a transaction. */
function writeChanges<Row>(comparison: Comparison<Row>): ImportCounts {
  const { database, table, staged, replace } = comparison;
  const { name, columns } = table;
  const now = new Date().toISOString();
  const change = (sql: string, ...parameters: string[]): unknown => database.prepare(sql).run(...parameters);
  const keysOf = (what: string): string =>
    `(SELECT key FROM temp.${staged}_changes WHERE change = '${what}')`;
  const others = columns.slice(1).map((column) => `${column} = staged.${column}`);
  change(
    `UPDATE ${name} SET ${others.join(', ')}, updated_at = ? FROM temp.${staged} AS staged
     WHERE staged.key = ${name}.key AND ${name}.key IN ${keysOf('changed')}`,
    now,
  );
  change(
    `INSERT INTO ${name} SELECT ${columns.join(', ')}, ? FROM temp.${staged} WHERE key IN ${keysOf('added')} ORDER BY key`,
    now,
  );
  change(`DELETE FROM ${name} WHERE key IN ${keysOf('removed')}`);
  // They came from the shop just now as well. With `replace` one time for the whole table says so.
  if (!replace)
    change(`UPDATE ${name} SET updated_at = ? WHERE key IN (SELECT key FROM temp.${staged})`, now);
  return noteImport(comparison);
}

function noteImport<Row>(comparison: Comparison<Row>): ImportCounts {
  const { database, table, replace } = comparison;
  const counts = countChanges(comparison);
  const { added, changed, removed } = counts;
  noteChange(database, table.name, { grown: added - removed, changes: added + changed + removed });
  if (replace)
    database
      .prepare('UPDATE imported_tables SET refreshed_at = ? WHERE name = ?')
      .run(new Date().toISOString(), table.name);
  return counts;
}

function countChanges<Row>({ database, staged }: Comparison<Row>): ImportCounts {
  const found = database
    .prepare(`SELECT change, count(*) FROM temp.${staged}_changes GROUP BY change`)
    .raw()
    .all() as [string, number][];
  const of = new Map(found);
  const [added, changed, removed] = ['added', 'changed', 'removed'].map((what) => of.get(what) ?? 0);
  const total = database.prepare(`SELECT count(*) FROM temp.${staged}`).pluck().get() as number;
  return { added: added!, changed: changed!, unchanged: total - added! - changed!, removed: removed! };
}

/** @returns how many there were */
export async function removeRows(database: SqliteDatabase, name: ImportedName): Promise<number> {
  return oneAtATime(database, name, async () => {
    await inTurns(clearNext(database, name), undefined);
    const removed = database
      .transaction(() => {
        const { rows } = countRows(database, name);
        takePlace(database, name);
        noteChange(database, name, { grown: -rows, changes: rows });
        return rows;
      })
      .immediate();
    await inTurns(clearNext(database, name), undefined);
    return removed;
  });
}
