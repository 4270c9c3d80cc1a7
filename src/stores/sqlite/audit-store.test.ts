import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { auditEntry, auditStoreSuite } from '../suites/audit-store.suite.ts';
import { createSqliteAuditStore } from './audit-store.ts';
import { openDatabase, type SqliteDatabase } from './open-database.ts';

auditStoreSuite('SQLite', async () => {
  const database = openDatabase(':memory:');
  return { store: createSqliteAuditStore(database), close: () => void database.close() };
});

async function filled(lines: number) {
  const database = openDatabase(':memory:');
  const store = createSqliteAuditStore(database);
  for (let line = 1; line <= lines; line++) await store.append(auditEntry({ actor: `c${line}` }));
  return { database, store };
}

describe('the audit', () => {
  it('refuses to be changed or cut, by SQL too', async () => {
    const { database, store } = await filled(3);
    expect(() => database.exec("UPDATE audit SET actor = 'nobody'")).toThrow('never changed');
    expect(() => database.exec('DELETE FROM audit')).toThrow('never removed');
    expect(await store.verify()).toMatchObject({ lines: 3, firstBad: null });
    database.close();
  });

  const forgeries: [string, string, number][] = [
    ['changed', "UPDATE audit SET actor = 'nobody' WHERE sequence = 4", 4],
    ['changed in its time', "UPDATE audit SET at = '2020-01-01' WHERE sequence = 6", 6],
    ['dropped', 'DELETE FROM audit WHERE sequence = 2', 2],
    ['cut off at the end', 'DELETE FROM audit WHERE sequence > 5', 6],
    [
      'swapped',
      "UPDATE audit SET actor = CASE sequence WHEN 3 THEN 'c4' ELSE 'c3' END WHERE sequence IN (3, 4)",
      3,
    ],
    ['all gone', 'DELETE FROM audit', 1],
  ];
  it.each(forgeries)('names the first line that was %s', async (_, sql, line) => {
    const { database, store } = await filled(8);
    dropTriggers(database);
    database.exec(sql);
    expect((await store.verify()).firstBad).toBe(line);
    database.close();
  });

  it('goes on in its chain over a close', async () => {
    const path = join(temporaryFolder(), 'answerbox.sqlite');
    const first = openDatabase(path);
    await createSqliteAuditStore(first).append(auditEntry());
    first.close();
    const second = openDatabase(path);
    const store = createSqliteAuditStore(second);
    expect(await store.append(auditEntry())).toBe(2);
    expect(await store.verify()).toMatchObject({ lines: 2, firstBad: null });
    second.close();
  });
});

/** As one who writes to the file with another program would. */
function dropTriggers(database: SqliteDatabase): void {
  database.exec('DROP TRIGGER audit_unchanged; DROP TRIGGER audit_kept;');
}
