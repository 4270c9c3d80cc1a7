import type { Entity } from './entity-types.ts';

const MONTHS = [
  'jan(?:uary|uar)?|januar',
  'feb(?:ruary|ruar)?',
  'mar(?:ch)?|märz|mär',
  'apr(?:il)?',
  'may|mai',
  'june?|juni',
  'july?|juli',
  'aug(?:ust)?',
  'sept?(?:ember)?',
  'oct(?:ober)?|okt(?:ober)?',
  'nov(?:ember)?',
  'dec(?:ember)?|dez(?:ember)?',
] as const;
const MONTH = `(?:${MONTHS.join('|')})`;
const MONTH_PATTERNS = MONTHS.map((month) => new RegExp(`^(?:${month})$`, 'i'));
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const ISO = /\b(\d{4})-(\d{2})-(\d{2})\b/g;
const DOTTED = /(?<![\d.])(\d{1,2})([./])(\d{1,2})\2(\d{4}|\d{2})?(?![\d/])/g;
const DAY_MONTH = new RegExp(
  `\\b(\\d{1,2})(?:st|nd|rd|th|\\.)?\\s+(?:of\\s+)?(${MONTH})\\b\\.?(?:,?\\s+(\\d{4})\\b)?`,
  'gi',
);
const MONTH_DAY = new RegExp(
  `\\b(${MONTH})\\b\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?\\b(?!:)(?:,?\\s+(\\d{4})\\b)?`,
  'gi',
);
const RELATIVE = new RegExp(
  `\\b(?:day after tomorrow|day before yesterday|today|tonight|tomorrow|yesterday|(?:(?:next|this|last|on)\\s+)(?:${WEEKDAYS.join('|')})s?|(?:${WEEKDAYS.join('|')}))\\b`,
  'gi',
);
const DAYS_AWAY: Record<string, number> = {
  'day after tomorrow': 2,
  'day before yesterday': -2,
  today: 0,
  tonight: 0,
  tomorrow: 1,
  yesterday: -1,
};
const DAY_MS = 86_400_000;

export interface DateReading {
  /** The day at the shop, ISO 8601; without it "tomorrow" stays a word and no year is added. */
  today?: string;
  /** How 03/04/2026 is read; 03.04.2026 is always day first. */
  dayFirst?: boolean;
}

/** Dates in a text: ISO, 24.12.2026, 24/12/2026, "24 December", "December 24th, 2026", "tomorrow", "next Friday". */
export function findDates(text: string, { today, dayFirst = true }: DateReading = {}): Entity[] {
  const found: Entity[] = [];
  const add = (match: RegExpExecArray, value: string | null): void => {
    if (value === null) return;
    const start = match.index;
    found.push({ kind: 'date', text: match[0], start, end: start + match[0].length, value });
  };
  for (const match of text.matchAll(ISO)) add(match, isoDate(match[1], match[2], match[3]));
  for (const match of text.matchAll(DOTTED)) add(match, dottedDate(match, dayFirst));
  for (const match of text.matchAll(DAY_MONTH)) add(match, isoDate(match[3], monthOf(match[2]), match[1]));
  for (const match of text.matchAll(MONTH_DAY)) add(match, isoDate(match[3], monthOf(match[1]), match[2]));
  for (const match of text.matchAll(RELATIVE)) add(match, relativeDate(match[0].toLowerCase(), today));
  return found;
}

function dottedDate(match: RegExpExecArray, dayFirst: boolean): string | null {
  const [, first, sign, second, year] = match;
  // "3.5." may be a version or the end of a sentence; "1/2/" is nothing.
  if (year === undefined) return null;
  const fullYear = year.length === 2 ? `20${year}` : year;
  const swapped = sign === '/' && !dayFirst;
  return (
    (swapped ? isoDate(fullYear, first, second) : isoDate(fullYear, second, first)) ??
    (swapped ? isoDate(fullYear, second, first) : isoDate(fullYear, first, second))
  );
}

function monthOf(name: string | undefined): string {
  return String(MONTH_PATTERNS.findIndex((pattern) => pattern.test(name ?? '')) + 1);
}

/** Null for a day that no calendar has. */
function isoDate(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
): string | null {
  const [monthNumber, dayNumber] = [Number(month), Number(day)];
  // Leap years have every day that a year can have.
  const date = new Date(Date.UTC(year === undefined ? 2024 : Number(year), monthNumber - 1, dayNumber));
  if (monthNumber < 1 || date.getUTCMonth() !== monthNumber - 1 || date.getUTCDate() !== dayNumber)
    return null;
  const iso = date.toISOString();
  return year === undefined ? `-${iso.slice(4, 10)}` : iso.slice(0, 10);
}

function relativeDate(words: string, today: string | undefined): string {
  const base = today === undefined ? Number.NaN : Date.parse(`${today}T00:00:00Z`);
  if (Number.isNaN(base)) return words;
  const onDay = (days: number): string => new Date(base + days * DAY_MS).toISOString().slice(0, 10);
  const away = DAYS_AWAY[words];
  if (away !== undefined) return onDay(away);
  const weekday = WEEKDAYS.findIndex((name) => words.includes(name));
  const ahead = (weekday - new Date(base).getUTCDay() + 7) % 7;
  if (words.startsWith('last')) return onDay(ahead === 0 ? -7 : ahead - 7);
  return onDay(ahead === 0 && words.startsWith('next') ? 7 : ahead);
}
