import type { Money } from '../stores/catalogue-contracts.ts';
import { SourceFault } from './source-fault.ts';
import { numberFormat } from '../text/intl-formats.ts';

export type AmountUnit = 'major' | 'minor';

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
const DECIMAL = /^(\d{1,12})(?:\.(\d{1,12}))?$/;
/** A float such as 19.99 may arrive as 19.990000000000002; what is smaller than this is noise. */
const FLOAT_DECIMALS = 6;

export function isCurrency(code: string): boolean {
  return CURRENCIES.has(code);
}

/**
 * Reads an amount without floating-point arithmetic: 12.9 EUR is 1290, 1290 JPY is 1290.
 * @param amount number, or text with a decimal point, in the unit
 * @throws SourceFault when it is not an amount, negative, or finer than the currency's smallest coin
 */
export function readAmount(amount: unknown, unit: AmountUnit, currency: unknown): Money {
  const code = typeof currency === 'string' ? currency.trim().toUpperCase() : '';
  if (!isCurrency(code)) throw new SourceFault('it gave no ISO 4217 currency');
  const parts = DECIMAL.exec(plainDecimal(amount));
  if (parts === null) throw new SourceFault('its amount is not a number of zero or more');
  const places = unit === 'minor' ? 0 : decimalsOf(code);
  const fraction = (parts[2] ?? '').replace(/0+$/, '');
  if (fraction.length > places)
    throw new SourceFault(
      `its amount has more than ${places} decimals, which ${code} does not have in ${unit} units`,
    );
  const minor = Number((parts[1] ?? '') + fraction.padEnd(places, '0'));
  if (!Number.isSafeInteger(minor)) throw new SourceFault('its amount is too large');
  return { minor, currency: code };
}

function plainDecimal(amount: unknown): string {
  if (typeof amount === 'string') return amount.trim();
  return typeof amount === 'number' && Number.isFinite(amount) ? amount.toFixed(FLOAT_DECIMALS) : '';
}

function decimalsOf(currency: string): number {
  const format = numberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}
