import { join } from 'node:path';
import { expect, it } from 'vitest';
import { filesHolding } from '../../testing/folder-bytes.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { keyStoreSuite } from '../suites/key-store.suite.ts';
import { createSqliteKeyStore } from './key-store.ts';
import { openDatabase } from './open-database.ts';

keyStoreSuite('SQLite', async () => {
  const database = openDatabase(':memory:');
  return { store: createSqliteKeyStore(database), close: () => void database.close() };
});

it('writes a hash of the key and never the key', async () => {
  const folder = temporaryFolder();
  const database = openDatabase(join(folder, 'answerbox.sqlite'));
  const key = (await createSqliteKeyStore(database).createAdminKeyIfNone())!;
  expect(filesHolding(folder, key.slice(4, 20))).toEqual([]);
  database.close();
  expect(filesHolding(folder, key.slice(4, 20))).toEqual([]);
});
