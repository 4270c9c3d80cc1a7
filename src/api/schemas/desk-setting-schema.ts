import { Type } from '@sinclair/typebox';
import { orNull } from './desk-schema.ts';

/** Tables of the desk that the owner sets: hours, due times, rules; and what each comes to. */

const TIME = Type.String({ description: 'ISO 8601, UTC' });
const SPANS = Type.Array(Type.Array(Type.String()), {
  description: 'of one day, as [["09:00", "12:00"], ["13:00", "24:00"]]; empty when it is closed',
});

export const HOURS_SHOWN = Type.Object({
  time_zone: Type.String(),
  hours: Type.Record(Type.String(), Type.Record(Type.String(), SPANS), {
    description: 'a week for each channel; days that are left out are closed',
  }),
  holidays: Type.Array(
    Type.Object({
      date: Type.String(),
      until: Type.Optional(Type.String()),
      name: Type.String(),
      channels: Type.Optional(Type.Array(Type.String())),
      hours: Type.Optional(SPANS),
    }),
  ),
});

export const HOURS_PREVIEW = Type.Object({
  at: TIME,
  time_zone: Type.String(),
  local_date: Type.String({ description: 'by the clock on the wall of that zone' }),
  local_time: Type.String(),
  desk_channel: orNull(
    Type.String({ description: 'whose hours the desk works in; null: somebody is taken to be there always' }),
  ),
  desk_open: Type.Boolean(),
  text: Type.String({ description: 'what a customer would be told then, in English' }),
  channels: Type.Array(
    Type.Object({
      name: Type.String(),
      open: Type.Boolean(),
      closes_at: orNull(TIME),
      opens_at: orNull(TIME),
    }),
  ),
  days: Type.Array(
    Type.Object({
      date: Type.String(),
      channels: Type.Array(
        Type.Object({ name: Type.String(), spans: SPANS, holiday: orNull(Type.String()) }),
      ),
    }),
    { description: 'two weeks from the day of that moment on' },
  ),
});

/** A moment to try, within this century. */
export const MOMENT = Type.Optional(
  Type.String({
    pattern:
      '^20\\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d+)?)?(Z|[+-]\\d{2}:\\d{2})$',
    description: 'a moment as "2026-12-24T15:00:00Z"; now when left out',
  }),
);
