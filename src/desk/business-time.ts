import { openingsOn } from '../shop/business-hours.ts';
import { channelsOf, zoneOf, type HoursProfile } from '../shop/hours-profile.ts';
import { addDays, localTime } from '../shop/zoned-time.ts';

/** Days looked ahead; a shop that opens on none of them has no business hours to reckon in. */
const MOST_DAYS = 400;
const MINUTE = 60_000;

/** The hours that the desk works in: those of the chat, else of the phone, else of whatever there is; null: always. */
export function deskChannel(profile: HoursProfile): string | null {
  const channels = channelsOf(profile);
  return ['desk', 'chat', 'phone'].find((one) => channels.includes(one)) ?? channels[0] ?? null;
}

/**
 * The moment at which so many minutes of business hours have gone by. Spans are instants, so that an hour that
 * the clocks skip or repeat counts as what it is.
 */
export function addBusinessMinutes(profile: HoursProfile, from: Date, minutes: number): Date {
  let left = minutes * MINUTE;
  for (const { start, end } of spansFrom(profile, from)) {
    if (left <= end - start) return new Date(start + left);
    left -= end - start;
  }
  return new Date(from.getTime() + minutes * MINUTE);
}

/** Minutes of business hours between two moments; 0 when the second is not later. */
export function businessMinutesBetween(profile: HoursProfile, from: Date, to: Date): number {
  if (to <= from) return 0;
  let sum = 0;
  let any = false;
  for (const { start, end } of spansFrom(profile, from)) {
    any = true;
    if (start >= to.getTime()) break;
    sum += Math.min(end, to.getTime()) - start;
  }
  return (any ? sum : to.getTime() - from.getTime()) / MINUTE;
}

/** Openings from a moment on, cut at it and at each other, as milliseconds since 1970. */
function* spansFrom(profile: HoursProfile, from: Date): Generator<{ start: number; end: number }> {
  const channel = deskChannel(profile);
  if (channel === null) return;
  const today = localTime(from, zoneOf(profile)).date;
  let reached = from.getTime();
  // From yesterday on: a night shift may have begun there.
  for (let day = -1; day < MOST_DAYS; day += 1) {
    for (const { opens, closes } of openingsOn(profile, channel, addDays(today, day))) {
      const start = Math.max(opens.getTime(), reached);
      const end = closes.getTime();
      if (end <= start) continue;
      yield { start, end };
      reached = end;
    }
  }
}
