import type { PriceRange } from './finder-types.ts';
import { readNumber } from './read-amount.ts';
import { readCurrency } from './read-currency.ts';

const SIGN = String.raw`€|eur(?:os?)?\b|us\$|\$|usd\b|dollars?\b|£|gbp\b|pounds?\b|quid\b|pfund\b|chf\b|franken\b|¥|yen\b`;
/** Numbers of other things: "under 2 kg", "within 3 days". */
const OTHER_UNIT = String.raw`(?![\d.,]*\d|\s*(?:%|°|(?:[cm]?m|k?g|m?l|cl|lit(?:re|er)s?|inch(?:es)?|zoll|watts?|volts?|days?|tagen?|weeks?|wochen?|hours?|stunden?|years?|jahren?|pieces?|stück|times|persons?|people|personen)\b))`;
const AMOUNT = String.raw`(?:(${SIGN})\s*)?(\d[\d.,']*)${OTHER_UNIT}\s*(${SIGN})?`;

const pattern = (words: string, rest: string = AMOUNT): RegExp =>
  new RegExp(`(?<!\\p{L})(?:${words})\\s+${rest}`, 'iu');
const BETWEEN = pattern(
  'between|from|zwischen|von',
  String.raw`${AMOUNT}\s*(?:and|to|und|bis|-|–)\s*${AMOUNT}`,
);
const SPAN = new RegExp(String.raw`(?<![\p{L}\d])${AMOUNT}\s*(?:-|–|to|bis)\s*${AMOUNT}`, 'iu');
const MOST = pattern(
  `under|below|less than|cheaper than|up to|at most|max\\.?|maximum|(?:no|not|isn['’]?t|aren['’]?t|doesn['’]?t cost) (?:more than|over|above)|within|unter|bis(?: zu)?|höchstens|maximal|weniger als|günstiger als|billiger als|nicht mehr als`,
);
const LEAST = pattern(
  'over|above|more than|at least|from|starting at|more expensive than|ab|über|mindestens|mehr als|teurer als',
);
const ABOUT = pattern('around|about|roughly|approx\\.?|for|ca\\.?|circa|etwa|ungefähr|rund|um die|für');
/** "around 50 euro" is 40 to 60. */
const ABOUT_SHARE = 0.2;

/** Finds what a question says of prices. @returns the question without it */
export function readPriceRange(text: string): { price: PriceRange | null; rest: string } {
  const between = BETWEEN.exec(text) ?? withCurrency(SPAN.exec(text));
  if (between) {
    const [one, other] = [amountOf(between, 1), amountOf(between, 4)];
    const currency = one.currency ?? other.currency;
    if (one.value !== null && other.value !== null) {
      const [least, most] = [Math.min(one.value, other.value), Math.max(one.value, other.value)];
      return { price: { least, most, currency }, rest: without(text, between) };
    }
  }
  for (const [kind, found] of [
    ['most', MOST.exec(text)],
    ['least', LEAST.exec(text)],
    ['about', withCurrency(ABOUT.exec(text))],
  ] as const) {
    if (!found) continue;
    const { value, currency } = amountOf(found, 1);
    if (value !== null) return { price: rangeOf(kind, value, currency), rest: without(text, found) };
  }
  return { price: null, rest: text };
}

function rangeOf(kind: 'most' | 'least' | 'about', value: number, currency: string | null): PriceRange {
  if (kind === 'most') return { most: value, currency };
  if (kind === 'least') return { least: value, currency };
  return { least: value * (1 - ABOUT_SHARE), most: value * (1 + ABOUT_SHARE), currency };
}

/** "10 to 20" alone may be anything, and so may "for 3". */
function withCurrency(match: RegExpExecArray | null): RegExpExecArray | null {
  return match && [1, 3, 4, 6].some((group) => match[group] !== undefined) ? match : null;
}

/** Three groups from here on: sign, digits, sign. */
function amountOf(match: RegExpExecArray, group: number): { value: number | null; currency: string | null } {
  const sign = match[group] ?? match[group + 2];
  const value = readNumber((match[group + 1] ?? '').replace(/[.,']+$/, ''), null);
  return { value, currency: sign === undefined ? null : readCurrency(sign) };
}

function without(text: string, { index, 0: found }: RegExpExecArray): string {
  return `${text.slice(0, index)} ; ${text.slice(index + found.length)}`;
}
