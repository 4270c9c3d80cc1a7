import { sayIn } from '../../messages/say.ts';
import { expect, it } from 'vitest';
import type { FactResult } from '../../sources/source-contracts.ts';
import type { StoredProduct } from '../../stores/catalogue-contracts.ts';
import { sayProduct } from './say-products.ts';

const LAMP: StoredProduct = {
  code: 'LA-1001',
  name: 'Beacon lamp',
  family: 'LA-1001',
  category: 'Lamps',
  brand: 'Glow',
  description: 'A lamp.',
  url: null,
  attributes: {},
  price: null,
  stock: null,
  deliveryDays: null,
  updatedAt: '2026-11-21T10:00:00Z',
};
const priceFrom = (insteadOf?: readonly string[]): FactResult => ({
  outcome: 'found',
  fact: {
    kind: 'price',
    key: LAMP.code,
    source: 'catalogue',
    readAt: '2026-11-21T10:00:00Z',
    price: { minor: 2000, currency: 'EUR' },
  },
  ...(insteadOf && { insteadOf }),
});
const said = (result: FactResult): string =>
  sayProduct(
    { variants: [LAMP], particular: false, left: 0, factOf: () => result, say: sayIn('en') },
    ['price'],
    new Date('2026-11-21T12:00:00Z'),
    'UTC',
  );

it('says that a price is another source’s when the first could not be asked', () => {
  expect(said(priceFrom(['shop-api']))).toBe(
    'Beacon lamp: 20.00 EUR. (I could not ask where the price usually comes from, so another source says this; it may differ.) (Read at 10:00.)',
  );
  expect(said(priceFrom())).toBe('Beacon lamp: 20.00 EUR. (Read at 10:00.)');
});
