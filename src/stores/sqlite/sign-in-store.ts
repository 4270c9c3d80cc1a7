import { randomUUID } from 'node:crypto';
import type { SignInRecord, SignInStore } from '../staff-contracts.ts';
import type { SqliteDatabase } from './open-database.ts';
import { runInStore } from './run-in-store.ts';
import { toUser, USER_COLUMNS, type UserRow } from './user-store.ts';

const COLUMNS = `id, user_id AS userId, created_at AS createdAt, last_seen_at AS lastSeenAt,
  expires_at AS expiresAt, rotated_at AS rotatedAt, user_agent AS userAgent, address, method`;
const ALIVE = 'expires_at > @now AND last_seen_at > @idle';

export function createSqliteSignInStore(database: SqliteDatabase): SignInStore {
  const run = <Result>(work: () => Result): Promise<Result> => runInStore(database, work);
  const stamp = (at: number): string => new Date(at).toISOString();
  const limitsOf = ({ at, idleSeconds }: { at: number; idleSeconds: number }) => ({
    now: stamp(at),
    idle: stamp(at - idleSeconds * 1000),
  });
  return {
    create: ({ userId, tokenHash, at, expiresAt, userAgent, address, method }) =>
      run(() => {
        const id = randomUUID();
        database.prepare('DELETE FROM sign_ins WHERE expires_at <= ?').run(stamp(at));
        database
          .prepare(
            `INSERT INTO sign_ins (id, user_id, token_hash, created_at, last_seen_at, rotated_at, expires_at,
             user_agent, address, method) VALUES (?, ?, ?, @now, @now, @now, ?, ?, ?, ?)`,
          )
          .run(id, userId, tokenHash, stamp(expiresAt), userAgent, address, method, { now: stamp(at) });
        database.prepare('UPDATE users SET last_seen_at = ? WHERE id = ?').run(stamp(at), userId);
        return database.prepare(`SELECT ${COLUMNS} FROM sign_ins WHERE id = ?`).get(id) as SignInRecord;
      }),
    find: (tokenHash, limits) =>
      run(() => {
        const signIn = database
          .prepare(
            `SELECT ${COLUMNS} FROM sign_ins
             WHERE (token_hash = @token OR (previous_hash = @token AND previous_until > @now)) AND ${ALIVE}`,
          )
          .get({ token: tokenHash, ...limitsOf(limits) }) as SignInRecord | undefined;
        if (!signIn) return null;
        const user = database
          .prepare(`SELECT ${USER_COLUMNS} FROM users WHERE id = ? AND disabled = 0`)
          .get(signIn.userId) as UserRow | undefined;
        return user ? { signIn, user: toUser(user) } : null;
      }),
    touch: (id, at) =>
      run(() => {
        database.prepare('UPDATE sign_ins SET last_seen_at = ? WHERE id = ?').run(stamp(at), id);
        database
          .prepare('UPDATE users SET last_seen_at = ? WHERE id = (SELECT user_id FROM sign_ins WHERE id = ?)')
          .run(stamp(at), id);
      }),
    rotate: (id, tokenHash, at, graceUntil) =>
      run(
        () =>
          void database
            .prepare(
              `UPDATE sign_ins SET previous_hash = token_hash, previous_until = ?, token_hash = ?, rotated_at = ?
               WHERE id = ?`,
            )
            .run(stamp(graceUntil), tokenHash, stamp(at), id),
      ),
    list: (userId, limits) =>
      run(
        () =>
          database
            .prepare(
              `SELECT ${COLUMNS} FROM sign_ins WHERE user_id = @userId AND ${ALIVE} ORDER BY last_seen_at DESC`,
            )
            .all({ userId, ...limitsOf(limits) }) as SignInRecord[],
      ),
    end: (userId, id) =>
      run(
        () =>
          database.prepare('DELETE FROM sign_ins WHERE user_id = ? AND id = ?').run(userId, id).changes > 0,
      ),
    endAll: (userId, exceptId = '') =>
      run(
        () =>
          database.prepare('DELETE FROM sign_ins WHERE user_id = ? AND id <> ?').run(userId, exceptId)
            .changes,
      ),
  };
}
