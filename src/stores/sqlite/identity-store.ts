import { AnswerboxError } from '../../errors.ts';
import type { IdentityStore } from '../staff-contracts.ts';
import type { SqliteDatabase } from './open-database.ts';
import { runInStore } from './run-in-store.ts';
import { toUser, USER_COLUMNS, type UserRow } from './user-store.ts';

export function createSqliteIdentityStore(database: SqliteDatabase): IdentityStore {
  const find = (issuer: string, subject: string): UserRow | undefined =>
    database
      .prepare(
        `SELECT ${USER_COLUMNS} FROM identities JOIN users ON users.id = identities.user_id
         WHERE issuer = ? AND subject = ?`,
      )
      .get(issuer, subject) as UserRow | undefined;
  const bind = database.transaction((userId: string, issuer: string, subject: string) => {
    const holder = find(issuer, subject);
    if (holder && holder.id !== userId) throw new AnswerboxError('oidc_bound');
    database
      .prepare(
        `INSERT INTO identities VALUES (?, ?, ?, ?)
         ON CONFLICT (user_id) DO UPDATE SET issuer = excluded.issuer, subject = excluded.subject,
           bound_at = excluded.bound_at
         ON CONFLICT (issuer, subject) DO NOTHING`,
      )
      .run(issuer, subject, userId, new Date().toISOString());
  });
  return {
    find: (issuer, subject) =>
      runInStore(database, () => {
        const row = find(issuer, subject);
        return row ? toUser(row) : null;
      }),
    bind: (...binding) => runInStore(database, () => bind.immediate(...binding)),
    of: (userId) =>
      runInStore(
        database,
        () =>
          (database.prepare('SELECT issuer, subject FROM identities WHERE user_id = ?').get(userId) as
            { issuer: string; subject: string } | undefined) ?? null,
      ),
    unbind: (userId) =>
      runInStore(
        database,
        () => database.prepare('DELETE FROM identities WHERE user_id = ?').run(userId).changes > 0,
      ),
  };
}
