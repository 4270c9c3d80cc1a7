/**
 * Entry of a process that asks one SQLite file one question. SQLite answers a query in one native call, which no
 * thread can be stopped in: only a process of its own can be ended with a query that does not end.
 */
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { reasonOf } from '../errors.ts';
import { openSqlReader, type SqlReader } from './open-sql-reader.ts';
import { SourceFault } from './source-fault.ts';
import { READY, type FromSql, type SqlOrder } from './sql-protocol.ts';

/** Milliseconds between two looks whether the parent is still there: while a query runs nothing else could tell. */
const LOOK_MS = 1_000;

if (isMainThread) {
  const [file = '', query = ''] = process.argv.slice(2);
  new Worker(new URL(import.meta.url), { execArgv: [], workerData: process.ppid }).unref();
  // Ctrl-C is for the parent, which ends this one when it is done.
  process.on('SIGINT', () => undefined);
  process.on('disconnect', () => process.exit(0));
  serve(file, query);
} else {
  const parent = workerData as number;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
  }, LOOK_MS);
}

function serve(file: string, query: string): void {
  let reader: SqlReader | null = null;
  const drop = (): void => {
    reader?.close();
    reader = null;
  };
  const read = ({ id, key, identity }: SqlOrder): FromSql => {
    try {
      if (reader !== null && reader.identity !== identity) drop();
      reader ??= openSqlReader(file, query, identity);
      return { id, row: reader.get(key) };
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      const isFault = error instanceof SourceFault;
      if (!isFault) drop();
      return {
        id,
        failure: { message: reasonOf(error), code: typeof code === 'string' ? code : null, isFault },
      };
    }
  };
  process.on('message', (order) => process.send?.(read(order as SqlOrder)));
  process.send?.({ id: READY } satisfies FromSql);
}
