import { setImmediate as nextTurn } from 'node:timers/promises';
import { AnswerboxError, throwIfCancelled } from '../../errors.ts';
import { IMPORT, type ImportedTable } from './imported-table.ts';
import type { SqliteDatabase } from './open-database.ts';

/**
 * Puts all rows into the temporary table `staged`, a batch at a time; of rows with the same key the last one stands.
 * @throws cancelled, and whatever the source throws
 */
export async function stageRows<Row>(
  database: SqliteDatabase,
  { columns, cells }: ImportedTable<Row>,
  staged: string,
  rows: AsyncIterable<Row>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const insert = database.prepare(
    `INSERT OR REPLACE INTO temp.${staged} VALUES (${columns.map(() => '?').join(', ')})`,
  );
  const stage = database.transaction((batch: readonly Row[]) => {
    for (const row of batch) insert.run(cells(row));
  });
  for await (const batch of batchesOf(rows, signal)) {
    stage(batch);
    await nextTurn();
    throwIfCancelled(signal);
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
      if (batch.length === IMPORT.stagedRows || (done && batch.length > 0)) {
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
