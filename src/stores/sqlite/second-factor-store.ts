import type { SecondFactorStore } from '../staff-contracts.ts';
import type { SqliteDatabase } from './open-database.ts';
import { runInStore } from './run-in-store.ts';
import { openSecret, sealSecret } from './sealed-fields.ts';

const SECRET = 'second_factors.secret';

export function createSqliteSecondFactorStore(database: SqliteDatabase): SecondFactorStore {
  const write = <Result>(work: () => Result): Promise<Result> =>
    runInStore(database, () => database.transaction(work).immediate());
  const replaceCodes = (userId: string, codeHashes: readonly Uint8Array[]): void => {
    database.prepare('DELETE FROM recovery_codes WHERE user_id = ?').run(userId);
    const insert = database.prepare('INSERT INTO recovery_codes VALUES (?, ?)');
    for (const hash of codeHashes) insert.run(userId, hash);
  };
  return {
    get: (userId) =>
      runInStore(database, () => {
        const row = database
          .prepare(
            'SELECT secret, confirmed_at IS NOT NULL AS confirmed FROM second_factors WHERE user_id = ?',
          )
          .get(userId) as { secret: string; confirmed: number } | undefined;
        return row
          ? { secret: openSecret(database, SECRET, userId, row.secret), confirmed: row.confirmed === 1 }
          : null;
      }),
    put: (userId, secret) =>
      write(
        () =>
          void database
            .prepare(
              `INSERT INTO second_factors (user_id, secret) VALUES (?, ?)
               ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret WHERE confirmed_at IS NULL`,
            )
            .run(userId, sealSecret(database, SECRET, userId, secret)),
      ),
    confirm: (userId, step, codeHashes) =>
      write(() => {
        database
          .prepare('UPDATE second_factors SET confirmed_at = ?, last_step = ? WHERE user_id = ?')
          .run(new Date().toISOString(), step, userId);
        replaceCodes(userId, codeHashes);
      }),
    useStep: (userId, step) =>
      write(
        () =>
          database
            .prepare(
              `UPDATE second_factors SET last_step = @step
               WHERE user_id = @userId AND last_step < @step AND confirmed_at IS NOT NULL`,
            )
            .run({ userId, step }).changes > 0,
      ),
    useRecoveryCode: (userId, codeHash) =>
      write(
        () =>
          database
            .prepare('DELETE FROM recovery_codes WHERE user_id = ? AND code_hash = ?')
            .run(userId, codeHash).changes > 0,
      ),
    replaceRecoveryCodes: (userId, codeHashes) => write(() => replaceCodes(userId, codeHashes)),
    countRecoveryCodes: (userId) =>
      runInStore(
        database,
        () =>
          database
            .prepare('SELECT count(*) FROM recovery_codes WHERE user_id = ?')
            .pluck()
            .get(userId) as number,
      ),
    remove: (userId) =>
      write(() => {
        replaceCodes(userId, []);
        return database.prepare('DELETE FROM second_factors WHERE user_id = ?').run(userId).changes > 0;
      }),
  };
}
