import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { loadConfig } from '../config.ts';
import { startCatalogueServer } from '../testing/start-catalogue-server.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openCatalogue, type TableImport } from './open-catalogue.ts';

// A server is built for each test: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const TABLE: TableImport = {
  bytes: Buffer.from('Art;Bezeichnung;VK\nA-1;Größe;12,90\nA-2;Müsli;x\n'),
  source: 'goods.csv',
  replace: true,
  mapping: { Art: 'code', VK: 'price' },
  currency: 'CHF',
  signal: new AbortController().signal,
};

it('imports and lists in the folder, and leaves it unlocked', async () => {
  const folder = temporaryFolder();
  const { config } = loadConfig({ environment: {}, file: join(folder, 'no-such-file.json') });
  for (const expected of [{ added: 1 }, { unchanged: 1 }]) {
    const access = await openCatalogue({ ...config, data_dir: folder });
    expect(await access.import('products', TABLE)).toMatchObject({ ...expected, bad_count: 1 });
    access.close();
  }
  const access = await openCatalogue({ ...config, data_dir: folder });
  expect(await access.list('products', { limit: 5 })).toMatchObject({
    total: 1,
    products: [{ code: 'A-1', name: 'Größe', price: { minor: 1290, currency: 'CHF' } }],
  });
  expect(await access.list('orders', { limit: 5 })).toEqual({ total: 0, orders: [] });
  access.close();
});

it('does the same through a running server, with its words when it fails', async () => {
  const { url, controlToken, config, app } = await startCatalogueServer();
  writeFileSync(
    join(config.data_dir, 'control.json'),
    JSON.stringify({ url, token: controlToken, pid: process.pid }),
  );
  const access = await openCatalogue(config);
  expect(await access.import('products', TABLE)).toMatchObject({ added: 1, bad: [{ line: 3 }] });
  expect(await app.catalogue.getProduct('A-1')).toMatchObject({ price: { minor: 1290, currency: 'CHF' } });
  expect(await access.list('products', { limit: 5 })).toMatchObject({
    total: 1,
    products: [{ code: 'A-1' }],
  });
  await expect(access.import('orders', TABLE)).rejects.toMatchObject({
    code: 'table_column_missing',
    message: expect.stringContaining('goods.csv'),
  });
  await expect(access.import('products', { ...TABLE, bytes: Buffer.from('') })).rejects.toMatchObject({
    code: 'table_empty',
  });
  access.close();
});
