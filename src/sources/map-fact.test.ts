import { describe, expect, it } from 'vitest';
import type { FactFields } from './fact-fields.ts';
import { lookupIn } from './lookup-path.ts';
import { mapFact } from './map-fact.ts';
import type { FactKind, FactResult } from './source-contracts.ts';

const FIELDS: FactFields = {
  price: { amount: 'amount', unit: 'minor', currency: 'EUR', key_field: 'sku' },
  stock: { pieces: 'pieces' },
  delivery: { days: 'days' },
  order: {
    number: 'id',
    email: 'customer.email',
    state: 'status',
    states: { completed: 'delivered', 'on its way': 'shipped' },
    items: 'lines',
    item_code: 'sku',
    item_name: 'title',
    item_quantity: 'count',
    total: { amount: 'total', unit: 'major', currency: 'EUR' },
    placed_at: 'created',
    shipped_at: 'sent',
    carrier: 'carrier',
    tracking: 'tracking',
  },
};
const ORDER = {
  id: 10002042,
  customer: { email: 'anna@mail.example' },
  status: 'Completed',
  lines: [
    { sku: 'MF-1', title: 'Boots', count: '2' },
    { sku: 7, title: 'Wax\u202e' },
  ],
  total: '24.90',
  created: '2026-11-16 09:12:00',
  sent: '',
  carrier: null,
};

function map(kind: FactKind, value: unknown, key = '10002042'): FactResult {
  return mapFact({ kind, key }, FIELDS, lookupIn(value), { source: 'shop', readAt: 'now' });
}

describe('a fact of a reply', () => {
  it('is a price of the product that was asked for', () => {
    expect(map('price', { sku: 'mf 1', amount: 5 }, 'MF-1')).toMatchObject({
      fact: { price: { minor: 5, currency: 'EUR' } },
    });
    expect(() => map('price', { sku: 'MF-2', amount: 5 }, 'MF-1')).toThrow('something else than was asked');
    expect(() => map('price', { amount: 5 }, 'MF-1')).toThrow('something else than was asked');
  });

  it('is pieces, none of them negative, or days', () => {
    expect(map('stock', { pieces: -2 })).toMatchObject({ fact: { stock: 0 } });
    expect(map('stock', { pieces: '12' })).toMatchObject({ fact: { stock: 12 } });
    expect(map('stock', { pieces: null })).toEqual({ outcome: 'unknown' });
    expect(map('delivery', { days: 3 })).toMatchObject({ fact: { days: 3 } });
    for (const pieces of [1.5, 'many', true, [], {}])
      expect(() => map('stock', { pieces })).toThrow('whole number');
    expect(() => map('delivery', { days: -1 })).toThrow('negative');
    expect(() => map('delivery', {})).toThrow('no field days');
  });

  it('is an order in our words, with what is missing left out', () => {
    expect(map('order', ORDER)).toEqual({
      outcome: 'found',
      fact: {
        kind: 'order',
        key: '10002042',
        source: 'shop',
        readAt: 'now',
        order: {
          number: '10002042',
          email: 'anna@mail.example',
          state: 'delivered',
          items: [
            { code: 'MF-1', name: 'Boots', quantity: 2 },
            { code: '7', name: 'Wax', quantity: 1 },
          ],
          total: { minor: 2490, currency: 'EUR' },
          placedAt: '2026-11-16 09:12:00',
          shippedAt: null,
          expectedAt: null,
          carrier: null,
          tracking: null,
        },
      },
    });
  });

  it('takes items as JSON text, as an SQL column holds them, and none at all', () => {
    const items = (lines: unknown): unknown => map('order', { ...ORDER, lines });
    expect(items('[{"sku":"A","title":"B","count":1}]')).toMatchObject({
      fact: { order: { items: [{ code: 'A', name: 'B', quantity: 1 }] } },
    });
    expect(items(null)).toMatchObject({ fact: { order: { items: [] } } });
    expect(() => items('[{')).toThrow('no valid JSON');
    expect(() => items({ sku: 'A' })).toThrow('not a list');
    expect(() => items([{ sku: 'A', title: 'B', count: -1 }])).toThrow('quantity');
  });

  it.each<[string, Record<string, unknown>]>([
    ['something else than was asked', { id: 10002043 }],
    ['customer.email', { customer: {} }],
    ['state', { status: 'lost in the moor' }],
    ['state', { status: '__proto__' }],
    ['ISO 8601', { created: '16.11.2026' }],
    ['ISO 8601', { created: '2026-99-99' }],
    ['carrier', { carrier: 'x'.repeat(501) }],
  ])('is not made of an order that is not right: %s', (reason, more) => {
    expect(() => map('order', { ...ORDER, ...more })).toThrow(reason);
  });
});

it('looks up own properties and places of lists alone', () => {
  const look = lookupIn({ a: { 'b-c': [{ d: 1 }] }, n: null });
  expect(look('a.b-c.0.d')).toBe(1);
  expect(look('n')).toBeNull();
  for (const path of [
    'a.b-c.length',
    'a.b-c.1',
    'a.b-c.-1',
    'n.x',
    '__proto__',
    'constructor.name',
    'a.toString',
    '',
    '.',
    'a..',
  ])
    expect(look(path)).toBeUndefined();
});
