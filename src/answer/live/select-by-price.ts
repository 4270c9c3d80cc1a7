import type { PriceRange, ProductQuery } from '../../catalogue/finder-types.ts';
import { minorDigits } from '../../catalogue/read-currency.ts';
import type { Money, StoredProduct } from '../../stores/catalogue-contracts.ts';
import type { Family, LiveTools } from './live-types.ts';

/** Whether products are chosen by their price, so that those that fit are the answer, and none is meant alone. */
export function selectsByPrice({ filters, order }: ProductQuery): boolean {
  return filters.price !== undefined || order !== undefined;
}

/** Currencies of these products' prices, the commonest first. */
function currenciesOf(families: readonly Family[]): string[] {
  const counts = new Map<string, number>();
  for (const family of families)
    for (const currency of new Set(pricesOf(family).map((price) => price.currency)))
      counts.set(currency, (counts.get(currency) ?? 0) + 1);
  return [...counts]
    .sort((left, right) => right[1] - left[1] || (left[0] < right[0] ? -1 : 1))
    .map(([currency]) => currency);
}

/**
 * By their cheapest (sign 1) or dearest (-1) variant, currency by currency: amounts of two of them say nothing of
 * each other. What has no price comes last.
 */
export function byPrice(families: readonly Family[], sign: 1 | -1): Family[] {
  const currencies = currenciesOf(families);
  const keyed = families.map((family) => {
    const place = currencies.findIndex((currency) => extremeOf(family, sign, currency) !== null);
    const price = place < 0 ? 0 : sign * extremeOf(family, sign, currencies[place]!)!;
    return { family, place: place < 0 ? Infinity : place, price };
  });
  return keyed
    .sort((left, right) => (left.place === right.place ? left.price - right.price : left.place - right.place))
    .map(({ family }) => family);
}

/** The cheapest or dearest product of each currency, with the variants of that price alone. */
export function extremesOf(families: readonly Family[], sign: 1 | -1): Family[] {
  const chosen = new Map<Family, StoredProduct[]>();
  for (const currency of currenciesOf(families)) {
    const [best] = families
      .map((family) => ({ family, minor: extremeOf(family, sign, currency) }))
      .filter(({ minor }) => minor !== null)
      .sort((left, right) => sign * (left.minor! - right.minor!));
    const fits = best?.family.products.filter(
      ({ price }) => price?.currency === currency && price.minor === best.minor,
    );
    if (best && fits) chosen.set(best.family, [...(chosen.get(best.family) ?? []), ...fits]);
  }
  return [...chosen].map(([family, products]) => ({ ...family, products }));
}

/** Minor units of its cheapest or dearest variant in a currency; null when it has no price in it. */
function extremeOf(family: Family, sign: 1 | -1, currency: string): number | null {
  const minors = pricesOf(family).flatMap((price) => (price.currency === currency ? [price.minor] : []));
  if (minors.length === 0) return null;
  return sign === 1 ? Math.min(...minors) : Math.max(...minors);
}

function pricesOf({ products }: Family): Money[] {
  return products.flatMap(({ price }) => price ?? []);
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
  return byPrice(fitting, query.order === 'dearest' ? -1 : 1);
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
