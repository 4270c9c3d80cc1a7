import type { FieldCipher } from '../cipher-contracts.ts';
import type { SqliteDatabase } from './open-database.ts';
import { beginOf, SEALED_NAMES } from './require-keys.ts';
import { keyIdOfStored, SEALED_COLUMNS, sealSecret, type SealedColumn } from './sealed-fields.ts';

/**
 * For whoever has lost a key: second factors that nobody can check any more are removed (their owners sign in with
 * the password and set up another), webhooks get a new secret and are switched off, files and traces go.
 */
export function dropUnreadable(
  database: SqliteDatabase,
  cipher: FieldCipher,
  newSecret: () => string,
): Record<SealedColumn, number> {
  return database
    .transaction(() => {
      const dropped = SEALED_NAMES.map((name): [SealedColumn, number] => {
        const { table, key } = SEALED_COLUMNS[name];
        const rows = database
          .prepare(`SELECT ${key} AS row, ${beginOf(name)} AS begin FROM ${table}`)
          .all() as {
          row: string;
          begin: string | Buffer;
        }[];
        const lost = rows.filter(({ begin }) => {
          const id = keyIdOfStored(begin);
          return id !== null && !cipher.has(id);
        });
        for (const { row } of lost) {
          if (name === 'webhooks.secret')
            database
              .prepare('UPDATE webhooks SET secret = ?, disabled = 1 WHERE id = ?')
              .run(sealSecret(database, name, row, newSecret()), row);
          else database.prepare(`DELETE FROM ${table} WHERE ${key} = ?`).run(row);
          if (name === 'second_factors.secret')
            database.prepare('DELETE FROM recovery_codes WHERE user_id = ?').run(row);
        }
        return [name, lost.length];
      });
      const ids = database.prepare('SELECT id FROM encryption_keys').pluck().all() as string[];
      for (const id of ids.filter((one) => !cipher.has(one)))
        database.prepare('DELETE FROM encryption_keys WHERE id = ?').run(id);
      return Object.fromEntries(dropped) as Record<SealedColumn, number>;
    })
    .immediate();
}
