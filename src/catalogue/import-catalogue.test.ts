import { expect, it, onTestFinished } from 'vitest';
import { createSqliteCatalogueStore } from '../stores/sqlite/catalogue-store.ts';
import { openDatabase } from '../stores/sqlite/open-database.ts';
import { importProducts } from './import-catalogue.ts';

it('imports again and again, and changes nothing when nothing is good', async () => {
  const database = openDatabase(':memory:');
  onTestFinished(() => void database.close());
  const store = createSqliteCatalogueStore(database);
  const take = (text: string) => importProducts(Buffer.from(text), store, { source: 'a.csv', replace: true });
  expect(await take('code,name,price\nA,a,1\nB,b,2\nb,last,3\nC,c,x\n')).toEqual({
    read: 4,
    badCount: 1,
    bad: [{ line: 5, reason: '"x" is not a price' }],
    duplicateCount: 1,
    duplicates: [{ line: 4, key: 'b' }],
    counts: { added: 2, changed: 0, unchanged: 0, removed: 0 },
  });
  expect(await store.getProduct('B')).toMatchObject({ name: 'last', price: { minor: 300 } });
  for (const bad of ['', 'code,name\n', 'code,name\n,a\n', 'code,name\nD,d\nE,"e\n', '{"code":"A"}'])
    await expect(take(bad)).rejects.toMatchObject({ code: expect.stringMatching(/^table_/) });
  expect((await store.listProducts({ limit: 10 })).map(({ code }) => code)).toEqual(['A', 'b']);
});
