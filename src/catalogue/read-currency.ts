const CODES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
/** What is printed instead of the code; "kr" is left out, as three countries mean different money by it. */
const SYMBOLS: Readonly<Record<string, string>> = {
  '€': 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  $: 'USD',
  us$: 'USD',
  dollar: 'USD',
  dollars: 'USD',
  '£': 'GBP',
  pound: 'GBP',
  pounds: 'GBP',
  pfund: 'GBP',
  '¥': 'JPY',
  yen: 'JPY',
  fr: 'CHF',
  'fr.': 'CHF',
  sfr: 'CHF',
  franken: 'CHF',
  zł: 'PLN',
  kč: 'CZK',
  '₺': 'TRY',
  '₹': 'INR',
  '₩': 'KRW',
  ft: 'HUF',
};

/** ISO 4217 code of what stands beside an amount, or null when it is no currency. */
export function readCurrency(text: string): string | null {
  const plain = text.trim();
  const code = plain.toUpperCase();
  return CODES.has(code) ? code : (SYMBOLS[plain.toLowerCase()] ?? null);
}

const digits = new Map<string, number>();

/** Digits after the decimal sign: 2 for EUR, 0 for JPY. */
export function minorDigits(currency: string): number {
  let found = digits.get(currency);
  if (found === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    found = format.resolvedOptions().maximumFractionDigits ?? 2;
    digits.set(currency, found);
  }
  return found;
}
