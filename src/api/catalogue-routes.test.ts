import { expect, it, vi } from 'vitest';
import { createHttpClient } from '../testing/http-client.ts';
import { startCatalogueServer } from '../testing/start-catalogue-server.ts';
import { syntheticOrder } from '../testing/synthetic-catalogue.ts';

// A server is built for each test: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const CSV = { 'content-type': 'text/csv' };
const GOODS =
  'sku,name,price,size\nA-1,Alder boot,129.90,42\nA-2,Alder boot,,43\nB-1,Birch tent,99,\n,nameless,1,\n';

it('imports, pages, finds and shows products for staff', async () => {
  const server = await startCatalogueServer();
  const { call } = createHttpClient(server);
  const key = server.adminKey;
  const imported = await call('POST', '/api/v1/products/import', { key, body: GOODS, headers: CSV });
  expect(imported).toMatchObject({
    status: 200,
    body: { read: 4, added: 3, removed: 0, bad_count: 1, bad: [{ line: 5, reason: 'it has no code' }] },
  });
  const page = await call('GET', '/api/v1/products?limit=1&after=A-1', { key });
  expect(page.body).toMatchObject({
    total: 3,
    products: [{ code: 'A-2', price: null, delivery_days: null }],
  });
  expect((await call('GET', '/api/v1/products/a%201', { key })).body).toMatchObject({ code: 'A-1' });
  expect((await call('GET', '/api/v1/products/nothing', { key })).body.error.code).toBe('product_not_found');
  const found = await call('GET', '/api/v1/products/search?q=alder+boots+under+150+euro', { key });
  expect(found.body.hits[0]).toMatchObject({
    family: 'A-1',
    meets_filters: true,
    products: [{ code: 'A-1' }],
  });
});

it('takes JSON and forms, merges, and reads a mapping', async () => {
  const server = await startCatalogueServer();
  const { call } = createHttpClient(server);
  const key = server.adminKey;
  const json = [{ sku: 'C-1', title: 'Cork mat', price: 5, vk: 7 }];
  await call('POST', '/api/v1/products/import', { key, body: GOODS, headers: CSV });
  const merged = await call('POST', '/api/v1/products/import?replace=false&map=vk=price&currency=CHF', {
    key,
    body: json,
  });
  expect(merged.body).toMatchObject({ added: 1, removed: 0 });
  expect((await call('GET', '/api/v1/products/C-1', { key })).body).toMatchObject({
    price: { minor: 700, currency: 'CHF' },
    attributes: { price: '5' },
  });
  const form = new FormData();
  form.append(
    'file',
    new Blob([Buffer.from('Artikelnr;Bezeichnung\nD-1;Stra\xdfenschuh\n', 'latin1')]),
    'goods.csv',
  );
  const replaced = await call('POST', '/api/v1/products/import', { key, body: form });
  expect(replaced.body).toMatchObject({ added: 1, removed: 4 });
  expect((await call('GET', '/api/v1/products/D-1', { key })).body.name).toBe('Straßenschuh');
});

it('does the same for orders', async () => {
  const server = await startCatalogueServer();
  const { call } = createHttpClient(server);
  const key = server.adminKey;
  const imported = await call('POST', '/api/v1/orders/import', { key, body: [syntheticOrder('FH-1')] });
  expect(imported.body).toMatchObject({ added: 1 });
  expect((await call('GET', '/api/v1/orders', { key })).body).toMatchObject({
    total: 1,
    orders: [{ number: 'FH-1' }],
  });
  expect((await call('GET', '/api/v1/orders/fh1', { key })).body).toMatchObject({
    placed_at: '2026-11-02T10:00:00Z',
    total: { minor: 25_980, currency: 'EUR' },
  });
  expect((await call('GET', '/api/v1/orders/2', { key })).body.error.code).toBe('order_not_found');
});

it('is closed without the key, and changes nothing for what it cannot read', async () => {
  const server = await startCatalogueServer({ max_request_bytes: 20_000 });
  const { call } = createHttpClient(server);
  const key = server.adminKey;
  for (const route of [
    'GET products',
    'GET products/search?q=a',
    'GET products/A',
    'GET orders',
    'GET orders/A',
    'POST products/import',
    'POST orders/import',
  ]) {
    const [method = '', path = ''] = route.split(' ');
    expect((await call(method, `/api/v1/${path}`, method === 'POST' ? { body: [] } : {})).status, route).toBe(
      401,
    );
  }
  await call('POST', '/api/v1/products/import', { key, body: GOODS, headers: CSV });
  const cases: [string, unknown, Record<string, string>, string][] = [
    ['', '', CSV, 'table_empty'],
    ['', ' ', CSV, 'table_empty'],
    ['', 'name,price\na,1\n', CSV, 'table_column_missing'],
    ['', '{"sku": "A"}', {}, 'table_not_a_list'],
    ['', 'PK\x03\x04', CSV, 'table_binary'],
    ['', 'x'.repeat(30_000), CSV, 'request_too_large'],
    ['?map=oops', GOODS, CSV, 'usage'],
    ['?map=nothing=code', GOODS, CSV, 'table_column_unknown'],
    ['?replace=perhaps', GOODS, CSV, 'request_invalid'],
    ['', '<a/>', { 'content-type': 'application/xml' }, 'request_invalid'],
  ];
  for (const [query, body, headers, code] of cases) {
    const { body: answer } = await call('POST', `/api/v1/products/import${query}`, { key, body, headers });
    expect(answer.error?.code, JSON.stringify([query, body]).slice(0, 60)).toBe(code);
  }
  expect((await server.app.catalogue.counts()).products).toBe(3);
});
