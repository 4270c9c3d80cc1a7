import { randomUUID } from 'node:crypto';
import type { JobItemRecord, JobRecord, JobState, JobStore, QueuedItem } from '../contracts.ts';
import { asStoreError, type SqliteDatabase } from './open-database.ts';

interface JobRow {
  id: string;
  cancelled: number;
  createdAt: string;
  finishedAt: string | null;
}

export function createSqliteJobStore(database: SqliteDatabase): JobStore {
  const write = <Result>(work: () => Result): Promise<Result> => {
    try {
      return Promise.resolve(database.transaction(work).immediate());
    } catch (error) {
      return Promise.reject(asStoreError(error, database.name));
    }
  };

  return {
    createJob: (items) =>
      write(() => {
        const id = randomUUID();
        database.prepare('INSERT INTO jobs (id, created_at) VALUES (?, ?)').run(id, new Date().toISOString());
        const insert = database.prepare(
          'INSERT INTO job_items (job_id, ordinal, source, name, bytes, media_type, title, url, scope) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
        );
        for (const [ordinal, item] of items.entries()) {
          insert.run(
            id,
            ordinal,
            item.source,
            item.name,
            item.bytes,
            item.mediaType ?? null,
            item.title ?? null,
            item.url ?? null,
            JSON.stringify(item.scope ?? {}),
          );
        }
        finishIfDone(database, id);
        return id;
      }),
    getJob: (id) => Promise.resolve(readJob(database, id)),
    nextItem: () => Promise.resolve(nextItem(database)),
    finishItem: (jobId, ordinal, result) =>
      write(() => {
        database
          .prepare(
            `UPDATE job_items SET state = ?, document_id = ?, code = ?, message = ?, bytes = NULL
             WHERE job_id = ? AND ordinal = ? AND state = 'queued'`,
          )
          .run(result.state, result.documentId, result.code, result.message, jobId, ordinal);
        finishIfDone(database, jobId);
      }),
    cancelJob: (id) =>
      write(() => {
        if (!readJob(database, id)) return false;
        database
          .prepare(
            `UPDATE job_items SET state = 'cancelled', bytes = NULL WHERE job_id = ? AND state = 'queued'`,
          )
          .run(id);
        database.prepare('UPDATE jobs SET cancelled = 1 WHERE id = ? AND finished_at IS NULL').run(id);
        finishIfDone(database, id);
        return true;
      }),
  };
}

function nextItem(database: SqliteDatabase): QueuedItem | null {
  const row = database
    .prepare(
      `SELECT job_id AS jobId, ordinal, source, name, bytes, media_type AS mediaType, title, url, scope
       FROM job_items JOIN jobs ON jobs.id = job_items.job_id
       WHERE state = 'queued' ORDER BY jobs.sequence, ordinal LIMIT 1`,
    )
    .get() as (Omit<QueuedItem, 'scope'> & { scope: string }) | undefined;
  return row ? { ...row, scope: JSON.parse(row.scope) as QueuedItem['scope'] } : null;
}

function finishIfDone(database: SqliteDatabase, id: string): void {
  database
    .prepare(
      `UPDATE jobs SET finished_at = ? WHERE id = ? AND finished_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM job_items WHERE job_id = jobs.id AND state = 'queued')`,
    )
    .run(new Date().toISOString(), id);
}

function readJob(database: SqliteDatabase, id: string): JobRecord | null {
  const job = database
    .prepare(
      'SELECT id, cancelled, created_at AS createdAt, finished_at AS finishedAt FROM jobs WHERE id = ?',
    )
    .get(id) as JobRow | undefined;
  if (!job) return null;
  const items = database
    .prepare(
      'SELECT source, state, document_id AS documentId, code, message FROM job_items WHERE job_id = ? ORDER BY ordinal',
    )
    .all(id) as JobItemRecord[];
  const done = items.filter((item) => item.state !== 'queued').length;
  const failed = items.filter((item) => item.state === 'failed').length;
  return {
    id,
    state: stateOf(job, items, done, failed),
    total: items.length,
    done,
    failed,
    createdAt: job.createdAt,
    finishedAt: job.finishedAt,
    items,
  };
}

function stateOf(job: JobRow, items: readonly JobItemRecord[], done: number, failed: number): JobState {
  if (job.cancelled === 1) return 'cancelled';
  if (job.finishedAt !== null) return items.length > 0 && failed === items.length ? 'failed' : 'done';
  return done === 0 ? 'queued' : 'running';
}
