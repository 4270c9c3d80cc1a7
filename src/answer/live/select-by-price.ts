import type { PriceRange, ProductQuery } from '../../catalogue/finder-types.ts';
import { minorDigits } from '../../catalogue/read-currency.ts';
import type { Family, LiveTools } from './live-types.ts';

/** Whether products are chosen by their price, so that those that fit are the answer, and none is meant alone. */
export function selectsByPrice({ filters, order }: ProductQuery): boolean {
  return filters.price !== undefined || order !== undefined;
}

/** Minor units of its cheapest (sign 1) or dearest (-1) variant; what has no price comes last. */
export function priceOf({ products }: Family, sign: 1 | -1): number {
  const prices = products.flatMap(({ price }) => (price === null ? [] : [price.minor]));
  if (prices.length === 0) return sign * Infinity;
  return sign === 1 ? Math.min(...prices) : Math.max(...prices);
}

/** Products by their sense, without those that are dearer or cheaper than what is asked for; in the order asked for. */
export async function findNear(
  question: string,
  vector: Float32Array,
  tools: LiveTools,
  signal: AbortSignal,
): Promise<Family[]> {
  const [near, { query }] = await Promise.all([
    tools.sense.find(vector, { signal }),
    tools.products.search(question, { signal, limit: 1 }),
  ]);
  const { price } = query.filters;
  const fitting = price === undefined ? near : near.flatMap((family) => withinPrice(family, price));
  if (query.order === undefined) return fitting;
  const sign = query.order === 'dearest' ? -1 : 1;
  return [...fitting].sort((left, right) => sign * (priceOf(left, sign) - priceOf(right, sign)));
}

function withinPrice(family: Family, range: PriceRange): Family[] {
  const { least = 0, most = Infinity, currency } = range;
  const products = family.products.filter(({ price }) => {
    if (price === null || (currency !== null && currency !== price.currency)) return false;
    const value = price.minor / 10 ** minorDigits(price.currency);
    return value >= least && value <= most;
  });
  return products.length === 0 ? [] : [{ ...family, products }];
}
