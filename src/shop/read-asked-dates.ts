import type { HoursProfile } from './hours-profile.ts';
import { addDays, isDate, weekdayOf } from './zoned-time.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = `(${MONTHS.join('|')})[a-z]*\\.?`;
const DAY_OF_MONTH = '(\\d{1,2})(?:st|nd|rd|th|\\.)?';
const YEAR = '(?:,?\\s+(\\d{4}))?';
const DAY_FIRST = new RegExp(`\\b${DAY_OF_MONTH}\\s+(?:of\\s+)?${MONTH}${YEAR}\\b`, 'g');
const MONTH_FIRST = new RegExp(`\\b${MONTH}\\s+(?:the\\s+)?${DAY_OF_MONTH}${YEAR}\\b`, 'g');
const ISO = /\b(\d{4})-(\d{2})-(\d{2})\b/g;
const WITH_POINTS = /\b(\d{1,2})\.(\d{1,2})\.(\d{4})?/g;
const DAY_ALONE = new RegExp(`\\bon the (\\d{1,2})(?:st|nd|rd|th)\\b(?!\\s+(?:of\\s+)?${MONTH})`, 'g');
const WEEKDAY =
  /\b(next\s+)?(sun(?:day)?|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?)s?\b/g;
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const SATURDAY = 6;

/** Days that people name, as month and day; the profile's own names come first. */
const NAMED: readonly [RegExp, readonly string[]][] = [
  [/\bchristmas eve\b/, ['12-24']],
  [/\bchristmas day\b/, ['12-25']],
  [/\bboxing day\b/, ['12-26']],
  [/\bnew year'?s eve\b/, ['12-31']],
  [/\bnew year(?:'?s)?(?: day)?\b/, ['01-01']],
  [/\b(?:christmas|xmas)\b/, ['12-24', '12-25', '12-26']],
];
const MOST_DATES = 3;

/**
 * The local dates that a question names, the first three in order of time; [] when it names none.
 * @param text in lower case, "tomorrow" spelt so
 * @param today local date; a day without a year is the next one from here on
 */
export function readAskedDates(text: string, today: string, profile: HoursProfile): string[] {
  const ways = [readDates, readNamedDays, readWeekend, readWeekdays, readNearDays];
  const found = ways.map((way) => way(text, today, profile)).find((dates) => dates.length > 0) ?? [];
  return [...new Set(found)].sort().slice(0, MOST_DATES);
}

function readDates(text: string, today: string): string[] {
  const found: (string | null)[] = [];
  const add = (year: string | undefined, month: number, day: string | undefined): void =>
    void found.push(dateFrom(year, month, Number(day), today));
  for (const [, year, month, day] of text.matchAll(ISO)) add(year, Number(month), day);
  for (const [, day, month, year] of text.matchAll(DAY_FIRST)) add(year, monthOf(month), day);
  for (const [, month, day, year] of text.matchAll(MONTH_FIRST)) add(year, monthOf(month), day);
  for (const [, day, month, year] of text.matchAll(WITH_POINTS)) add(year, Number(month), day);
  for (const [, day] of text.matchAll(DAY_ALONE)) found.push(nextDayOfMonth(Number(day), today));
  return found.filter((date) => date !== null);
}

const monthOf = (name = ''): number => MONTHS.indexOf(name) + 1;
const two = (number: number): string => String(number).padStart(2, '0');

function dateFrom(year: string | undefined, month: number, day: number, today: string): string | null {
  const years = year === undefined ? [0, 1, 2, 3, 4].map((more) => Number(today.slice(0, 4)) + more) : [year];
  const dates = years.map((one) => `${one}-${two(month)}-${two(day)}`).filter(isDate);
  return dates.find((date) => year !== undefined || date >= today) ?? null;
}

function nextDayOfMonth(day: number, today: string): string | null {
  for (let ahead = 0; ahead < 62; ahead += 1) {
    const date = addDays(today, ahead);
    if (Number(date.slice(8)) === day) return date;
  }
  return null;
}

function readNamedDays(text: string, today: string, { holidays = [] }: HoursProfile): string[] {
  const coming = holidays
    .filter((day) => (day.until ?? day.date) >= today)
    .sort((a, b) => (a.date < b.date ? -1 : 1));
  const own = coming.find(({ name }) => text.includes(name.toLowerCase()));
  if (own !== undefined) return [own.date < today ? today : own.date];
  const days = NAMED.find(([pattern]) => pattern.test(text))?.[1] ?? [];
  const dates = days.map((day) => dateFrom(undefined, Number(day.slice(0, 2)), Number(day.slice(3)), today));
  if (dates.length > 0) return dates.filter((date) => date !== null);
  if (!/\beaster\b/.test(text)) return [];
  const easter = coming
    .filter(({ name }) => /\beaster\b|\bgood friday\b/i.test(name))
    .map(({ date }) => date);
  return easter.filter((date) => date < addDays(easter[0] ?? today, 7));
}

function readWeekend(text: string, today: string): string[] {
  if (!/\bweek-?ends?\b/.test(text)) return [];
  if (weekdayOf(today) === 0) return [today];
  const saturday = nextWeekday(SATURDAY, today);
  return [saturday, addDays(saturday, 1)];
}

function readWeekdays(text: string, today: string): string[] {
  return [...text.matchAll(WEEKDAY)].map(([, next, name = '']) => {
    const weekday = WEEKDAYS.indexOf(name.slice(0, 3));
    return nextWeekday(weekday, next === undefined ? today : addDays(today, 1));
  });
}

function nextWeekday(weekday: number, from: string): string {
  return addDays(from, (weekday - weekdayOf(from) + 7) % 7);
}

function readNearDays(text: string, today: string): string[] {
  if (/\b(?:day after tomorrow|overmorrow)\b/.test(text)) return [addDays(today, 2)];
  const found: string[] = [];
  if (/\b(?:today|tonight|this (?:morning|afternoon|evening))\b/.test(text)) found.push(today);
  if (/\btomorrow\b/.test(text)) found.push(addDays(today, 1));
  return found;
}
