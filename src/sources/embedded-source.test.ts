import { expect, it } from 'vitest';
import { createMemoryCatalogue, createMemoryOrders } from '../testing/memory-catalogue.ts';
import { orderRow, productRow, rowsOf } from '../testing/shop-rows.ts';
import { createEmbeddedSource } from './embedded-source.ts';
import type { FactKind, FactResult } from './source-contracts.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const catalogue = createMemoryCatalogue();
const orders = createMemoryOrders();
const source = createEmbeddedSource({
  name: 'catalogue',
  kinds: ['price', 'stock', 'delivery', 'order'],
  catalogue,
  orders,
  now: () => NOW,
});
const read = (kind: FactKind, key: string): Promise<FactResult> =>
  source.read({ kind, key }, { signal: new AbortController().signal });

it('reads what was imported, as it is now', async () => {
  await catalogue.importProducts(rowsOf(productRow()), { replace: true });
  const base = { key: 'mf tr-42', source: 'catalogue', readAt: '2026-11-21T12:00:00.000Z' };
  expect(await read('price', 'mf tr-42')).toEqual({
    outcome: 'found',
    fact: { ...base, kind: 'price', price: { minor: 18_990, currency: 'EUR' } },
  });
  expect(await read('stock', 'mf tr-42')).toEqual({
    outcome: 'found',
    fact: { ...base, kind: 'stock', stock: 7 },
  });
  expect(await read('delivery', 'mf tr-42')).toEqual({
    outcome: 'found',
    fact: { ...base, kind: 'delivery', days: 2 },
  });
  const changed = productRow({ price: { minor: 9_990, currency: 'CHF' }, stock: 0 });
  await catalogue.importProducts(rowsOf(changed), { replace: true });
  expect(await read('price', 'MF-TR-42')).toMatchObject({
    fact: { price: { minor: 9_990, currency: 'CHF' } },
  });
  expect(await read('stock', 'MF-TR-42')).toMatchObject({ fact: { stock: 0 } });
});

it('knows nothing of what the shop does not say or sell', async () => {
  const silent = productRow({ price: null, stock: null, deliveryDays: null });
  await catalogue.importProducts(rowsOf(silent), { replace: true });
  for (const kind of ['price', 'stock', 'delivery', 'order'] as const) {
    expect(await read(kind, 'MF-TR-42')).toEqual({ outcome: 'unknown' });
    expect(await read(kind, 'NONE-1')).toEqual({ outcome: 'unknown' });
  }
});

it('reads orders as they were imported', async () => {
  await orders.importOrders(rowsOf(orderRow()), { replace: true });
  const order = { ...orderRow() };
  expect(await read('order', 'mf10002042')).toMatchObject({
    outcome: 'found',
    fact: { kind: 'order', order },
  });
  expect(await read('price', 'mf10002042')).toEqual({ outcome: 'unknown' });
});

it('fails with the reason when the store does, and is left by who leaves', async () => {
  const broken = createEmbeddedSource({
    name: 'broken',
    kinds: ['price'],
    catalogue: { ...catalogue, getProduct: () => Promise.reject(new Error('disk on fire')) },
    orders,
  });
  const request = { kind: 'price', key: 'A' } as const;
  const { signal } = new AbortController();
  expect(await broken.read(request, { signal })).toEqual({ outcome: 'failed', reason: 'disk on fire' });
  await expect(broken.read(request, { signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'cancelled',
  });
});
