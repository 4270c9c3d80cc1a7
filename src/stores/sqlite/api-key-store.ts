import { randomUUID } from 'node:crypto';
import type { ApiKeyRecord, ApiKeyStore } from '../staff-contracts.ts';
import type { SqliteDatabase } from './open-database.ts';
import { runInStore } from './run-in-store.ts';

type Row = Omit<ApiKeyRecord, 'permissions'> & { permissions: string };

const COLUMNS = `id, name, hint, permissions, created_by AS createdBy, created_at AS createdAt,
  expires_at AS expiresAt, requests_per_minute AS requestsPerMinute, last_used_at AS lastUsedAt`;
/** Milliseconds between two notes of a use: each is a write to the disk. */
const NOTED_EVERY = 60_000;

export function createSqliteApiKeyStore(database: SqliteDatabase): ApiKeyStore {
  const run = <Result>(work: () => Result): Promise<Result> => runInStore(database, work);
  const toRecord = (row: Row): ApiKeyRecord => ({
    ...row,
    permissions: JSON.parse(row.permissions) as string[],
  });
  return {
    create: ({ name, keyHash, hint, permissions, createdBy, expiresAt, requestsPerMinute }) =>
      run(() => {
        const id = randomUUID();
        database
          .prepare(
            `INSERT INTO api_keys (id, name, key_hash, hint, permissions, created_by, created_at, expires_at,
               requests_per_minute)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          )
          .run(
            id,
            name,
            keyHash,
            hint,
            JSON.stringify(permissions),
            createdBy,
            new Date().toISOString(),
            expiresAt,
            requestsPerMinute,
          );
        return toRecord(database.prepare(`SELECT ${COLUMNS} FROM api_keys WHERE id = ?`).get(id) as Row);
      }),
    use: (keyHash, at) =>
      run(() => {
        const now = new Date(at).toISOString();
        const row = database
          .prepare(
            `SELECT ${COLUMNS} FROM api_keys WHERE key_hash = ? AND (expires_at IS NULL OR expires_at > ?)`,
          )
          .get(keyHash, now) as Row | undefined;
        if (!row) return null;
        if (row.lastUsedAt === null || Date.parse(row.lastUsedAt) < at - NOTED_EVERY)
          database.prepare('UPDATE api_keys SET last_used_at = ? WHERE id = ?').run(now, row.id);
        return toRecord(row);
      }),
    list: () =>
      run(() =>
        (database.prepare(`SELECT ${COLUMNS} FROM api_keys ORDER BY created_at, id`).all() as Row[]).map(
          toRecord,
        ),
      ),
    remove: (id) => run(() => database.prepare('DELETE FROM api_keys WHERE id = ?').run(id).changes > 0),
  };
}
