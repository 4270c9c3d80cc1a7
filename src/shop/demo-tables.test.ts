import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createSqliteCatalogueStore } from '../stores/sqlite/catalogue-store.ts';
import { openDatabase } from '../stores/sqlite/open-database.ts';
import { createSqliteOrderStore } from '../stores/sqlite/order-store.ts';
import { rowsOf, syntheticOrder, syntheticProduct } from '../testing/synthetic-catalogue.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { loadDemoTables, removeDemoTables } from './demo-tables.ts';

const CATALOGUE = `code,name,family,category,brand,description,url,price,currency,stock,delivery_days,size,colour,material
FH-1-42,Alder boot,FH-1,Boots,Fern,"Light, dry",https://shop.example/1,129.90,EUR,4,2,42,moss,leather
FH-1-43,Alder boot,FH-1,Boots,Fern,"Light, dry",https://shop.example/1,,EUR,0,,43,moss,leather
`;

function openStores() {
  const database = openDatabase(':memory:');
  onTestFinished(() => void database.close());
  return { catalogue: createSqliteCatalogueStore(database), orders: createSqliteOrderStore(database) };
}

it('loads the demo beside what is there, and removes only what is still the demo', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'catalogue.csv'), CATALOGUE);
  writeFileSync(
    join(folder, 'orders.json'),
    JSON.stringify([syntheticOrder('FH-1001'), syntheticOrder('FH-1002')]),
  );
  const stores = openStores();
  const own = syntheticProduct('OWN-1');
  await stores.catalogue.importProducts(rowsOf(own), { replace: true });
  await loadDemoTables(folder, stores, (message) => expect.unreachable(message));
  expect(await stores.catalogue.getProduct('FH-1-42')).toMatchObject({
    family: 'FH-1',
    price: { minor: 12_990, currency: 'EUR' },
    stock: 4,
    deliveryDays: 2,
    attributes: { size: '42', colour: 'moss', material: 'leather' },
  });
  expect(await stores.catalogue.getProduct('FH-1-43')).toMatchObject({
    price: null,
    stock: 0,
    deliveryDays: null,
  });
  expect(await stores.orders.getOrder('FH-1001')).toMatchObject({
    total: { minor: 25_980, currency: 'EUR' },
  });

  const repriced = {
    ...(await stores.catalogue.getProduct('FH-1-43'))!,
    price: { minor: 100, currency: 'EUR' },
  };
  await stores.catalogue.importProducts(rowsOf(repriced), { replace: false });
  await removeDemoTables(folder, stores);
  expect((await stores.catalogue.listProducts({ limit: 10 })).map(({ code }) => code)).toEqual([
    'FH-1-43',
    'OWN-1',
  ]);
  expect((await stores.orders.counts()).orders).toBe(0);
});

it('has no products where the demo has no such files, and says what is wrong with a bad one', async () => {
  const folder = temporaryFolder();
  const stores = openStores();
  await loadDemoTables(folder, stores, (message) => expect.unreachable(message));
  await removeDemoTables(folder, stores);
  writeFileSync(join(folder, 'catalogue.csv'), '');
  const said: string[] = [];
  await loadDemoTables(folder, stores, (message) => said.push(message));
  expect(said).toEqual([expect.stringContaining('catalogue.csv is empty')]);
  expect((await stores.catalogue.counts()).products).toBe(0);
});
