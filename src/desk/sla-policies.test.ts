import { describe, expect, it } from 'vitest';
import type { HoursProfile } from '../shop/hours-profile.ts';
import { addBusinessMinutes, businessMinutesBetween } from './business-time.ts';
import { dueTimes, SLA_POLICIES } from './sla-policies.ts';

const NINE_TO_FIVE: [string, string] = ['09:00', '17:00'];
const WEEK = {
  mon: NINE_TO_FIVE,
  tue: NINE_TO_FIVE,
  wed: NINE_TO_FIVE,
  thu: NINE_TO_FIVE,
  fri: NINE_TO_FIVE,
};
const BERLIN: HoursProfile = {
  time_zone: 'Europe/Berlin',
  hours: { chat: WEEK },
  holidays: [{ date: '2026-12-25', name: 'Christmas Day' }],
};
const after = (profile: HoursProfile, from: string, minutes: number): string =>
  addBusinessMinutes(profile, new Date(from), minutes).toISOString();

describe('business time', () => {
  it('goes over a weekend', () => {
    // Friday 16:00 in Berlin: one hour is left, the other three are Monday's.
    expect(after(BERLIN, '2026-11-20T15:00:00Z', 240)).toBe('2026-11-23T11:00:00.000Z');
    expect(after(BERLIN, '2026-11-21T12:00:00Z', 60)).toBe('2026-11-23T09:00:00.000Z');
  });

  it('goes over a holiday and the weekend after it', () => {
    // Thursday 24 December 16:30; Friday is a holiday.
    expect(after(BERLIN, '2026-12-24T15:30:00Z', 60)).toBe('2026-12-28T08:30:00.000Z');
  });

  it('keeps to the clock on the wall when the clocks change', () => {
    // Friday 23 October 16:00 summer time (14:00Z); Monday 9:00 is winter time (8:00Z).
    expect(after(BERLIN, '2026-10-23T14:00:00Z', 120)).toBe('2026-10-26T09:00:00.000Z');
    // Friday 27 March 16:00 winter time (15:00Z); Monday 9:00 is summer time (7:00Z).
    expect(after(BERLIN, '2026-03-27T15:00:00Z', 120)).toBe('2026-03-30T08:00:00.000Z');
  });

  it('counts the hour that is skipped or repeated as what it is', () => {
    const always: HoursProfile = {
      time_zone: 'Europe/Berlin',
      hours: { chat: Object.fromEntries(['sat', 'sun', 'mon'].map((day) => [day, ['00:00', '24:00']])) },
    };
    expect(
      businessMinutesBetween(always, new Date('2026-03-28T23:00:00Z'), new Date('2026-03-29T22:00:00Z')),
    ).toBe(23 * 60);
    expect(
      businessMinutesBetween(always, new Date('2026-10-24T22:00:00Z'), new Date('2026-10-25T23:00:00Z')),
    ).toBe(25 * 60);
  });

  it('knows zones of half an hour, night shifts and shops without hours', () => {
    const india = { time_zone: 'Asia/Kolkata', hours: { phone: WEEK } };
    expect(after(india, '2026-11-20T11:00:00Z', 60)).toBe('2026-11-23T04:00:00.000Z');
    const night: HoursProfile = { time_zone: 'UTC', hours: { chat: { fri: ['22:00', '06:00'] } } };
    expect(after(night, '2026-11-21T05:00:00Z', 90)).toBe('2026-11-27T22:30:00.000Z');
    expect(after({}, '2026-11-21T12:00:00Z', 90)).toBe('2026-11-21T13:30:00.000Z');
    expect(after({ hours: { chat: {} } }, '2026-11-21T12:00:00Z', 90)).toBe('2026-11-21T13:30:00.000Z');
  });

  it('is the inverse of itself', () => {
    for (let hour = 0; hour < 24 * 20; hour += 7) {
      const from = new Date(Date.parse('2026-10-15T00:30:00Z') + hour * 3_600_000);
      for (const minutes of [1, 59, 480, 1000]) {
        const to = addBusinessMinutes(BERLIN, from, minutes);
        expect(businessMinutesBetween(BERLIN, from, to)).toBeCloseTo(minutes, 6);
      }
    }
  });
});

it('gives due times by priority, the sooner the more urgent, and warns before', () => {
  const from = new Date('2026-11-20T15:00:00Z');
  const due = (['urgent', 'high', 'normal', 'low'] as const).map((priority) =>
    dueTimes(priority, from, { policies: SLA_POLICIES, profile: BERLIN }),
  );
  const firsts = due.map(({ firstResponseDue }) => firstResponseDue!);
  expect([...firsts].sort()).toEqual(firsts);
  for (const { firstResponseDue, firstResponseWarnAt, resolutionDue, resolutionWarnAt } of due) {
    expect(firstResponseWarnAt! < firstResponseDue!).toBe(true);
    expect(resolutionWarnAt! < resolutionDue!).toBe(true);
    expect(firstResponseDue! < resolutionDue!).toBe(true);
  }
  expect(due[0]).toMatchObject({
    firstResponseDue: '2026-11-20T15:30:00.000Z',
    resolutionDue: '2026-11-23T11:00:00.000Z',
  });
});
