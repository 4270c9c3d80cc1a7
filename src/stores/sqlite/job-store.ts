import { randomUUID } from 'node:crypto';
import type { JobItemResult, JobStore, NewJob, NewJobItem, QueuedItem } from '../job-contracts.ts';
import {
  CAN_BE_READ,
  listFinishedRows,
  listItemRows,
  listJobRows,
  readJobRow,
  summariseJob,
} from './job-rows.ts';
import { guardedBy } from './guarded-by.ts';
import type { SqliteDatabase } from './open-database.ts';

const now = (): string => new Date().toISOString();

export function createSqliteJobStore(database: SqliteDatabase): JobStore {
  const { guarded, write } = guardedBy(database);
  const attempts = (jobId: string, ordinals: readonly number[], change: 1 | -1): Promise<void> =>
    write(() => {
      database
        .prepare(
          `UPDATE job_items SET attempts = max(0, attempts + ?)
           WHERE job_id = ? AND ordinal IN (SELECT value FROM json_each(?)) AND state = 'waiting'`,
        )
        .run(change, jobId, JSON.stringify(ordinals));
      database
        .prepare('UPDATE jobs SET started_at = ? WHERE id = ? AND started_at IS NULL')
        .run(now(), jobId);
    });

  return {
    createJob: (job) => write(() => createJob(database, job)),
    getJob: (id) =>
      guarded(() => {
        const job = readJobRow(database, id);
        return job && summariseJob(database, job);
      }),
    listJobs: ({ limit, before }) =>
      guarded(() => listJobRows(database, limit, before).map((job) => summariseJob(database, job))),
    listItems: (id, options) => guarded(() => listItemRows(database, id, options)),
    listFinished: (id, options) => guarded(() => listFinishedRows(database, id, options)),
    nextItems: (limits) => guarded(() => nextItems(database, limits)),
    beginItems: (jobId, ordinals) => attempts(jobId, ordinals, 1),
    releaseItems: (jobId, ordinals) => attempts(jobId, ordinals, -1),
    putOff: (jobId, ordinal, { code, message }, found) =>
      write(() => {
        if (found) addFound(database, jobId, found);
        database
          .prepare(
            `UPDATE job_items SET action = 'remove', attempts = max(0, attempts - 1), code = ?, message = ?
             WHERE job_id = ? AND ordinal = ? AND state = 'waiting'`,
          )
          .run(code, message, jobId, ordinal);
      }),
    countRemovals: (jobId) =>
      guarded(
        () =>
          database
            .prepare(
              `SELECT count(*) AS wanted, count(*) FILTER (WHERE state = 'removed') AS done
               FROM job_items WHERE job_id = ? AND action IN ('remove', 'remove_confirmed')`,
            )
            .get(jobId) as { wanted: number; done: number },
      ),
    finishItem: (jobId, ordinal, result, found) =>
      write(() => {
        if (found) addFound(database, jobId, found);
        finishItem(database, jobId, ordinal, result);
        finishIfDone(database, jobId);
      }),
    pauseJob: (id) => write(() => setPaused(database, id, true)),
    resumeJob: (id) => write(() => setPaused(database, id, false)),
    cancelJob: (id) => write(() => cancelJob(database, id)),
    retryItems: (id, ordinal) => write(() => retryItems(database, id, ordinal)),
    pruneJobs: (before) =>
      write(() => database.prepare('DELETE FROM jobs WHERE finished_at < ?').run(before).changes),
  };
}

function createJob(database: SqliteDatabase, { kind = 'upload', title, sourceId, items }: NewJob): string {
  const id = randomUUID();
  database
    .prepare('INSERT INTO jobs (id, kind, title, source_id, created_at) VALUES (?, ?, ?, ?, ?)')
    .run(id, kind, title ?? items[0]?.name ?? '', sourceId ?? null, now());
  for (const item of items) if (item.path !== undefined) takeOver(database, item.path);
  insertItems(database, id, 0, items);
  for (const [ordinal, { ended }] of items.entries()) if (ended) finishItem(database, id, ordinal, ended);
  finishIfDone(database, id);
  return id;
}

/** What still waits for the same file in an older job is read once, by the newer one. */
function takeOver(database: SqliteDatabase, path: string): void {
  const waiting = database
    .prepare(`SELECT job_id AS jobId, ordinal FROM job_items WHERE path = ? AND state = 'waiting'`)
    .all(path) as { jobId: string; ordinal: number }[];
  for (const { jobId, ordinal } of waiting) {
    finishItem(database, jobId, ordinal, {
      state: 'cancelled',
      documentId: null,
      code: 'cancelled',
      message: 'A newer job reads this file.',
    });
    finishIfDone(database, jobId);
  }
}

function insertItems(
  database: SqliteDatabase,
  jobId: string,
  first: number,
  items: readonly NewJobItem[],
): void {
  const insert = database.prepare(
    `INSERT INTO job_items (job_id, ordinal, source, name, bytes, path, action, depth, size, media_type, title, url, scope, expected_sha256, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting')`,
  );
  for (const [index, item] of items.entries()) {
    insert.run(
      jobId,
      first + index,
      item.source,
      item.name,
      item.bytes ?? null,
      item.path ?? null,
      item.action ?? 'read',
      item.depth ?? 0,
      item.size ?? item.bytes?.byteLength ?? 0,
      item.mediaType ?? null,
      item.title ?? null,
      item.url ?? null,
      JSON.stringify(item.scope ?? {}),
      item.expectedSha256 ?? null,
    );
  }
}

function addFound(
  database: SqliteDatabase,
  jobId: string,
  { items, most }: { items: readonly NewJobItem[]; most: number },
): void {
  const known = database.prepare('SELECT 1 FROM job_items WHERE job_id = ? AND source = ?');
  const last = database
    .prepare('SELECT coalesce(max(ordinal), -1) FROM job_items WHERE job_id = ?')
    .pluck()
    .get(jobId) as number;
  const isOpen = database
    .prepare('SELECT 1 FROM jobs WHERE id = ? AND finished_at IS NULL AND cancelled = 0')
    .get(jobId);
  if (!isOpen) return;
  const fresh = new Map(items.map((item) => [item.source, item]));
  const wanted = [...fresh.values()].filter(({ source }) => known.get(jobId, source) === undefined);
  const room = Math.max(0, most - last - 1);
  insertItems(database, jobId, last + 1, wanted.slice(0, room));
  const leaveOut = database.prepare('INSERT OR IGNORE INTO job_left_out VALUES (?, ?)');
  for (const { source } of wanted.slice(room)) leaveOut.run(jobId, source);
}

interface WaitingRow extends Omit<QueuedItem, 'scope'> {
  size: number;
  /** A JSON object. */
  scope: string;
}

function nextItems(
  database: SqliteDatabase,
  { items, bytes, aloneFrom }: { items: number; bytes: number; aloneFrom: number },
): QueuedItem[] {
  const jobId = database
    .prepare(
      `SELECT id FROM jobs WHERE finished_at IS NULL AND paused = 0
       AND EXISTS (SELECT 1 FROM job_items WHERE job_id = jobs.id AND state = 'waiting')
       ORDER BY kind NOT IN ('upload', 'restore'), sequence LIMIT 1`,
    )
    .pluck()
    .get() as string | undefined;
  if (jobId === undefined) return [];
  // By its index, in order and no further than needed: a job may have 100,000 items.
  for (const action of ["= 'read'", "<> 'read'"]) {
    const rows = database
      .prepare(
        `${SELECT_WAITING} WHERE ${WAITING} AND action ${action} AND attempts < @aloneFrom ORDER BY ordinal LIMIT @items`,
      )
      .iterate({ jobId, items, aloneFrom }) as IterableIterator<WaitingRow>;
    const taken: QueuedItem[] = [];
    let held = 0;
    for (const { size, ...row } of rows) {
      if (taken.length > 0 && held + size > bytes) break;
      taken.push(queuedOf(row));
      held += size;
    }
    if (taken.length > 0) return taken;
  }
  const suspicious = database
    .prepare(`${SELECT_WAITING} WHERE ${WAITING} ORDER BY attempts, ordinal LIMIT 1`)
    .all({ jobId }) as WaitingRow[];
  return suspicious.map(queuedOf);
}

const SELECT_WAITING = `SELECT job_items.job_id AS jobId, kind, source_id AS sourceId, ordinal, source, name, bytes, path,
  action, depth, size, attempts, media_type AS mediaType, job_items.title, url, scope,
  expected_sha256 AS expectedSha256
  FROM job_items JOIN jobs ON jobs.id = job_items.job_id`;

/** Of one source the last item wins, so they are worked off in their order, whatever is put off. */
const WAITING = `job_items.job_id = @jobId AND state = 'waiting' AND NOT EXISTS (
  SELECT 1 FROM job_items AS before WHERE before.job_id = job_items.job_id AND before.source = job_items.source
  AND before.state = 'waiting' AND before.ordinal < job_items.ordinal)`;

function queuedOf({ scope, ...item }: Omit<WaitingRow, 'size'>): QueuedItem {
  return { ...item, scope: JSON.parse(scope) as QueuedItem['scope'] };
}

/** The first end of an item stands. Bytes are kept of what failed, for a retry; of what was put off, why. */
function finishItem(database: SqliteDatabase, jobId: string, ordinal: number, result: JobItemResult): void {
  database
    .prepare(
      `UPDATE job_items SET state = @state, document_id = @documentId,
         code = coalesce(@code, code), message = coalesce(@message, message),
         size = coalesce(@bytes, size), chunks_embedded = @embedded, chunks_kept = @kept,
         bytes = CASE WHEN @state = 'failed' THEN bytes END,
         finished_sequence = (SELECT coalesce(max(finished_sequence), 0) + 1 FROM job_items WHERE job_id = @jobId)
       WHERE job_id = @jobId AND ordinal = @ordinal AND state = 'waiting'`,
    )
    .run({
      jobId,
      ordinal,
      state: result.state,
      documentId: result.documentId,
      code: result.code,
      message: result.message,
      bytes: result.bytes ?? null,
      embedded: result.chunksEmbedded ?? 0,
      kept: result.chunksKept ?? 0,
    });
}

function finishIfDone(database: SqliteDatabase, id: string): void {
  database
    .prepare(
      `UPDATE jobs SET finished_at = ?, paused = 0 WHERE id = ? AND finished_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM job_items WHERE job_id = jobs.id AND state = 'waiting')`,
    )
    .run(now(), id);
}

function setPaused(database: SqliteDatabase, id: string, paused: boolean): boolean {
  const { changes } = database
    .prepare('UPDATE jobs SET paused = ? WHERE id = ? AND finished_at IS NULL')
    .run(Number(paused), id);
  return changes > 0;
}

function cancelJob(database: SqliteDatabase, id: string): boolean {
  const job = readJobRow(database, id);
  if (!job) return false;
  if (job.finishedAt !== null) return true;
  database.prepare('UPDATE jobs SET cancelled = 1 WHERE id = ?').run(id);
  const waiting = database
    .prepare(`SELECT ordinal FROM job_items WHERE job_id = ? AND state = 'waiting' ORDER BY ordinal`)
    .pluck()
    .all(id) as number[];
  // One statement numbers them all: a site may have thousands waiting.
  const next = database
    .prepare('SELECT coalesce(max(finished_sequence), 0) + 1 FROM job_items WHERE job_id = ?')
    .pluck()
    .get(id) as number;
  const end = database.prepare(
    `UPDATE job_items SET state = 'cancelled', bytes = NULL, finished_sequence = ? WHERE job_id = ? AND ordinal = ?`,
  );
  for (const [index, ordinal] of waiting.entries()) end.run(next + index, id, ordinal);
  finishIfDone(database, id);
  return true;
}

function retryItems(database: SqliteDatabase, id: string, ordinal: number | null): number | null {
  const job = readJobRow(database, id);
  if (!job) return null;
  const { changes } = database
    .prepare(
      `UPDATE job_items SET state = 'waiting', document_id = NULL,
         action = CASE WHEN code = 'removal_held' THEN 'remove_confirmed' ELSE action END, code = NULL, message = NULL, attempts = 0,
         finished_sequence = NULL
       WHERE job_id = @id AND (ordinal = @ordinal OR (@ordinal IS NULL AND state = 'failed'))
         AND state IN ('failed', 'cancelled') AND ${CAN_BE_READ}`,
    )
    .run({ id, ordinal });
  if (changes > 0)
    database.prepare('UPDATE jobs SET cancelled = 0, paused = 0, finished_at = NULL WHERE id = ?').run(id);
  return changes;
}
