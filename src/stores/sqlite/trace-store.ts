import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { AnswerboxError } from '../../errors.ts';
import type { TraceLimits, TraceRecord, TraceStore } from '../contracts.ts';
import { asStoreError, type SqliteDatabase } from './open-database.ts';
import { openContent, sealContent } from './sealed-fields.ts';

const TRACE = 'traces.trace';

const DAY_MS = 86_400_000;
/** Traces after which what is beyond the limits is removed again. */
const PRUNED_EVERY = 200;

export interface TraceStoreOptions {
  limits?: TraceLimits;
  /** Told of traces that could not be written: an answer is not worth less without one. */
  onFailure?: (error: unknown) => void;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/**
 * Traces in SQLite, deflated (about a tenth of their JSON). Those of one turn of the event loop are written in one
 * transaction behind the answers, so that no customer waits for a second disk flush; after a power cut the last
 * moments' traces may be missing, their answers never.
 */
export function createSqliteTraceStore(
  database: SqliteDatabase,
  { limits, onFailure = () => undefined, now = Date.now }: TraceStoreOptions = {},
): TraceStore {
  const run = <Result>(work: () => Result): Promise<Result> => {
    try {
      return Promise.resolve(work());
    } catch (error) {
      return Promise.reject(asStoreError(error, database.name));
    }
  };
  let waiting: { messageId: string; trace: string }[] = [];
  let written: Promise<void> | null = null;
  let untilPruned = PRUNED_EVERY;

  const write = (): void => {
    const batch = waiting;
    waiting = [];
    written = null;
    if (batch.length === 0 || !database.open) return;
    database.transaction(() => {
      for (const one of batch) writeTrace(database, one, now());
    })();
    untilPruned -= batch.length;
    if (limits && untilPruned <= 0) {
      untilPruned = PRUNED_EVERY;
      // Their age is retention's matter, which doubts a clock that jumped.
      pruneBytes(database, limits.bytes);
    }
  };
  const later = (): Promise<void> =>
    new Promise((resolve) => {
      setImmediate(() => {
        try {
          write();
        } catch (error) {
          onFailure(asStoreError(error, database.name));
        }
        resolve();
      });
    });
  return {
    put: (messageId, trace) => {
      if (limits?.days === 0) return;
      waiting.push({ messageId, trace });
      written ??= later();
    },
    flush: async () => {
      while (written !== null) await written;
    },
    get: async (messageId) => {
      while (written !== null) await written;
      return run(() => readTrace(database, messageId));
    },
    prune: (given) => run(() => prune(database, given, now())),
    counts: () =>
      run(
        () =>
          database
            .prepare('SELECT count(*) AS traces, coalesce(sum(bytes), 0) AS bytes FROM traces')
            .get() as {
            traces: number;
            bytes: number;
          },
      ),
  };
}

function writeTrace(
  database: SqliteDatabase,
  { messageId, trace }: { messageId: string; trace: string },
  at: number,
): void {
  const deflated = deflateRawSync(trace);
  // Its message may be gone by now: erased while the trace waited.
  database
    .prepare(
      `INSERT INTO traces (message_id, created_at, bytes, trace, compute_seconds)
       SELECT @messageId, @createdAt, @bytes, @deflated, @trace ->> '$.compute_seconds' WHERE EXISTS (SELECT 1 FROM messages WHERE id = @messageId)
       ON CONFLICT (message_id) DO UPDATE
       SET created_at = excluded.created_at, bytes = excluded.bytes, trace = excluded.trace,
         compute_seconds = excluded.compute_seconds`,
    )
    .run({
      messageId,
      createdAt: new Date(at).toISOString(),
      bytes: deflated.byteLength,
      deflated: sealContent(database, TRACE, messageId, deflated),
      trace,
    });
}

function readTrace(database: SqliteDatabase, messageId: string): TraceRecord | null {
  const row = database
    .prepare(
      `SELECT message_id AS messageId, conversation_id AS conversationId, traces.created_at AS createdAt, trace
       FROM traces JOIN messages ON messages.id = message_id WHERE message_id = ?`,
    )
    .get(messageId) as (Omit<TraceRecord, 'trace' | 'feedback'> & { trace: Buffer }) | undefined;
  if (!row) return null;
  const given = database.prepare('SELECT * FROM feedback WHERE message_id = ?').get(messageId) as
    { rating: number; category?: string | null; comment: string | null; created_at: string } | undefined;
  return {
    ...row,
    trace: inflate(openContent(database, TRACE, messageId, row.trace), database.name),
    feedback: given
      ? {
          rating: given.rating,
          category: given.category ?? null,
          comment: given.comment,
          createdAt: given.created_at,
        }
      : null,
  };
}

function inflate(deflated: Uint8Array, path: string): string {
  try {
    return inflateRawSync(deflated).toString('utf8');
  } catch (error) {
    throw new AnswerboxError('store_damaged', { path, reason: 'a trace cannot be read' }, error);
  }
}

/** Too old ones, then the oldest until the rest fits. */
function prune(database: SqliteDatabase, { days, bytes }: TraceLimits, at: number): number {
  return database.transaction(() => {
    const before = days === Infinity ? '' : new Date(at - days * DAY_MS).toISOString();
    const old = database.prepare('DELETE FROM traces WHERE created_at < ?').run(before).changes;
    return old + pruneBytes(database, bytes);
  })();
}

/** The oldest until the rest fits. */
function pruneBytes(database: SqliteDatabase, bytes: number): number {
  return database
    .prepare(
      `DELETE FROM traces WHERE message_id IN (
         SELECT message_id FROM (
           SELECT message_id, sum(bytes) OVER (ORDER BY created_at DESC, message_id DESC) AS held FROM traces
         ) WHERE held > ?)`,
    )
    .run(bytes).changes;
}
