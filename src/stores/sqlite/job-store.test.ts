import { join } from 'node:path';
import { expect, it } from 'vitest';
import { filesHolding } from '../../testing/folder-bytes.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { jobItem, jobStoreSuite } from '../suites/job-store.suite.ts';
import { createSqliteJobStore } from './job-store.ts';
import { openDatabase } from './open-database.ts';

jobStoreSuite('SQLite', async () => {
  const database = openDatabase(':memory:');
  return { store: createSqliteJobStore(database), close: () => void database.close() };
});

it('keeps accepted uploads over a close, and not a byte of them once they are done', async () => {
  const folder = temporaryFolder();
  const first = openDatabase(join(folder, 'answerbox.sqlite'));
  const id = await createSqliteJobStore(first).createJob({
    items: [{ ...jobItem('a'), bytes: Buffer.from('zanzibarquokka') }],
  });
  first.close();
  expect(filesHolding(folder, 'zanzibarquokka')).toEqual(['answerbox.sqlite']);
  const second = openDatabase(join(folder, 'answerbox.sqlite'));
  const store = createSqliteJobStore(second);
  const [item] = await store.nextItems({ items: 1, bytes: 1, aloneFrom: 2 });
  expect(Buffer.from(item!.bytes!).toString()).toBe('zanzibarquokka');
  await store.finishItem(id, 0, { state: 'added', documentId: 'd', code: null, message: null });
  second.close();
  expect(filesHolding(folder, 'zanzibarquokka')).toEqual([]);
});
