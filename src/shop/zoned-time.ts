import { dateFormat } from '../text/intl-formats.ts';

/** Local dates and times of a time zone, by Intl alone: it knows when clocks change, here nobody does. */

const WALL_CLOCK = {
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
} as const;
const MINUTE = 60_000;
const DAY = 86_400_000;

export interface LocalTime {
  /** "2026-11-21" */
  date: string;
  /** Minutes since local midnight by the clock on the wall. */
  minutes: number;
}

export function localTime(at: Date, zone: string): LocalTime {
  const wall = wallClock(at.getTime(), zone);
  const date = dateOf(wall);
  return { date, minutes: Math.floor((wall - startOf(date)) / MINUTE) };
}

/**
 * The instant at which the clock on the wall shows this. A time that comes twice is the first one; one that
 * is skipped is as long after the change as it would have been after the hour before.
 * @param minutes since local midnight; 1440 and more are on the next day
 */
export function instantOf(date: string, minutes: number, zone: string): Date {
  const wall = startOf(date) + minutes * MINUTE;
  const [before, after] = [wall - DAY, wall + DAY].map((near) => wall - (wallClock(near, zone) - near));
  const shown = [before, after].filter((at) => at !== undefined && wallClock(at, zone) === wall) as number[];
  return new Date(shown.length > 0 ? Math.min(...shown) : (before ?? wall));
}

export function addDays(date: string, days: number): string {
  return dateOf(startOf(date) + days * DAY);
}

/** 0 is Sunday. */
export function weekdayOf(date: string): number {
  return new Date(startOf(date)).getUTCDay();
}

/** "2026-02-30" is none. */
export function isDate(date: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(startOf(date)) && dateOf(startOf(date)) === date;
}

const startOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const dateOf = (wall: number): string => new Date(wall).toISOString().slice(0, 10);

/** What the wall shows, in whole seconds, as if it were UTC. */
function wallClock(at: number, zone: string): number {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const { year, month, day, hour, minute, second } = parts;
  return Date.parse(`${year?.padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function formatOf(zone: string): Intl.DateTimeFormat {
  return dateFormat('en-GB-u-ca-iso8601', { ...WALL_CLOCK, timeZone: zone });
}
