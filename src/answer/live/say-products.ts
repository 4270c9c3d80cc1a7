import type { Money, StoredProduct } from '../../stores/catalogue-contracts.ts';
import type { FactResult, LiveFact } from '../../sources/source-contracts.ts';
import type { AnswerProduct, LiveValue } from '../answer-types.ts';
import type { ProductFact } from './asked-facts.ts';
import { LIVE_TEXTS } from './live-texts.ts';
import { sayMoney } from './say-money.ts';
import { sayReadAt } from './say-time.ts';

export type FactReader = (kind: ProductFact, code: string) => FactResult;

/** A product's variants that are spoken of, with what the sources said of them. */
export interface ProductReading {
  variants: readonly StoredProduct[];
  /** The question names a variant: its size, colour or code. */
  particular: boolean;
  factOf: FactReader;
}

const MOST_VARIANTS = 8;

/** What the sources say of one product; facts that failed are said to be unchecked. */
export function sayProduct(
  reading: ProductReading,
  kinds: readonly ProductFact[],
  now: Date,
  timeZone: string,
): string {
  const said = kinds.map((kind) => sayFact(reading, kind));
  const unchecked = kinds.filter((kind) => isSecond(reading, kind)).map(sayKind);
  if (unchecked.length > 0) said.push(LIVE_TEXTS.secondSource(unchecked.join(' and the ')));
  const readAt = oldestReading(reading, kinds);
  if (readAt !== null) said.push(`(Read at ${sayReadAt(readAt, now, timeZone)}.)`);
  return said.join(' ');
}

function sayFact(reading: ProductReading, kind: ProductFact): string {
  const results = reading.variants.map(({ code }) => reading.factOf(kind, code));
  // What could not be asked might have had it: nothing is said to be unknown then.
  const none = results.every(({ outcome }) => outcome !== 'found');
  if (none && results.some(({ outcome }) => outcome === 'failed'))
    return LIVE_TEXTS.unchecked(`the ${sayKind(kind)} of ${nameOf(reading)}`);
  if (kind === 'price') return sayPrice(reading);
  return kind === 'stock' ? sayStock(reading) : sayDelivery(reading);
}

const sayKind = (kind: ProductFact): string => (kind === 'delivery' ? 'delivery time' : kind);

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
  distinct.sort((left, right) => left.minor - right.minor);
  const [first] = distinct;
  const last = distinct.at(-1);
  if (!first || !last) return `The price of ${nameOf(reading)} is on request.`;
  if (first === last) return `${capital(nameOf(reading))}: ${sayMoney(first)}.`;
  if (distinct.length <= 3 && first.currency === last.currency) return sayEachPrice(reading, distinct);
  return `${capital(nameOf(reading))}: ${sayMoney(first)} to ${sayMoney(last)}, depending on the variant.`;
}

function sayEachPrice(reading: ProductReading, prices: readonly Money[]): string {
  const parts = prices.map((price) => {
    const codes = found(reading, 'price').filter(({ fact }) => fact.price.minor === price.minor);
    return `${sayMoney(price)} (${listed(codes.map(({ product }) => variantName(product)))})`;
  });
  return `${capital(nameOf(reading))}: ${parts.join(', ')}.`;
}

function sayStock(reading: ProductReading): string {
  const known = found(reading, 'stock');
  if (known.length === 0) return `I don't know whether ${nameOf(reading)} is in stock.`;
  const there = known.filter(({ fact }) => fact.stock > 0);
  if (there.length === 0) return `${capital(nameOf(reading))} is sold out at the moment.`;
  const [only] = there;
  if (reading.variants.length === 1 && only)
    return `${capital(nameOf(reading))} is in stock (${only.fact.stock} ${only.fact.stock === 1 ? 'piece' : 'pieces'}).`;
  return `${capital(nameOf(reading))} is in stock in: ${listed(there.map(({ product }) => variantName(product)))}.`;
}

function sayDelivery(reading: ProductReading): string {
  const days = found(reading, 'delivery').map(({ fact }) => fact.days);
  if (days.length === 0) return `I don't know how soon ${nameOf(reading)} can be sent.`;
  const [least, most] = [Math.min(...days), Math.max(...days)];
  const span = least === most ? sayDays(least) : `${least} to ${sayDays(most)}, depending on the variant`;
  return `${capital(nameOf(reading))} can be sent within ${span}.`;
}

const sayDays = (days: number): string => `${days} working ${days === 1 ? 'day' : 'days'}`;

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
export function nameOf({ variants, particular }: ProductReading): string {
  const [first] = variants;
  if (!first) return 'the product';
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

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_VARIANTS);
  return shown.join(', ') + (names.length > shown.length ? ` and ${names.length - shown.length} more` : '');
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
    price: valueOf(factOf('price', code), (fact) => (fact.kind === 'price' ? sayMoney(fact.price) : null)),
    stock: valueOf(factOf('stock', code), (fact) => (fact.kind === 'stock' ? fact.stock : null)),
    delivery_days: valueOf(factOf('delivery', code), (fact) => (fact.kind === 'delivery' ? fact.days : null)),
  };
}

function valueOf<Value>(result: FactResult, read: (fact: LiveFact) => Value | null): LiveValue<Value> | null {
  if (result.outcome !== 'found') return null;
  const value = read(result.fact);
  return value === null ? null : { value, source: result.fact.source, read_at: result.fact.readAt };
}
