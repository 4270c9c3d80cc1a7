import type { JobItemRecord, JobItemState, JobKind, JobRecord, JobState } from '../job-contracts.ts';
import type { SqliteDatabase } from './open-database.ts';

export interface JobRow {
  id: string;
  sequence: number;
  kind: JobKind;
  title: string;
  sourceId: string | null;
  cancelled: number;
  paused: number;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
}

const JOBS = `SELECT id, sequence, kind, title, source_id AS sourceId, cancelled, paused,
  created_at AS createdAt, started_at AS startedAt, finished_at AS finishedAt FROM jobs`;

/** There is something to be read: kept bytes, a file, a document's original, or a page of a site. */
export const CAN_BE_READ = `(bytes IS NOT NULL OR path IS NOT NULL OR action = 'reread'
  OR (url IS NOT NULL AND (SELECT kind FROM jobs WHERE jobs.id = job_items.job_id) = 'site'))`;

const ITEMS = `SELECT ordinal, source, name, state, document_id AS documentId, code, message, size AS bytes,
  finished_sequence AS finishedSequence, state IN ('failed', 'cancelled') AND ${CAN_BE_READ} AS isRetriable
  FROM job_items`;

type ItemRow = Omit<JobItemRecord, 'isRetriable'> & { isRetriable: number };

function itemOf({ isRetriable, ...row }: ItemRow): JobItemRecord {
  return { ...row, isRetriable: isRetriable === 1 };
}

export function readJobRow(database: SqliteDatabase, id: string): JobRow | null {
  return (database.prepare(`${JOBS} WHERE id = ?`).get(id) as JobRow | undefined) ?? null;
}

export function listJobRows(database: SqliteDatabase, limit: number, before: string | undefined): JobRow[] {
  return database
    .prepare(
      `${JOBS} WHERE sequence < coalesce((SELECT sequence FROM jobs WHERE id = ?), 9e15) ORDER BY sequence DESC LIMIT ?`,
    )
    .all(before ?? null, limit) as JobRow[];
}

export function listItemRows(
  database: SqliteDatabase,
  id: string,
  { limit, after = -1, state }: { limit: number; after?: number; state?: JobItemState },
): JobItemRecord[] {
  const rows = database
    .prepare(
      `${ITEMS} WHERE job_id = ? AND ordinal > ? AND (? IS NULL OR state = ?) ORDER BY ordinal LIMIT ?`,
    )
    .all(id, after, state ?? null, state ?? null, limit) as ItemRow[];
  return rows.map(itemOf);
}

export function listFinishedRows(
  database: SqliteDatabase,
  id: string,
  { limit, after }: { limit: number; after: number },
): JobItemRecord[] {
  const rows = database
    .prepare(`${ITEMS} WHERE job_id = ? AND finished_sequence > ? ORDER BY finished_sequence LIMIT ?`)
    .all(id, after, limit) as ItemRow[];
  return rows.map(itemOf);
}

interface CountRow {
  state: JobItemState;
  items: number;
  bytes: number;
  embedded: number;
  kept: number;
  retriable: number;
}

export function summariseJob(database: SqliteDatabase, job: JobRow): JobRecord {
  const rows = database
    .prepare(
      `SELECT state, count(*) AS items, sum(size) AS bytes, sum(chunks_embedded) AS embedded, sum(chunks_kept) AS kept,
         sum(state = 'failed' AND ${CAN_BE_READ}) AS retriable
       FROM job_items WHERE job_id = ? GROUP BY state`,
    )
    .all(job.id) as CountRow[];
  const sum = (of: (row: CountRow) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const over = (of: (row: CountRow) => number): number =>
    sum((row) => (row.state === 'waiting' ? 0 : of(row)));
  const counts = Object.fromEntries(rows.map(({ state, items }) => [state, items])) as JobRecord['counts'];
  const [total, done] = [sum(({ items }) => items), over(({ items }) => items)];
  const { id, kind, title, sourceId, createdAt, startedAt, finishedAt } = job;
  return {
    id,
    kind,
    title,
    sourceId,
    state: stateOf(job, total, done, counts),
    total,
    done,
    failed: counts.failed ?? 0,
    retriable: sum(({ retriable }) => retriable),
    counts,
    leftOut: countLeftOut(database, id),
    bytes: sum(({ bytes }) => bytes),
    bytesDone: over(({ bytes }) => bytes),
    chunksEmbedded: sum(({ embedded }) => embedded),
    chunksKept: sum(({ kept }) => kept),
    createdAt,
    startedAt,
    finishedAt,
  };
}

function countLeftOut(database: SqliteDatabase, jobId: string): number {
  return database.prepare('SELECT count(*) FROM job_left_out WHERE job_id = ?').pluck().get(jobId) as number;
}

function stateOf(job: JobRow, total: number, done: number, counts: JobRecord['counts']): JobState {
  if (job.cancelled === 1) return 'cancelled';
  if (job.finishedAt !== null) return total > 0 && counts.failed === total ? 'failed' : 'completed';
  if (job.paused === 1) return 'paused';
  return job.startedAt === null && done === 0 ? 'waiting' : 'running';
}
