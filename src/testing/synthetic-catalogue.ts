import type { Order, Product } from '../stores/catalogue-contracts.ts';

/** A product that is complete; `more` replaces fields. */
export function syntheticProduct(code: string, more: Partial<Product> = {}): Product {
  return {
    code,
    name: `Article ${code}`,
    family: code,
    category: 'Boots',
    brand: 'Alder',
    description: 'Made for wet paths.',
    url: `https://shop.example/${code}`,
    attributes: { size: '42', colour: 'moss' },
    price: { minor: 12_990, currency: 'EUR' },
    stock: 7,
    deliveryDays: 2,
    ...more,
  };
}

export function syntheticOrder(number: string, more: Partial<Order> = {}): Order {
  return {
    number,
    email: 'anna@example.org',
    state: 'shipped',
    items: [{ code: 'AB-1', name: 'Article AB-1', quantity: 2 }],
    total: { minor: 25_980, currency: 'EUR' },
    placedAt: '2026-11-02T10:00:00Z',
    shippedAt: '2026-11-03',
    expectedAt: null,
    carrier: 'DHL',
    tracking: 'JJD0001',
    ...more,
  };
}

/** Rows as a source gives them: one after the other, each awaited. */
export async function* rowsOf<Row>(...rows: Row[]): AsyncGenerator<Row> {
  for (const row of rows) yield row;
}
