import { Type, type Static, type TObject } from '@sinclair/typebox';

/** When each channel of the business (store, phone …) is open: part of profile.json. */

export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

const Opens = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' });
const Closes = Type.String({ pattern: '^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$' });
/** From, to; when `to` is not later, it is on the next day. */
const Span = Type.Tuple([Opens, Closes]);
/** One span, or several with breaks between them; [] for closed. */
const DayHours = Type.Union([Span, Type.Array(Span)], {
  description:
    'one span as ["09:00", "17:30"], several as [["09:00", "12:00"], ["13:00", "24:00"]], or [] for closed',
});
const Week = Type.Object(
  {
    sun: Type.Optional(DayHours),
    mon: Type.Optional(DayHours),
    tue: Type.Optional(DayHours),
    wed: Type.Optional(DayHours),
    thu: Type.Optional(DayHours),
    fri: Type.Optional(DayHours),
    sat: Type.Optional(DayHours),
  },
  {
    additionalProperties: false,
    description: 'a week as {"mon": ["09:00", "17:30"], "tue": []}; days that are left out are closed',
  },
);
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'a day as "2026-12-24"' });

const Holiday = Type.Object(
  {
    date: Day,
    /** Last day, where there are several. */
    until: Type.Optional(Day),
    name: Type.String({ minLength: 1, description: 'what the day is called, as "Christmas Eve"' }),
    /** All when left out. */
    channels: Type.Optional(
      Type.Array(Type.String(), { description: 'names of channels, as ["chat"]; all when left out' }),
    ),
    /** Closed when left out. */
    hours: Type.Optional(DayHours),
  },
  { additionalProperties: false, description: 'a day as {"date": "2026-12-25", "name": "Christmas Day"}' },
);

/** Fields of the profile, all optional; a time zone is an IANA name such as "Europe/Berlin". */
export const HOURS_FIELDS = {
  time_zone: Type.Optional(
    Type.String({ minLength: 1, description: 'a time zone by its IANA name, as "Europe/Berlin"' }),
  ),
  hours: Type.Optional(
    Type.Record(Type.String(), Week, {
      description: 'a week for each channel, as {"chat": {"mon": ["08:00", "20:00"]}}',
    }),
  ),
  holidays: Type.Optional(
    Type.Array(Holiday, { description: 'days that are not like others of their name, as a list' }),
  ),
};

export type HoursProfile = Static<TObject<typeof HOURS_FIELDS>>;
export type TimeSpan = Static<typeof Span>;
export type DaySpans = Static<typeof DayHours>;

export function channelsOf({ hours }: HoursProfile): string[] {
  return Object.keys(hours ?? {});
}

export function zoneOf({ time_zone: zone }: HoursProfile): string {
  return zone ?? 'UTC';
}

/** @throws RangeError when the time zone is none */
export function checkZone(profile: HoursProfile): void {
  new Intl.DateTimeFormat('en', { timeZone: zoneOf(profile) });
}
