import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AuditEntry, AuditHead, AuditRecord, AuditStore, AuditVerdict } from '../contracts.ts';
import { commitTogether } from './commit-together.ts';
import type { SqliteDatabase } from './open-database.ts';
import { prepared } from './prepared.ts';
import { runInStore } from './run-in-store.ts';

type Row = Omit<AuditRecord, 'detail'> & { detail: string; hash: string };

/** Lines of which the hashes are computed again in one turn of the event loop: some 5 ms. */
const VERIFIED_AT_ONCE = 1_000;
const COLUMNS = 'sequence, at, actor, action, outcome, code, detail, hash';
/** The line that tells that the beginning was cut off. */
const TRIM_ACTION = 'audit-trim';

/**
 * The audit in SQLite. Triggers refuse UPDATE, and DELETE of all but what an anchor names; who writes to the file
 * by other means is found by the chain of hashes, and who cuts off the end by the counter of AUTOINCREMENT. Who
 * forges the whole chain anew is found by a head that was kept elsewhere.
 */
export function createSqliteAuditStore(database: SqliteDatabase): AuditStore {
  const run = <Result>(work: () => Result): Promise<Result> => runInStore(database, work);
  const write = <Result>(work: () => Result): Promise<Result> => commitTogether(database, work);
  const appendAll = (entries: readonly AuditEntry[]): number =>
    entries.reduce((_, entry) => append(database, entry), 0);
  return {
    append: (entry) => write(() => append(database, entry)),
    appendAll: (entries) => write(() => appendAll(entries)),
    list: ({ limit, before = Number.MAX_SAFE_INTEGER, actor, action, about }) =>
      run(() =>
        (
          prepared(
            database,
            `SELECT ${COLUMNS} FROM audit WHERE sequence < @before
               ${actor === undefined ? '' : 'AND actor = @actor'} ${action === undefined ? '' : 'AND action = @action'}
               ${about === undefined ? '' : "AND detail ->> '$.about' = @about"} ORDER BY sequence DESC LIMIT @limit`,
          ).all({ before, limit, actor, action, about }) as Row[]
        ).map(({ hash: _, ...row }) => toRecord(row)),
      ),
    export: ({ after, limit }) =>
      run(() =>
        (
          prepared(database, `SELECT ${COLUMNS} FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?`).all(
            after,
            limit,
          ) as Row[]
        ).map(({ hash, ...row }) => ({ ...toRecord(row), hash })),
      ),
    head: () => run(() => headOf(database)),
    verify: async (kept) => {
      const page = (after: number): Promise<Row[]> =>
        run(
          () =>
            prepared(
              database,
              `SELECT ${COLUMNS} FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?`,
            ).all(after, VERIFIED_AT_ONCE) as Row[],
        );
      return verify(await run(() => boundsOf(database)), page, kept);
    },
    countOlder: (before) =>
      run(() => Math.max(0, lastOlder(database, before) - (anchorOf(database)?.sequence ?? 0))),
    trim: (before) => write(() => trim(database, before)),
  };
}

function toRecord({ detail, ...row }: Omit<Row, 'hash'>): AuditRecord {
  return { ...row, detail: JSON.parse(detail) as AuditRecord['detail'] };
}

function headOf(database: SqliteDatabase): AuditHead | null {
  const found = prepared(database, 'SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1').get();
  return (found as AuditHead | undefined) ?? null;
}

const anchorOf = (database: SqliteDatabase): AuditHead | null =>
  (prepared(database, 'SELECT sequence, hash FROM audit_anchors ORDER BY sequence DESC LIMIT 1').get() as
    AuditHead | undefined) ?? null;

function append(database: SqliteDatabase, { actor, action, outcome, code, detail }: AuditEntry): number {
  const last = headOf(database) ?? anchorOf(database);
  const row = {
    sequence: (last?.sequence ?? 0) + 1,
    at: new Date().toISOString(),
    actor,
    action,
    outcome,
    code,
    detail: JSON.stringify(detail),
  };
  prepared(
    database,
    `INSERT INTO audit (${COLUMNS}) VALUES (@sequence, @at, @actor, @action, @outcome, @code, @detail, @hash)`,
  ).run({ ...row, hash: hashOf(row, last?.hash ?? '') });
  return row.sequence;
}

interface Bounds {
  anchor: AuditHead | null;
  /** Whether a line of the chain tells of the anchor. */
  told: boolean;
  /** Sequences given out, as AUTOINCREMENT counts them. */
  written: number;
}

/** What must be there at this moment; lines that are added meanwhile are verified as well. */
function boundsOf(database: SqliteDatabase): Bounds {
  const anchor = anchorOf(database);
  const told =
    anchor === null ||
    prepared(
      database,
      `SELECT 1 FROM audit WHERE action = ? AND detail ->> '$.through' = ? AND detail ->> '$.hash' = ?`,
    ).get(TRIM_ACTION, anchor.sequence, anchor.hash) !== undefined;
  const written = prepared(database, "SELECT seq FROM sqlite_sequence WHERE name = 'audit'").pluck().get();
  return { anchor, told, written: Number(written ?? 0) };
}

async function verify(
  { anchor, told, written }: Bounds,
  page: (after: number) => Promise<Row[]>,
  kept: AuditHead | undefined,
): Promise<AuditVerdict> {
  const trimmed = anchor?.sequence ?? 0;
  let head: AuditHead | null = anchor;
  let lines = 0;
  const verdict = (firstBad: number | null): AuditVerdict => ({
    lines,
    firstBad,
    head: lines === 0 ? null : head,
    trimmed,
  });
  if (!told) return verdict(trimmed);
  for (;;) {
    const rows = await page(head?.sequence ?? 0);
    for (const row of rows) {
      const { sequence, hash }: AuditHead = head ?? { sequence: 0, hash: '' };
      if (row.sequence !== sequence + 1 || row.hash !== hashOf(row, hash)) return verdict(sequence + 1);
      if (kept?.sequence === row.sequence && kept.hash !== row.hash) return verdict(row.sequence);
      head = { sequence: row.sequence, hash: row.hash };
      lines += 1;
    }
    if (rows.length === 0) break;
    await nextTurn();
  }
  const last = head?.sequence ?? 0;
  if (last < written) return verdict(last + 1);
  if (kept !== undefined && kept.sequence > last) return verdict(last + 1);
  return verdict(null);
}

/** Up to the first line that is to stay: a clock that was set back must not tear a hole. */
function lastOlder(database: SqliteDatabase, before: string): number {
  const firstKept = prepared(database, 'SELECT min(sequence) FROM audit WHERE at >= ?')
    .pluck()
    .get(before) as number | null;
  return firstKept === null ? (headOf(database)?.sequence ?? 0) : firstKept - 1;
}

function trim(database: SqliteDatabase, before: string): number {
  const start = anchorOf(database)?.sequence ?? 0;
  const through = lastOlder(database, before);
  if (through <= start) return 0;
  const hash = prepared(database, 'SELECT hash FROM audit WHERE sequence = ?').pluck().get(through) as string;
  append(database, {
    actor: 'machine retention',
    action: TRIM_ACTION,
    outcome: 'done',
    code: null,
    detail: { through, hash },
  });
  prepared(database, 'INSERT INTO audit_anchors VALUES (?, ?, ?)').run(
    through,
    hash,
    new Date().toISOString(),
  );
  return prepared(database, 'DELETE FROM audit WHERE sequence <= ?').run(through).changes;
}

function hashOf(
  { sequence, at, actor, action, outcome, code, detail }: Omit<Row, 'hash'>,
  before: string,
): string {
  const content = JSON.stringify([before, sequence, at, actor, action, outcome, code, detail]);
  return createHash('sha256').update(content).digest('hex');
}
