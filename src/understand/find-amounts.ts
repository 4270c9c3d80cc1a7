import type { Entity } from './entity-types.ts';

/** Signs and names to ISO 4217. "$" and "kr" are read as the commonest of theirs. */
const CURRENCIES: Record<string, string> = {
  '€': 'EUR',
  eur: 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  $: 'USD',
  usd: 'USD',
  dollar: 'USD',
  dollars: 'USD',
  '£': 'GBP',
  gbp: 'GBP',
  pound: 'GBP',
  pounds: 'GBP',
  quid: 'GBP',
  '¥': 'JPY',
  jpy: 'JPY',
  yen: 'JPY',
  円: 'JPY',
  cny: 'CNY',
  rmb: 'CNY',
  元: 'CNY',
  chf: 'CHF',
  franken: 'CHF',
  francs: 'CHF',
  pln: 'PLN',
  zł: 'PLN',
  sek: 'SEK',
  kr: 'SEK',
  nok: 'NOK',
  dkk: 'DKK',
  czk: 'CZK',
  kč: 'CZK',
  cad: 'CAD',
  aud: 'AUD',
  '₹': 'INR',
  inr: 'INR',
  '₽': 'RUB',
  руб: 'RUB',
};
/** Currencies without minor units (ISO 4217). */
const WHOLE = new Set(['JPY']);
const NAMES = Object.keys(CURRENCIES)
  .sort((left, right) => right.length - left.length)
  .map((name) => name.replace('$', '\\$'))
  .join('|');
const NUMBER = '\\d{1,3}(?:[.,\\u2019 ]\\d{3}){1,3}(?:[.,]\\d{1,2})?|\\d{1,9}(?:[.,]\\d{1,2})?';
const BEFORE = new RegExp(`(?<![\\p{L}\\p{N}])(${NAMES})\\s?(${NUMBER})(?!\\d)`, 'giu');
const AFTER = new RegExp(`(?<![\\p{L}\\p{N}.,])(${NUMBER})(?:,-)?\\s?(${NAMES})(?![\\p{L}\\p{N}])`, 'giu');

/** Amounts of money: "€49.90", "49,90 €", "1.299,00 EUR", "20 euros". */
export function findAmounts(text: string): Entity[] {
  const found: Entity[] = [];
  const add = (match: RegExpExecArray, currencyName: string, number: string): void => {
    const currency = CURRENCIES[currencyName.toLowerCase()];
    if (currency === undefined) return;
    const minor = minorUnits(number, WHOLE.has(currency));
    const value = `${currency} ${WHOLE.has(currency) ? minor : (minor / 100).toFixed(2)}`;
    const start = match.index;
    const end = start + match[0].length;
    found.push({ kind: 'amount', text: match[0], start, end, value, money: { minor, currency } });
  };
  for (const match of text.matchAll(BEFORE)) add(match, match[1]!, match[2]!);
  for (const match of text.matchAll(AFTER)) add(match, match[2]!, match[1]!);
  return found;
}

/** A comma or stop followed by one or two digits at the end begins the decimals; any other groups thousands. */
function minorUnits(number: string, whole: boolean): number {
  const [, units = '', decimals = ''] = /^(.*?)(?:[.,](\d{1,2}))?$/.exec(number) ?? [];
  const value = Number(units.replace(/\D/g, ''));
  return whole ? value : value * 100 + Number(decimals.padEnd(2, '0'));
}
