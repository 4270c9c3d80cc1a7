import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wakeTime } from './snooze-options.ts';

const zone = process.env['TZ'];

describe.each([
  ['Europe/Berlin', '2026-10-24T20:00:00+02:00', '2026-10-25T09:00:00+01:00', '2026-10-26T09:00:00+01:00'],
  ['Europe/Berlin', '2027-03-27T10:00:00+01:00', '2027-03-28T09:00:00+02:00', '2027-03-29T09:00:00+02:00'],
  ['Asia/Kolkata', '2026-11-23T08:00:00+05:30', '2026-11-24T09:00:00+05:30', '2026-11-30T09:00:00+05:30'],
])('in %s from %s', (name, now, tomorrow, monday) => {
  beforeEach(() => {
    process.env['TZ'] = name;
  });
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  it('wakes at nine of that place', () => {
    expect(wakeTime('tomorrow', new Date(now))).toEqual(new Date(tomorrow));
    expect(wakeTime('next_week', new Date(now))).toEqual(new Date(monday));
  });
});

it('counts hours as they pass, and waits for the next reply without a time', () => {
  const now = new Date('2026-11-22T10:00:00Z');
  expect(wakeTime('one_hour', now)).toEqual(new Date('2026-11-22T11:00:00Z'));
  expect(wakeTime('three_hours', now)).toEqual(new Date('2026-11-22T13:00:00Z'));
  expect(wakeTime('next_reply', now)).toBeNull();
});
