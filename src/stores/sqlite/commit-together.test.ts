import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { commitTogether } from './commit-together.ts';
import { openDatabase } from './open-database.ts';

const open = () => {
  const database = openDatabase(join(temporaryFolder(), 'answerbox.sqlite'));
  database.exec('CREATE TABLE lines (number INTEGER PRIMARY KEY)');
  const commits: string[] = [];
  const add = (...numbers: number[]) =>
    commitTogether(database, () => {
      for (const number of numbers) database.prepare('INSERT INTO lines VALUES (?)').run(number);
      commits.push(`wrote ${numbers.join()}`);
      return numbers.length;
    });
  const lines = () => database.prepare('SELECT number FROM lines ORDER BY number').pluck().all();
  return { database, add, lines, commits };
};

it('writes of one turn are on the disk together, each with its own result', async () => {
  const { database, add, lines } = open();
  const other = openDatabase(database.name);
  const seen = () => other.prepare('SELECT count(*) FROM lines').pluck().get();
  const version = () => other.pragma('data_version', { simple: true });
  const before = version();
  const writes = [add(1), add(2, 3), add(4)];
  expect(seen()).toBe(0);
  expect(await Promise.all(writes)).toEqual([1, 2, 1]);
  expect(seen()).toBe(4);
  expect(lines()).toEqual([1, 2, 3, 4]);
  // Another connection sees one step for three writes.
  expect(version()).not.toBe(before);
  other.close();
  database.close();
});

it('one that fails leaves nothing of itself, and the others as they are', async () => {
  const { database, add, lines } = open();
  const [first, bad, last] = await Promise.allSettled([add(1), add(7, 1), add(2)]);
  expect(first).toEqual({ status: 'fulfilled', value: 1 });
  expect(bad).toMatchObject({ status: 'rejected', reason: { code: 'storage_failed' } });
  expect(last).toEqual({ status: 'fulfilled', value: 1 });
  expect(lines()).toEqual([1, 2]);
  database.close();
});

it('a full disk fails every write of the group, and the next ones go through when there is room', async () => {
  const { database, add, lines } = open();
  const pages = database.pragma('page_count', { simple: true }) as number;
  database.pragma(`max_page_count = ${pages}`);
  const filling = (from: number) => add(...Array.from({ length: 3_000 }, (_, index) => from + index));
  const both = await Promise.allSettled([add(1), filling(10)]);
  expect(both.map(({ status }) => status)).toContain('rejected');
  expect(both[1]).toMatchObject({ reason: { code: 'storage_full' } });
  const kept = lines();
  // Whatever was told to be stored is there, and nothing else.
  expect(kept).toEqual(both[0]?.status === 'fulfilled' ? [1] : []);
  database.pragma('max_page_count = 1000000');
  await filling(10);
  expect(lines()).toHaveLength(kept.length + 3_000);
  database.close();
});
