import { createHash } from 'node:crypto';
import type { AuditEntry, AuditRecord, AuditStore } from '../contracts.ts';
import { asStoreError, type SqliteDatabase } from './open-database.ts';

type Row = Omit<AuditRecord, 'detail'> & { detail: string; hash: string };

/** Lines of which the audit is computed again at once, so that memory stays bounded. */
const VERIFIED_AT_ONCE = 1_000;
const COLUMNS = 'sequence, at, actor, action, outcome, code, detail, hash';

/**
 * The audit in SQLite. Triggers refuse UPDATE and DELETE; who writes to the file by other means is found by the
 * chain of hashes, and who cuts off the end by the counter of AUTOINCREMENT, unless both are forged together.
 */
export function createSqliteAuditStore(database: SqliteDatabase): AuditStore {
  const run = <Result>(work: () => Result): Promise<Result> => {
    try {
      return Promise.resolve(work());
    } catch (error) {
      return Promise.reject(asStoreError(error, database.name));
    }
  };
  return {
    append: (entry) => run(() => database.transaction(() => append(database, entry)).immediate()),
    list: ({ limit, before = Number.MAX_SAFE_INTEGER }) =>
      run(() =>
        (
          database
            .prepare(`SELECT ${COLUMNS} FROM audit WHERE sequence < ? ORDER BY sequence DESC LIMIT ?`)
            .all(before, limit) as Row[]
        ).map(({ hash, detail, ...row }) => ({
          ...row,
          detail: JSON.parse(detail) as AuditRecord['detail'],
        })),
      ),
    verify: () => run(() => database.transaction(() => verify(database))()),
  };
}

function append(database: SqliteDatabase, { actor, action, outcome, code, detail }: AuditEntry): number {
  const last = database.prepare(`SELECT ${COLUMNS} FROM audit ORDER BY sequence DESC LIMIT 1`).get() as
    Row | undefined;
  const row = {
    sequence: (last?.sequence ?? 0) + 1,
    at: new Date().toISOString(),
    actor,
    action,
    outcome,
    code,
    detail: JSON.stringify(detail),
  };
  database
    .prepare(
      `INSERT INTO audit (${COLUMNS}) VALUES (@sequence, @at, @actor, @action, @outcome, @code, @detail, @hash)`,
    )
    .run({ ...row, hash: hashOf(row, last?.hash ?? '') });
  return row.sequence;
}

function verify(database: SqliteDatabase): { lines: number; firstBad: number | null } {
  const page = database.prepare(`SELECT ${COLUMNS} FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?`);
  let lines = 0;
  let hash = '';
  for (;;) {
    const rows = page.all(lines, VERIFIED_AT_ONCE) as Row[];
    for (const row of rows) {
      if (row.sequence !== lines + 1 || row.hash !== hashOf(row, hash)) return { lines, firstBad: lines + 1 };
      lines += 1;
      hash = row.hash;
    }
    if (rows.length === 0) break;
  }
  const written = database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'audit'").pluck().get();
  return { lines, firstBad: Number(written ?? 0) === lines ? null : lines + 1 };
}

function hashOf(
  { sequence, at, actor, action, outcome, code, detail }: Omit<Row, 'hash'>,
  before: string,
): string {
  const content = JSON.stringify([before, sequence, at, actor, action, outcome, code, detail]);
  return createHash('sha256').update(content).digest('hex');
}
