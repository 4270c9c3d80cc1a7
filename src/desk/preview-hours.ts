import { closesAt, isOpen, nextOpening, planOf } from '../shop/business-hours.ts';
import { channelsOf, zoneOf, type HoursProfile, type TimeSpan } from '../shop/hours-profile.ts';
import { addDays, localTime } from '../shop/zoned-time.ts';
import { availabilityAt } from './availability.ts';
import { deskChannel } from './business-time.ts';

/** Days that are shown, the day of the moment among them. */
const DAYS = 14;

export interface HoursPreview {
  /** ISO 8601, UTC. */
  at: string;
  time_zone: string;
  /** The day and the time by the clock on the wall there: "2026-11-23", "04:05". */
  local_date: string;
  local_time: string;
  /** Whose hours the desk works in; null: somebody is taken to be there always. */
  desk_channel: string | null;
  desk_open: boolean;
  /** What a customer would be told at that moment, in English. */
  text: string;
  channels: {
    name: string;
    open: boolean;
    /** Null while it is closed, and when it never closes. */
    closes_at: string | null;
    /** Null when it does not open again within a year. */
    opens_at: string | null;
  }[];
  days: { date: string; channels: { name: string; spans: TimeSpan[]; holiday: string | null }[] }[];
}

/** What hours come to, before they hold: who is there at a moment, when next, and the two weeks from then. */
export function previewHours(profile: HoursProfile, at: Date): HoursPreview {
  const { date, minutes } = localTime(at, zoneOf(profile));
  const names = channelsOf(profile);
  const { open, text } = availabilityAt(profile, at);
  return {
    at: at.toISOString(),
    time_zone: zoneOf(profile),
    local_date: date,
    local_time: [Math.floor(minutes / 60), minutes % 60]
      .map((part) => String(part).padStart(2, '0'))
      .join(':'),
    desk_channel: deskChannel(profile),
    desk_open: open,
    text,
    channels: names.map((name) => {
      const closes = closesAt(profile, name, at);
      return {
        name,
        open: isOpen(profile, name, at),
        closes_at: closes instanceof Date ? closes.toISOString() : null,
        opens_at: nextOpening(profile, name, at)?.toISOString() ?? null,
      };
    }),
    days: Array.from({ length: DAYS }, (_, index) => {
      const day = addDays(date, index);
      return { date: day, channels: names.map((name) => ({ name, ...planOf(profile, name, day) })) };
    }),
  };
}
