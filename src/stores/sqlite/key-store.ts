import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { KeyStore } from '../contracts.ts';
import type { SqliteDatabase } from './open-database.ts';

const ADMIN = 'admin';

/** Keys have 256 random bits, so a plain SHA-256 of them is as good as a slow hash; only it is stored. */
export function createSqliteKeyStore(database: SqliteDatabase): KeyStore {
  const put = (): string => {
    const key = `abx_${randomBytes(32).toString('base64url')}`;
    database
      .prepare(
        'INSERT INTO keys VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET hash = excluded.hash, created_at = excluded.created_at',
      )
      .run(ADMIN, hashOf(key), new Date().toISOString());
    return key;
  };
  const stored = (): Buffer | undefined =>
    database.prepare('SELECT hash FROM keys WHERE name = ?').pluck().get(ADMIN) as Buffer | undefined;

  return {
    createAdminKeyIfNone: () => Promise.resolve(stored() ? null : put()),
    resetAdminKey: () => Promise.resolve(put()),
    isAdminKey: (key) => {
      const hash = stored();
      return Promise.resolve(hash !== undefined && timingSafeEqual(hash, hashOf(key)));
    },
  };
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
