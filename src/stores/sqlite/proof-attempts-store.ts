import type { PausePolicy, ProofAttempts } from '../contracts.ts';
import { asStoreError, type SqliteDatabase } from './open-database.ts';

interface Row {
  failures: number;
  lastAt: number;
}

export function createSqliteProofAttempts(database: SqliteDatabase): ProofAttempts {
  const begin = database.transaction((keys: readonly string[], at: number, policy: PausePolicy) => {
    database.prepare('DELETE FROM proof_attempts WHERE last_at <= ?').run(at - policy.forgetSeconds * 1000);
    const find = database.prepare('SELECT failures, last_at AS lastAt FROM proof_attempts WHERE key = ?');
    const ends = keys.map((key) => pauseEnd(find.get(key) as Row | undefined, at, policy));
    const last = Math.max(at, ...ends);
    if (last > at) return last;
    const count = database.prepare(
      `INSERT INTO proof_attempts VALUES (?, 1, ?)
       ON CONFLICT (key) DO UPDATE SET failures = failures + 1, last_at = excluded.last_at`,
    );
    for (const key of keys) count.run(key, at);
    return null;
  });
  const takeBack = database.transaction((keys: readonly string[]) => {
    const lower = database.prepare('UPDATE proof_attempts SET failures = failures - 1 WHERE key = ?');
    const drop = database.prepare('DELETE FROM proof_attempts WHERE key = ? AND failures <= 0');
    for (const key of keys) {
      lower.run(key);
      drop.run(key);
    }
  });
  const run = async <Result>(work: () => Result): Promise<Result> => {
    try {
      return work();
    } catch (error) {
      throw asStoreError(error, database.name);
    }
  };
  return {
    begin: (keys, at, policy) => run(() => (keys.length === 0 ? null : begin.immediate(keys, at, policy))),
    forget: (prefix) =>
      run(
        () =>
          void database
            .prepare('DELETE FROM proof_attempts WHERE substr(key, 1, length(@prefix)) = @prefix')
            .run({ prefix }),
      ),
    takeBack: (keys) => run(() => (keys.length === 0 ? undefined : takeBack.immediate(keys))),
  };
}

/** A failure that lies in the future was noted before the clock was set back: it counts as one of now. */
function pauseEnd(row: Row | undefined, at: number, { pauseSeconds }: PausePolicy): number {
  return row === undefined ? 0 : Math.min(row.lastAt, at) + pauseSeconds(row.failures) * 1000;
}
