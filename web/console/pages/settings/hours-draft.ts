import type { HoursTable } from '../../../../src/shop/hours-table.ts';

/** Hours as they are typed: a day is a text such as "08:00-12:00, 13:00-20:00". */
export interface HoursDraft {
  zone: string;
  channels: { name: string; days: Record<Weekday, string> }[];
  holidays: HolidayDraft[];
}
export interface HolidayDraft {
  date: string;
  until: string;
  name: string;
  /** Names with commas between them; '' for all. */
  channels: string;
  /** As a day; '' for closed. */
  hours: string;
}

/** From Monday on. */
export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
type Weekday = (typeof DAYS)[number];

/** As the server shows it: every day is a list of spans. */
export interface HoursShown {
  time_zone: string;
  hours: Record<string, Record<string, string[][]>>;
  holidays: { date: string; until?: string; name: string; channels?: string[]; hours?: string[][] }[];
}

export function draftOf({ time_zone: zone, hours, holidays }: HoursShown): HoursDraft {
  return {
    zone,
    channels: Object.entries(hours).map(([name, week]) => ({
      name,
      days: Object.fromEntries(DAYS.map((day) => [day, showSpans(week[day])])) as Record<Weekday, string>,
    })),
    holidays: holidays.map(({ date, until = '', name, channels = [], hours: open }) => ({
      date,
      until,
      name,
      channels: channels.join(', '),
      hours: showSpans(open),
    })),
  };
}

/** What is typed as the server takes it; what cannot be read is sent as it is, and refused there in words. */
export function tableOf({ zone, channels, holidays }: HoursDraft): HoursTable {
  const table = {
    time_zone: zone.trim(),
    hours: Object.fromEntries(
      channels.map(({ name, days }) => [
        name.trim(),
        Object.fromEntries(DAYS.filter((day) => days[day].trim()).map((day) => [day, readSpans(days[day])])),
      ]),
    ),
    holidays: holidays.map(({ date, until, name, channels: only, hours }) => ({
      date,
      name: name.trim(),
      ...(until !== '' && { until }),
      ...(only.trim() !== '' && { channels: listOf(only) }),
      ...(hours.trim() !== '' && { hours: readSpans(hours) }),
    })),
  };
  return table as HoursTable;
}

/** "8-12, 13:00–20:00" → [["08:00", "12:00"], ["13:00", "20:00"]]; a text that is none, as it is. */
export function readSpans(text: string): string[][] | string {
  const spans = listOf(text).map((part) =>
    /^(\d{1,2})(?::?(\d{2}))?\s*[-–]\s*(\d{1,2})(?::?(\d{2}))?$/.exec(part),
  );
  if (spans.some((span) => span === null)) return text.trim();
  return spans.map((span) => {
    const [, hour = '', minute = '00', toHour = '', toMinute = '00'] = span ?? [];
    return [`${hour.padStart(2, '0')}:${minute}`, `${toHour.padStart(2, '0')}:${toMinute}`];
  });
}

export function showSpans(spans: readonly (readonly string[])[] = []): string {
  return spans.map((span) => span.join('–')).join(', ');
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}
