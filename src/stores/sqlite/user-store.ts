import { randomUUID } from 'node:crypto';
import { AnswerboxError } from '../../errors.ts';
import type { NewUser, UserChange, UserRecord, UserStore } from '../staff-contracts.ts';
import type { SqliteDatabase } from './open-database.ts';
import { runInStore } from './run-in-store.ts';

export type UserRow = Omit<UserRecord, 'disabled' | 'preferences' | 'secondFactor' | 'customPermissions'> & {
  disabled: number;
  secondFactor: number;
  customPermissions: string | null;
  preferences: string;
};

export const USER_COLUMNS = `users.id, users.name, users.email, users.role, users.disabled, users.preferences,
  users.created_at AS createdAt, users.last_seen_at AS lastSeenAt, users.custom_role AS customRole,
  (SELECT permissions FROM roles WHERE roles.name = users.custom_role) AS customPermissions,
  EXISTS (SELECT 1 FROM second_factors WHERE user_id = users.id AND confirmed_at IS NOT NULL) AS secondFactor`;

export function toUser({
  disabled,
  preferences,
  secondFactor,
  customPermissions,
  ...row
}: UserRow): UserRecord {
  return {
    ...row,
    disabled: disabled === 1,
    secondFactor: secondFactor === 1,
    customPermissions: customPermissions === null ? null : (JSON.parse(customPermissions) as string[]),
    preferences: JSON.parse(preferences) as UserRecord['preferences'],
  };
}

/** One address is one user, however it is written. */
function keyOf(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}

export function createSqliteUserStore(database: SqliteDatabase): UserStore {
  const run = <Result>(work: () => Result): Promise<Result> => runInStore(database, work);
  const find = (id: string): UserRecord | null => {
    const row = database.prepare(`SELECT ${USER_COLUMNS} FROM users WHERE id = ?`).get(id) as
      UserRow | undefined;
    return row ? toUser(row) : null;
  };
  const count = (): number => database.prepare('SELECT count(*) FROM users').pluck().get() as number;
  const insert = ({ name, email, role, passwordHash }: NewUser): UserRecord => {
    const id = randomUUID();
    unlessTaken(email, () =>
      database
        .prepare(
          `INSERT INTO users (id, name, email, email_key, role, password_hash, created_at)
           VALUES (?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(id, name, email.trim(), keyOf(email), role, passwordHash, new Date().toISOString()),
    );
    return find(id)!;
  };
  const update = database.transaction((id: string, change: UserChange): UserRecord | null => {
    const before = find(id);
    if (!before) return null;
    const { name, email, role, disabled, customRole } = { ...before, ...change };
    unlessTaken(email, () =>
      database
        .prepare(
          `UPDATE users SET name = ?, email = ?, email_key = ?, role = ?, custom_role = ?, disabled = ?
           WHERE id = ?`,
        )
        .run(name, email.trim(), keyOf(email), role, customRole, disabled ? 1 : 0, id),
    );
    const owners = database
      .prepare("SELECT count(*) FROM users WHERE role = 'owner' AND disabled = 0")
      .pluck()
      .get();
    if (before.role === 'owner' && owners === 0) throw new AnswerboxError('last_owner');
    return find(id);
  });
  return {
    countUsers: () => run(count),
    createUser: (user) => run(() => insert(user)),
    createFirstUser: (user) =>
      run(() => database.transaction(() => (count() > 0 ? null : insert(user))).immediate()),
    getUser: (id) => run(() => find(id)),
    findByEmail: (email) =>
      run(() => {
        const row = database
          .prepare(`SELECT ${USER_COLUMNS}, password_hash AS passwordHash FROM users WHERE email_key = ?`)
          .get(keyOf(email)) as (UserRow & { passwordHash: string | null }) | undefined;
        if (!row) return null;
        const { passwordHash, ...user } = row;
        return { user: toUser(user), passwordHash };
      }),
    listUsers: () =>
      run(() =>
        (database.prepare(`SELECT ${USER_COLUMNS} FROM users ORDER BY name, id`).all() as UserRow[]).map(
          toUser,
        ),
      ),
    updateUser: (id, change) => run(() => update.immediate(id, change)),
    setPassword: (id, passwordHash) =>
      run(
        () => void database.prepare('UPDATE users SET password_hash = ? WHERE id = ?').run(passwordHash, id),
      ),
    setPreferences: (id, preferences) =>
      run(
        () =>
          void database
            .prepare('UPDATE users SET preferences = ? WHERE id = ?')
            .run(JSON.stringify(preferences), id),
      ),
  };
}

/** @throws user_exists */
function unlessTaken(email: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    if ((error as { code?: string }).code === 'SQLITE_CONSTRAINT_UNIQUE')
      throw new AnswerboxError('user_exists', { email }, error);
    throw error;
  }
}
