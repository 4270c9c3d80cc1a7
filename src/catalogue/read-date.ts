import { RowProblem } from './import-types.ts';

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2}|UTC)?)?$/i;
const SPLIT = /^(\d{1,4})([./])(\d{1,2})\2(\d{1,4})(?:[ T,]+(\d{1,2}:\d{2}(?::\d{2})?))?$/;

/**
 * A date, or a time, as ISO 8601; null for ''. A time without a zone stays without: it is the shop's.
 * "3/4/2026" is two dates, so it is refused.
 * @throws RowProblem
 */
export function readDate(text: string, what: string): string | null {
  if (text === '') return null;
  const iso = ISO.exec(text);
  if (iso) {
    const [, year, month, day, time, zone = ''] = iso;
    return checked(text, what, [year, month, day], time, zone.toUpperCase() === 'UTC' ? 'Z' : zone);
  }
  const [, first = '', sign, second = '', third = '', time] = SPLIT.exec(text) ?? [];
  if (first.length === 4) return checked(text, what, [first, second, third], time, '');
  if (third.length === 4 && (sign === '.' || Number(first) > 12 || first === second))
    return checked(text, what, [third, second, first], time, '');
  if (third.length === 4 && Number(second) > 12) return checked(text, what, [third, first, second], time, '');
  throw new RowProblem(`${what} is "${text.slice(0, 40)}"; write it as 2026-11-21`);
}

function checked(
  text: string,
  what: string,
  parts: readonly (string | undefined)[],
  time: string | undefined,
  zone: string,
): string {
  const day = parts.map((part = '') => part.padStart(2, '0')).join('-');
  const date = new Date(`${day}T00:00:00Z`);
  // The 31st of April would become the 1st of May.
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day)
    throw new RowProblem(`${what} is "${text.slice(0, 40)}", which is no day`);
  return time === undefined ? day : `${day}T${time.padStart(5, '0')}${zone}`;
}
