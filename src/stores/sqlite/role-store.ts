import { AnswerboxError } from '../../errors.ts';
import type { RoleRecord, RoleStore } from '../staff-contracts.ts';
import type { SqliteDatabase } from './open-database.ts';
import { runInStore } from './run-in-store.ts';

type Row = Omit<RoleRecord, 'permissions'> & { permissions: string };
const SELECT = 'SELECT name, permissions, updated_at AS updatedAt FROM roles';

export function createSqliteRoleStore(database: SqliteDatabase): RoleStore {
  const run = <Result>(work: () => Result): Promise<Result> => runInStore(database, work);
  const toRole = ({ permissions, ...row }: Row): RoleRecord => ({
    ...row,
    permissions: JSON.parse(permissions) as string[],
  });
  const get = (name: string): RoleRecord | null => {
    const row = database.prepare(`${SELECT} WHERE name = ?`).get(name) as Row | undefined;
    return row ? toRole(row) : null;
  };
  const usersOf = (name: string): string[] =>
    database.prepare('SELECT id FROM users WHERE custom_role = ?').pluck().all(name) as string[];
  return {
    list: () => run(() => (database.prepare(`${SELECT} ORDER BY name`).all() as Row[]).map(toRole)),
    get: (name) => run(() => get(name)),
    put: (name, permissions) =>
      run(() => {
        database
          .prepare(
            `INSERT INTO roles VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE
             SET permissions = excluded.permissions, updated_at = excluded.updated_at`,
          )
          .run(name, JSON.stringify(permissions), new Date().toISOString());
        return get(name)!;
      }),
    remove: (name) =>
      run(() => {
        const users = usersOf(name).length;
        if (users > 0) throw new AnswerboxError('role_in_use', { name, users });
        return database.prepare('DELETE FROM roles WHERE name = ?').run(name).changes > 0;
      }),
    usersOf: (name) => run(() => usersOf(name)),
  };
}
