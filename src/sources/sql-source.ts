import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { BrokenCircuitError, circuitBreaker, ConsecutiveBreaker, handleType } from 'cockatiel';
import { reasonOf, throwIfCancelled } from '../errors.ts';
import type { FactFields } from './fact-fields.ts';
import { mapFact } from './map-fact.ts';
import { createSqlRunner, SlowQuery, SqliteFailure } from './run-sql.ts';
import type { FactKind, LiveSource } from './source-contracts.ts';
import { SourceFault } from './source-fault.ts';
import type { SqlRow } from './sql-protocol.ts';
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
  /** Milliseconds that one query may take before it is ended. */
  timeLimitMs?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/**
 * Facts from another program's SQLite file, opened for reading alone by a process of its own, at the first read and
 * again whenever the file was replaced. A query that takes too long is ended, and a source that is so again and again rests.
 */
export function createSqlSource(options: SqlSourceOptions): LiveSource {
  const { name, kinds, file, fields, timeLimitMs = SQL_SETTINGS.timeLimitMs, now = Date.now } = options;
  const runner = createSqlRunner(file, options.query, timeLimitMs);
  const rest = circuitBreaker(handleType(SlowQuery), {
    halfOpenAfter: SQL_SETTINGS.restMs,
    breaker: new ConsecutiveBreaker(SQL_SETTINGS.slowUntilRest),
  });

  const readRow = async (key: string, signal: AbortSignal): Promise<SqlRow | undefined> => {
    for (let waited = 0; ; waited += SQL_SETTINGS.lockPauseMs) {
      try {
        const identity = await identityOf(file);
        return await rest.execute(() => runner.read(key, identity, signal));
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
        return { outcome: 'failed', reason: explain(error) };
      }
    },
    close: () => runner.close(),
  };
}

/** Another program may replace the file by renaming a new one over it; an open handle keeps the old. */
export async function identityOf(file: string): Promise<string> {
  try {
    const { dev, ino } = await stat(file);
    return `${dev}:${ino}`;
  } catch (error) {
    throw new SourceFault('its file is missing or cannot be read', { cause: error });
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof SqliteFailure && /^SQLITE_(?:BUSY|LOCKED)/.test(error.code);
}

function explain(error: unknown): string {
  return error instanceof BrokenCircuitError
    ? `its query was too slow ${SQL_SETTINGS.slowUntilRest} times in a row and rests: an index on the searched column helps`
    : reasonOf(error);
}
