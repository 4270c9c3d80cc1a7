import { WEEKDAYS, zoneOf, type HoursProfile, type TimeSpan } from './hours-profile.ts';
import { spansOf } from './hours-table.ts';
import { addDays, instantOf, localTime, weekdayOf } from './zoned-time.ts';

export interface DayPlan {
  spans: TimeSpan[];
  /** Why the day is not like other days of its name, or null. */
  holiday: string | null;
}

interface Opening {
  opens: Date;
  closes: Date;
}

/** Days that are looked ahead: further than any summer break. */
const MOST_DAYS = 400;
/** Days of openings without a gap until it is "around the clock". */
const AROUND_THE_CLOCK = 8;

/** What the profile says of a local date. A special day for named channels comes before one for all. */
export function planOf(profile: HoursProfile, channel: string, date: string): DayPlan {
  const special = (profile.holidays ?? [])
    .filter((day) => day.date <= date && date <= (day.until ?? day.date))
    .filter(({ channels }) => channels?.includes(channel) ?? true)
    .sort((a, b) => Number(b.channels !== undefined) - Number(a.channels !== undefined))[0];
  if (special !== undefined) return { spans: spansOf(special.hours), holiday: special.name };
  const weekday = WEEKDAYS[weekdayOf(date)];
  const week = profile.hours?.[channel];
  return { spans: spansOf(weekday === undefined ? undefined : week?.[weekday]), holiday: null };
}

/** False for a channel that the profile does not have. */
export function isOpen(profile: HoursProfile, channel: string, at: Date): boolean {
  return closesAt(profile, channel, at) !== null;
}

/** When what is open now closes: null when it is closed, 'never' when it is open around the clock. */
export function closesAt(profile: HoursProfile, channel: string, at: Date): Date | 'never' | null {
  const today = localTime(at, zoneOf(profile)).date;
  let end: Date | null = null;
  for (let day = -1; day < AROUND_THE_CLOCK; day += 1) {
    const before: Date | null = end;
    for (const { opens, closes } of openingsOn(profile, channel, addDays(today, day))) {
      if (end === null ? opens <= at && at < closes : opens <= end && end < closes) end = closes;
    }
    if (day > 0 && end === before) return end;
  }
  return end === null ? null : 'never';
}

/** The next time after `at` that it opens; null when it does not within a year. */
export function nextOpening(profile: HoursProfile, channel: string, at: Date): Date | null {
  const today = localTime(at, zoneOf(profile)).date;
  for (let day = 0; day < MOST_DAYS; day += 1) {
    const next = openingsOn(profile, channel, addDays(today, day)).find(({ opens }) => opens > at);
    if (next !== undefined) return next.opens;
  }
  return null;
}

/** In order of time. */
export function openingsOn(profile: HoursProfile, channel: string, date: string): Opening[] {
  const zone = zoneOf(profile);
  return planOf(profile, channel, date)
    .spans.map(([from, to]) => {
      const [opens, closes] = [minutesOf(from), minutesOf(to)];
      const end = closes > opens ? closes : closes + 24 * 60;
      return { opens: instantOf(date, opens, zone), closes: instantOf(date, end, zone) };
    })
    .sort((a, b) => a.opens.getTime() - b.opens.getTime());
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
