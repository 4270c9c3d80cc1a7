import type { Money } from '../../stores/catalogue-contracts.ts';

/** "199.00 EUR": the code, not the sign, because several countries share a sign. */
export function sayMoney({ minor, currency }: Money): string {
  const digits = fractionDigits(currency);
  return `${(minor / 10 ** digits).toFixed(digits)} ${currency}`;
}

/** Decimal places of a currency by ISO 4217, as Intl knows them; 2 for what it does not know. */
function fractionDigits(currency: string): number {
  try {
    return (
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2
    );
  } catch {
    return 2;
  }
}
