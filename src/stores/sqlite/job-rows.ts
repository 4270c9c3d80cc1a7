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

const ITEMS = `SELECT ordinal, source, name, state, document_id AS documentId, code, message, size AS bytes,
  finished_sequence AS finishedSequence FROM job_items`;

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
  return database
    .prepare(
      `${ITEMS} WHERE job_id = ? AND ordinal > ? AND (? IS NULL OR state = ?) ORDER BY ordinal LIMIT ?`,
    )
    .all(id, after, state ?? null, state ?? null, limit) as JobItemRecord[];
}

export function listFinishedRows(
  database: SqliteDatabase,
  id: string,
  { limit, after }: { limit: number; after: number },
): JobItemRecord[] {
  return database
    .prepare(`${ITEMS} WHERE job_id = ? AND finished_sequence > ? ORDER BY finished_sequence LIMIT ?`)
    .all(id, after, limit) as JobItemRecord[];
}

interface CountRow {
  state: JobItemState;
  items: number;
  bytes: number;
  embedded: number;
  kept: number;
}

export function summariseJob(database: SqliteDatabase, job: JobRow): JobRecord {
  const rows = database
    .prepare(
      `SELECT state, count(*) AS items, sum(size) AS bytes, sum(chunks_embedded) AS embedded, sum(chunks_kept) AS kept
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
    counts,
    bytes: sum(({ bytes }) => bytes),
    bytesDone: over(({ bytes }) => bytes),
    chunksEmbedded: sum(({ embedded }) => embedded),
    chunksKept: sum(({ kept }) => kept),
    createdAt,
    startedAt,
    finishedAt,
  };
}

function stateOf(job: JobRow, total: number, done: number, counts: JobRecord['counts']): JobState {
  if (job.cancelled === 1) return 'cancelled';
  if (job.finishedAt !== null) return total > 0 && counts.failed === total ? 'failed' : 'completed';
  if (job.paused === 1) return 'paused';
  return job.startedAt === null && done === 0 ? 'waiting' : 'running';
}
