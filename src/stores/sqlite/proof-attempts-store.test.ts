import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createMemoryProofAttempts } from '../../testing/memory-proof-attempts.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { proofAttemptsSuite } from '../suites/proof-attempts.suite.ts';
import { openDatabase } from './open-database.ts';
import { createSqliteProofAttempts } from './proof-attempts-store.ts';

proofAttemptsSuite('SQLite', async () => {
  const database = openDatabase(':memory:');
  return { store: createSqliteProofAttempts(database), close: () => void database.close() };
});

proofAttemptsSuite('Memory', async () => ({ store: createMemoryProofAttempts(), close: () => undefined }));

it('still pauses after a restart', async () => {
  const path = join(temporaryFolder(), 'answerbox.sqlite');
  const policy = { pauseSeconds: () => 10, forgetSeconds: 100 };
  const first = openDatabase(path);
  await createSqliteProofAttempts(first).begin(['a'], 5_000, policy);
  first.close();
  const second = openDatabase(path);
  expect(await createSqliteProofAttempts(second).begin(['a'], 6_000, policy)).toBe(15_000);
  second.close();
});

it('says that the store failed when a try cannot be counted', async () => {
  const database = openDatabase(':memory:');
  const store = createSqliteProofAttempts(database);
  database.pragma('query_only = ON');
  const begin = store.begin(['a'], 5_000, { pauseSeconds: () => 10, forgetSeconds: 100 });
  await expect(begin).rejects.toMatchObject({ code: 'storage_failed' });
  database.close();
});
