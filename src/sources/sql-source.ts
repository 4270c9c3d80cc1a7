import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { BrokenCircuitError, circuitBreaker, ConsecutiveBreaker, handleWhenResult } from 'cockatiel';
import { reasonOf, throwIfCancelled } from '../errors.ts';
import type { FactFields } from './fact-fields.ts';
import { mapFact } from './map-fact.ts';
import { openSqlReader, type SqlReader } from './open-sql-reader.ts';
import type { FactKind, LiveSource } from './source-contracts.ts';
import { SourceFault } from './source-fault.ts';
import { SQL_SETTINGS } from './sql-settings.ts';

export interface SqlSourceOptions {
  name: string;
  kinds: readonly FactKind[];
  /** Path of an SQLite file that another program writes. */
  file: string;
  /** One SELECT with the one parameter @key; its first row counts. */
  query: string;
  /** Columns of the query. */
  fields: FactFields;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** Milliseconds that only grow, for timing the query. */
  elapsed?: () => number;
}

type Row = Record<string, unknown>;

/**
 * Facts from another program's SQLite file, opened for reading alone, at the first read and again whenever
 * the file was replaced. A locked file is tried again without holding the event loop; but a query, once it
 * runs, holds it to its end: a source whose queries are slow rests.
 */
export function createSqlSource(options: SqlSourceOptions): LiveSource {
  const { name, kinds, fields, now = Date.now, elapsed = () => performance.now() } = options;
  const rest = circuitBreaker(
    handleWhenResult((reading) => (reading as { took: number }).took > SQL_SETTINGS.slowMs),
    { halfOpenAfter: SQL_SETTINGS.restMs, breaker: new ConsecutiveBreaker(SQL_SETTINGS.slowUntilRest) },
  );
  let reader: SqlReader | null = null;
  let closed = false;
  const drop = (): void => {
    reader?.close();
    reader = null;
  };

  const current = async (): Promise<SqlReader> => {
    const identity = await identityOf(options.file);
    if (closed) throw new SourceFault('it is closed');
    if (reader !== null && reader.identity !== identity) drop();
    return (reader ??= openSqlReader(options.file, options.query, identity));
  };
  const readRow = async (key: string, signal: AbortSignal): Promise<Row | undefined> => {
    for (let waited = 0; ; waited += SQL_SETTINGS.lockPauseMs) {
      try {
        const open = await current();
        const { row } = await rest.execute(() => {
          const started = elapsed();
          return { row: open.get(key), took: elapsed() - started };
        });
        return row;
      } catch (error) {
        if (!isLocked(error)) throw error;
        if (waited >= SQL_SETTINGS.lockWaitMs) throw new SourceFault('its file is locked by another program');
      }
      await sleep(SQL_SETTINGS.lockPauseMs, undefined, { signal });
    }
  };

  return {
    name,
    kinds,
    read: async (request, { signal }) => {
      throwIfCancelled(signal);
      try {
        const row = await readRow(request.key, signal);
        throwIfCancelled(signal);
        if (row === undefined) return { outcome: 'unknown' };
        const readAt = new Date(now()).toISOString();
        const column = (field: string): unknown => (Object.hasOwn(row, field) ? row[field] : undefined);
        return mapFact(request, fields, column, { source: name, readAt });
      } catch (error) {
        throwIfCancelled(signal);
        if (!(error instanceof SourceFault) && !(error instanceof BrokenCircuitError)) drop();
        return { outcome: 'failed', reason: explain(error) };
      }
    },
    close: async () => {
      closed = true;
      drop();
    },
  };
}

/** Another program may replace the file by renaming a new one over it; an open handle keeps the old. */
async function identityOf(file: string): Promise<string> {
  try {
    const { dev, ino } = await stat(file);
    return `${dev}:${ino}`;
  } catch (error) {
    throw new SourceFault('its file is missing or cannot be read', { cause: error });
  }
}

function isLocked(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^SQLITE_(?:BUSY|LOCKED)/.test(code);
}

function explain(error: unknown): string {
  return error instanceof BrokenCircuitError
    ? `its query took more than ${SQL_SETTINGS.slowMs} ms ${SQL_SETTINGS.slowUntilRest} times in a row and rests: an index on the searched column helps`
    : reasonOf(error);
}
