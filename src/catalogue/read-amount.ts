import type { Money } from '../stores/catalogue-contracts.ts';
import { TABLE_IMPORT } from './import-settings.ts';
import { RowProblem } from './import-types.ts';
import { minorDigits, readCurrency } from './read-currency.ts';

export type DecimalSign = ',' | '.';

/** Said instead of a price. */
const NO_PRICE =
  /^(?:[-–—]+|n\/?a|null|none|tba|tbd|auf anfrage|preis auf anfrage|on request|price on request)$/i;
const AMOUNT = /^([^\d+-]*)([+-]?)\s*(\d[\d.,'’\s]*)(?:,?[-–—]+)?\s*([^\d]*)$/u;

/**
 * Which sign a column uses for decimals, when its cells tell: "12,90" does, "1.290" alone does not.
 * "9.990" is 9.99 in a column that also has "12.50", and 9990 in one that has "12,50".
 */
export function decimalSignOf(cells: readonly unknown[]): DecimalSign | null {
  for (const cell of cells) {
    if (typeof cell !== 'string') continue;
    const number = /\d[\d.,]*/.exec(cell)?.[0] ?? '';
    const signs = number.replace(/\d/g, '');
    const last = signs.at(-1) as DecimalSign | undefined;
    if (last === undefined) continue;
    const decimals = number.length - 1 - number.lastIndexOf(last);
    if (new Set(signs).size === 2 || (signs.length === 1 && decimals !== 3 && decimals > 0)) return last;
  }
  return null;
}

/** @returns a plain number, or null when it is none. `sign` decides where "1.290" could be both. */
export function readNumber(text: string, sign: DecimalSign | null): number | null {
  const digits = text.replace(/['’\s]/g, '');
  if (!/^[+-]?\d[\d.,]*$/.test(digits)) return null;
  const signs = digits.replace(/[^.,]/g, '');
  let decimal = sign;
  if (new Set(signs).size === 2) decimal = signs.at(-1) as DecimalSign;
  else if (signs.length > 1) decimal = null;
  else if (signs.length === 1 && !/[.,]\d{3}$/.test(digits)) decimal = signs as DecimalSign;
  else if (signs.length === 1 && /^[+-]?0/.test(digits)) decimal = signs as DecimalSign;
  const plain = digits.replace(/[.,]/g, (letter) => (letter === decimal ? letter : ''));
  const value = Number(plain.replace(',', '.'));
  return Number.isFinite(value) ? value : null;
}

export interface AmountContext {
  sign: DecimalSign | null;
  /** Of amounts that name none. */
  currency: string;
}

/**
 * "1.290,00 €", "CHF 1'299.-", 12.9, {"minor": 1290, "currency": "EUR"}; null for nothing.
 * @throws RowProblem for anything else, and for less than nothing
 */
export function readMoney(value: unknown, context: AmountContext): Money | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'object') return readMoneyObject(value as Record<string, unknown>, context);
  if (typeof value === 'number') return moneyOf(value, context.currency, String(value));
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).trim();
  if (text === '' || NO_PRICE.test(text)) return null;
  const short = text.slice(0, TABLE_IMPORT.mostNumberCharacters);
  const [, before = '', minus = '', digits = '', after = ''] = (short === text && AMOUNT.exec(text)) || [];
  const beside = (before + after).trim();
  const currency = beside === '' ? context.currency : readCurrency(beside);
  const amount = readNumber(minus + digits.replace(/[.,\s]+$/, ''), context.sign);
  if (currency === null || amount === null) throw new RowProblem(`"${text.slice(0, 40)}" is not a price`);
  return moneyOf(amount, currency, text);
}

function readMoneyObject(
  { minor, amount, currency }: Record<string, unknown>,
  context: AmountContext,
): Money | null {
  const code = typeof currency === 'string' ? readCurrency(currency) : context.currency;
  if (code === null) throw new RowProblem(`"${String(currency)}" is not a currency`);
  if (Number.isSafeInteger(minor) && (minor as number) >= 0)
    return { minor: minor as number, currency: code };
  if (amount === undefined) throw new RowProblem('a price needs "minor" or "amount"');
  return readMoney(amount, { ...context, currency: code });
}

function moneyOf(amount: number, currency: string, text: string): Money {
  const minor = Math.round(Number((amount * 10 ** minorDigits(currency)).toFixed(3)));
  if (minor < 0) throw new RowProblem(`the price ${text} is below zero`);
  if (!Number.isSafeInteger(minor)) throw new RowProblem(`the price ${text} is too large`);
  return { minor, currency };
}
