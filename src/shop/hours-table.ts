import { Type, type Static } from '@sinclair/typebox';
import {
  channelsOf,
  checkZone,
  HOURS_FIELDS,
  WEEKDAYS,
  type DaySpans,
  type HoursProfile,
  type TimeSpan,
} from './hours-profile.ts';
import { isDate } from './zoned-time.ts';

/** Opening hours and holidays by themselves, as the console sets them. */
export const HOURS_TABLE = Type.Object(HOURS_FIELDS, {
  additionalProperties: false,
  description: 'an object with time_zone, hours and holidays',
});
export type HoursTable = Static<typeof HOURS_TABLE>;

const LIMITS = { channels: 20, channelCharacters: 40, holidays: 500, spansOfDay: 10 } as const;

/** Always a list, which is empty when it is closed. */
export function spansOf(hours: DaySpans | undefined): TimeSpan[] {
  if (hours === undefined) return [];
  return isOneSpan(hours) ? [hours] : hours;
}

function isOneSpan(hours: DaySpans): hours is TimeSpan {
  return typeof hours[0] === 'string';
}

/** The part of a profile that says when it is open; null when it says nothing of it. */
export function hoursOf({ time_zone, hours, holidays }: HoursProfile): HoursTable | null {
  if (time_zone === undefined && hours === undefined && holidays === undefined) return null;
  return {
    ...(time_zone !== undefined && { time_zone }),
    ...(hours !== undefined && { hours }),
    ...(holidays !== undefined && { holidays }),
  };
}

/** What is wrong in a table whose shape is right, in words that say what to do; null when nothing is. */
export function hoursFault(table: HoursTable): string | null {
  return zoneFault(table) ?? channelFault(table) ?? weekFault(table) ?? holidayFault(table);
}

function zoneFault(table: HoursTable): string | null {
  try {
    checkZone(table);
    return null;
  } catch {
    return `time_zone "${table.time_zone}" is not known: give an IANA name such as "Europe/Berlin" or "UTC"`;
  }
}

function channelFault(table: HoursTable): string | null {
  const channels = channelsOf(table);
  if (channels.length > LIMITS.channels)
    return `hours has ${channels.length} channels: ${LIMITS.channels} are taken at most`;
  const odd = channels.find(
    (name) => name.trim() !== name || name === '' || name.length > LIMITS.channelCharacters,
  );
  return odd === undefined
    ? null
    : `the channel "${odd.slice(0, 60)}" needs a name of 1 to ${LIMITS.channelCharacters} characters without spaces around it`;
}

function weekFault({ hours = {} }: HoursTable): string | null {
  for (const [channel, week] of Object.entries(hours))
    for (const day of WEEKDAYS) {
      const fault = dayFault(spansOf(week[day]));
      if (fault !== null) return `hours.${channel}.${day} ${fault}`;
    }
  return null;
}

function holidayFault(table: HoursTable): string | null {
  const { holidays = [] } = table;
  const channels = channelsOf(table);
  if (holidays.length > LIMITS.holidays)
    return `holidays has ${holidays.length} days: ${LIMITS.holidays} are taken at most; remove those that are past`;
  for (const [index, { date, until = date, name, channels: only = [], hours }] of holidays.entries()) {
    const place = `holidays.${index} ("${name.slice(0, 60)}")`;
    const odd = [date, until].find((day) => !isDate(day));
    if (odd !== undefined) return `${place}: there is no day ${odd}; give one that the calendar has`;
    if (until < date) return `${place}: until ${until} is before ${date}; give the last day, or leave it out`;
    const unknown = only.find((channel) => !channels.includes(channel));
    if (unknown !== undefined)
      return `${place}: there is no channel "${unknown}"; there are ${channels.join(', ') || 'none'}`;
    const fault = dayFault(spansOf(hours));
    if (fault !== null) return `${place}.hours ${fault}`;
  }
  return null;
}

/** Spans of one day must not lie over each other: due times would count an hour twice. */
function dayFault(spans: readonly TimeSpan[]): string | null {
  if (spans.length > LIMITS.spansOfDay)
    return `has ${spans.length} spans: ${LIMITS.spansOfDay} are taken at most`;
  const inOrder = spans.toSorted(([one], [other]) => one.localeCompare(other));
  for (const [index, [from, to]] of inOrder.entries()) {
    const next = inOrder[index + 1];
    const pastMidnight = to <= from;
    if (next && (pastMidnight || next[0] < to))
      return `has ${from} to ${to} and ${next.join(' to ')}, which overlap: make one span of them, or move one`;
  }
  return null;
}
