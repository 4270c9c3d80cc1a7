import { createHash } from 'node:crypto';
import type { SettingStore } from '../contracts.ts';
import type { SqliteDatabase } from './open-database.ts';

/** What is counted or noted here and no answer rests on: it changes all the time. */
const BOOKKEEPING = [
  'generation',
  'outbox_position',
  'retrievals_counted',
  'knowledge_report',
  'setup_code',
  'device_key',
  'audit_key',
  'erase_list_applied',
  'retention_held',
  'retention_clock',
  'retention_ran',
];

export function createSqliteSettingStore(database: SqliteDatabase): SettingStore {
  return {
    get: (name) =>
      Promise.resolve(
        (database.prepare('SELECT value FROM settings WHERE name = ?').pluck().get(name) as
          string | undefined) ?? null,
      ),
    set: (name, value) => {
      database
        .prepare('INSERT INTO settings VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
        .run(name, value);
      return Promise.resolve();
    },
    fingerprint: () => {
      const rows = database
        .prepare(
          `SELECT name, value FROM settings WHERE name NOT IN (${BOOKKEEPING.map(() => '?').join(', ')})
           ORDER BY name`,
        )
        .raw()
        .all(...BOOKKEEPING);
      return Promise.resolve(createHash('sha256').update(JSON.stringify(rows)).digest('hex'));
    },
  };
}
