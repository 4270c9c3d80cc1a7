import type { Order, Product } from '../stores/catalogue-contracts.ts';

/** A product with everything, but for what the test gives. */
export function productRow(more: Partial<Product> = {}): Product {
  return {
    code: 'MF-TR-42',
    name: 'Torfstieg boots',
    family: 'MF-TR',
    category: 'Boots',
    brand: 'Moorfink',
    description: 'Leather boots for wet ground.',
    url: null,
    attributes: { size: '42', colour: 'moss' },
    price: { minor: 18_990, currency: 'EUR' },
    stock: 7,
    deliveryDays: 2,
    ...more,
  };
}

export function orderRow(more: Partial<Order> = {}): Order {
  return {
    number: 'MF-1000 2042',
    email: 'Anna.Kelling@mail.example',
    state: 'shipped',
    items: [{ code: 'MF-TR-42', name: 'Torfstieg boots', quantity: 1 }],
    total: { minor: 18_990, currency: 'EUR' },
    placedAt: '2026-11-16T09:12:00Z',
    shippedAt: '2026-11-18T15:00:00Z',
    expectedAt: '2026-11-23',
    carrier: 'Heidepost',
    tracking: 'HP 123 456',
    ...more,
  };
}

export async function* rowsOf<Row>(...rows: Row[]): AsyncGenerator<Row> {
  yield* rows;
}
