import type { Say } from './say.ts';
import { dateFormat, listFormat, numberFormat } from '../text/intl-formats.ts';

/** Amounts, numbers, days and lists as a language writes them (Intl). */

/** "199.00 EUR", "199,00 EUR": the code, not the sign, because several countries share a sign. */
export function sayAmount({ minor, currency }: { minor: number; currency: string }, say: Say): string {
  const digits = fractionDigits(currency);
  const number = numberFormat(say.tag, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: 'min2',
  });
  return `${number.format(minor / 10 ** digits)} ${currency}`;
}

/** Decimal places of a currency by ISO 4217, as Intl knows them; 2 for what it does not know. */
export function fractionDigits(currency: string): number {
  try {
    return numberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** "1 December 2026", "1. Dezember 2026" in the zone; a date without a time is that very day everywhere. */
export function sayDay(iso: string, timeZone: string, say: Say): string {
  const zone = iso.length === 10 ? 'UTC' : timeZone;
  return dateFormat(say.tag, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: zone,
  }).format(new Date(iso));
}

/** "14:02" of the same day, else with its date. */
export function sayMoment(iso: string, now: Date, timeZone: string, say: Say): string {
  const time = dateFormat(say.tag, { hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(iso));
  const day = sayDay(iso, timeZone, say);
  return day === sayDay(now.toISOString(), timeZone, say) ? time : say('timeOnDay', { time, day });
}

/** "a, b and c". */
export function sayList(words: readonly string[], say: Say): string {
  // The British list has no comma before "and".
  return listFormat(say.tag, { type: 'conjunction' }).format(words);
}
