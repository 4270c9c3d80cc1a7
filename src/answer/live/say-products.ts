import type { Money, StoredProduct } from '../../stores/catalogue-contracts.ts';
import type { FactResult, LiveFact } from '../../sources/source-contracts.ts';
import type { AnswerProduct, LiveValue } from '../answer-types.ts';
import type { ProductFact } from './asked-facts.ts';
import { type Say, sayIn } from '../../messages/say.ts';
import { sayAmount, sayMoment } from '../../messages/say-values.ts';

export type FactReader = (kind: ProductFact, code: string) => FactResult;

/** A product's variants that are spoken of, with what the sources said of them. */
export interface ProductReading {
  variants: readonly StoredProduct[];
  /** The question names a variant: its size, colour or code. */
  particular: boolean;
  /** Further variants that are meant too, of which no source was asked. */
  left: number;
  factOf: FactReader;
  say: Say;
}

const MOST_VARIANTS = 8;
/** Different prices that are told one by one; of more the lowest and the highest. */
const EACH_PRICE = 3;

/** What the sources say of one product; facts that failed are said to be unchecked. */
export function sayProduct(
  reading: ProductReading,
  kinds: readonly ProductFact[],
  now: Date,
  timeZone: string,
): string {
  const said = kinds.map((kind) => sayFact(reading, kind));
  if (kinds.some((kind) => isPartial(reading, kind))) said.push(reading.say('product.othersUnknown'));
  for (const kind of kinds) if (isSecond(reading, kind)) said.push(reading.say(SECOND[kind]));
  const readAt = oldestReading(reading, kinds);
  if (readAt !== null)
    said.push(reading.say('readAt', { time: sayMoment(readAt, now, timeZone, reading.say) }));
  return said.join(' ');
}

const UNCHECKED = {
  price: 'product.uncheckedPrice',
  stock: 'product.uncheckedStock',
  delivery: 'product.uncheckedDelivery',
} as const;
const SECOND = {
  price: 'product.secondPrice',
  stock: 'product.secondStock',
  delivery: 'product.secondDelivery',
} as const;

function sayFact(reading: ProductReading, kind: ProductFact): string {
  const results = reading.variants.map(({ code }) => reading.factOf(kind, code));
  // What could not be asked might have had it: nothing is said to be unknown then.
  const none = results.every(({ outcome }) => outcome !== 'found');
  if (none && results.some(({ outcome }) => outcome === 'failed'))
    return reading.say(UNCHECKED[kind], { name: nameOf(reading) });
  if (kind === 'price') return sayPrice(reading);
  return kind === 'stock' ? sayStock(reading) : sayDelivery(reading);
}

/** Whether something was found, but not of all variants. One whose stock nobody knows is not sold out either. */
function isPartial({ variants, left, factOf }: ProductReading, kind: ProductFact): boolean {
  const results = variants.map(({ code }) => factOf(kind, code));
  const known = results.flatMap((result) => (result.outcome === 'found' ? [result.fact] : []));
  if (known.length === 0) return false;
  const noneThere = known.every((fact) => fact.kind === 'stock' && fact.stock <= 0);
  return (
    left > 0 || results.some(({ outcome }) => outcome === 'failed' || (noneThere && outcome === 'unknown'))
  );
}

/** Whether a source that comes first could not be asked, and a later one is believed instead. */
function isSecond({ variants, factOf }: ProductReading, kind: ProductFact): boolean {
  return variants.some(({ code }) => {
    const result = factOf(kind, code);
    return result.outcome === 'found' && (result.insteadOf?.length ?? 0) > 0;
  });
}

function sayPrice(reading: ProductReading): string {
  const prices = found(reading, 'price').map(({ fact }) => fact.price);
  const distinct = [...new Map(prices.map((price) => [`${price.minor} ${price.currency}`, price])).values()];
  const [first] = distinct;
  const { say } = reading;
  const name = capital(nameOf(reading));
  if (!first) return say('product.priceOnRequest', { name: nameOf(reading) });
  if (distinct.length === 1) return say('product.price', { name, price: sayAmount(first, say) });
  // Amounts of two currencies make no range.
  const currencies = [...new Set(distinct.map(({ currency }) => currency))];
  const each = currencies.map((own) =>
    distinct.filter(({ currency }) => currency === own).sort((left, right) => left.minor - right.minor),
  );
  if (distinct.length <= EACH_PRICE) return sayEachPrice(reading, each.flat());
  const ranges = each.map((prices) => {
    const [from, to] = [sayAmount(prices[0]!, say), sayAmount(prices.at(-1)!, say)];
    return from === to
      ? say('product.price', { name, price: from })
      : say('product.priceRange', { name, from, to });
  });
  return ranges.join(' ');
}

function sayEachPrice(reading: ProductReading, prices: readonly Money[]): string {
  const all = found(reading, 'price');
  const parts = prices.map((price) => {
    const same = all.filter(({ fact }) => isSame(fact.price, price));
    const variants = same.map(({ product }) => variantName(product));
    return `${sayAmount(price, reading.say)} (${listed(variants, reading.say)})`;
  });
  return reading.say('product.price', { name: capital(nameOf(reading)), price: parts.join(', ') });
}

function isSame(left: Money, right: Money): boolean {
  return left.minor === right.minor && left.currency === right.currency;
}

function sayStock(reading: ProductReading): string {
  const known = found(reading, 'stock');
  const { say } = reading;
  const name = capital(nameOf(reading));
  if (known.length === 0) return say('product.stockUnknown', { name: nameOf(reading) });
  const there = known.filter(({ fact }) => fact.stock > 0);
  if (there.length === 0 && isPartial(reading, 'stock')) {
    const gone = known.map(({ product }) => variantName(product));
    return say('product.soldOutIn', { name, variants: listed(gone, say) });
  }
  if (there.length === 0) return say('product.soldOut', { name });
  const [only] = there;
  if (reading.variants.length === 1 && only) return say('product.inStock', { name, count: only.fact.stock });
  const variants = there.map(({ product }) => variantName(product));
  return say('product.inStockIn', { name, variants: listed(variants, say) });
}

function sayDelivery(reading: ProductReading): string {
  const days = found(reading, 'delivery').map(({ fact }) => fact.days);
  const { say } = reading;
  if (days.length === 0) return say('product.deliveryUnknown', { name: nameOf(reading) });
  const [least, most] = [Math.min(...days), Math.max(...days)];
  const name = capital(nameOf(reading));
  return least === most
    ? say('product.delivery', { name, count: least })
    : say('product.deliveryRange', { name, least, count: most });
}

type FactOf<Kind extends ProductFact> = Extract<LiveFact, { kind: Kind }>;

function found<Kind extends ProductFact>(
  { variants, factOf }: ProductReading,
  kind: Kind,
): { product: StoredProduct; fact: FactOf<Kind> }[] {
  return variants.flatMap((product) => {
    const result = factOf(kind, product.code);
    return result.outcome === 'found' && result.fact.kind === kind
      ? [{ product, fact: result.fact as FactOf<Kind> }]
      : [];
  });
}

function oldestReading({ variants, factOf }: ProductReading, kinds: readonly ProductFact[]): string | null {
  const times = variants.flatMap(({ code }) =>
    kinds.flatMap((kind) => {
      const result = factOf(kind, code);
      return result.outcome === 'found' ? [result.fact.readAt] : [];
    }),
  );
  return times.sort()[0] ?? null;
}

/** "Oxbow hiking boots", with the variant where the question names one. */
export function nameOf({ variants, particular, say }: ProductReading): string {
  const [first] = variants;
  if (!first) return say('product.unnamed');
  const variant = variantName(first);
  return variants.length === 1 && particular && variant !== first.code
    ? `${first.name}, ${variant}`
    : first.name;
}

/** "44, black": what tells a variant from the others; its code when nothing does. */
function variantName({ attributes, code }: StoredProduct): string {
  const { size, colour } = attributes;
  const parts = [size, colour].filter((part) => part !== undefined && part !== '');
  return parts.length === 0 ? code : parts.join(' ');
}

function listed(names: readonly string[], say: Say): string {
  const shown = names.slice(0, MOST_VARIANTS).join(', ');
  const count = names.length - MOST_VARIANTS;
  return count > 0 ? say('product.andMore', { names: shown, count }) : shown;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export function answerProduct(product: StoredProduct, factOf: FactReader): AnswerProduct {
  const { code, family, name, url, attributes } = product;
  return {
    code,
    family,
    name,
    url,
    attributes,
    price: valueOf(factOf('price', code), (fact) =>
      fact.kind === 'price' ? sayAmount(fact.price, sayIn('en')) : null,
    ),
    stock: valueOf(factOf('stock', code), (fact) => (fact.kind === 'stock' ? fact.stock : null)),
    delivery_days: valueOf(factOf('delivery', code), (fact) => (fact.kind === 'delivery' ? fact.days : null)),
  };
}

function valueOf<Value>(result: FactResult, read: (fact: LiveFact) => Value | null): LiveValue<Value> | null {
  if (result.outcome !== 'found') return null;
  const value = read(result.fact);
  return value === null ? null : { value, source: result.fact.source, read_at: result.fact.readAt };
}
