import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sayIn } from '../messages/say.ts';
import { closesAt, isOpen, nextOpening, planOf } from './business-hours.ts';
import { describeHours } from './describe-hours.ts';
import type { HoursProfile } from './hours-profile.ts';
import type { HoursQuestion } from './read-hours-question.ts';
import { instantOf, localTime } from './zoned-time.ts';

const demo = JSON.parse(readFileSync('data/shop/profile.json', 'utf8')) as HoursProfile;
const BERLIN = 'Europe/Berlin';
/** A place in Berlin that closes after midnight, or never. */
const bar: HoursProfile = {
  time_zone: BERLIN,
  hours: {
    bar: {
      sat: ['20:00', '04:00'],
      mon: [
        ['09:00', '12:00'],
        ['13:00', '24:00'],
      ],
    },
    lift: Object.fromEntries(
      ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'].map((day) => [day, ['00:00', '24:00']]),
    ),
    never: {},
  },
};
const at = (time: string): Date => new Date(time);
const open = (time: string, channel = 'store'): boolean => isOpen(demo, channel, at(time));

describe('being open', () => {
  it.each([
    ['2026-11-21T09:00:00+01:00', false],
    ['2026-11-21T09:59:59+01:00', false],
    ['2026-11-21T10:00:00+01:00', true],
    ['2026-11-21T16:59:59+01:00', true],
    ['2026-11-21T17:00:00+01:00', false],
    ['2026-11-22T12:00:00+01:00', false],
    ['2026-11-23T09:29:59+01:00', false],
    ['2026-11-23T09:30:00+01:00', true],
    ['2026-07-20T18:29:59+02:00', true],
    ['2026-07-20T18:30:00+02:00', false],
  ])('at %s is %j', (time, expected) => expect(open(time)).toBe(expected));

  it('follows the wall clock on both sides of a change of clocks', () => {
    // Monday after the clocks went forward, and after they went back.
    expect([open('2026-03-30T07:29:00Z'), open('2026-03-30T07:30:00Z')]).toEqual([false, true]);
    expect([open('2026-10-26T08:29:00Z'), open('2026-10-26T08:30:00Z')]).toEqual([false, true]);
  });

  it('lasts past midnight, an hour less or more in the nights of the changes', () => {
    const hours = (from: string): number =>
      (Number(closesAt(bar, 'bar', at(from))) - Number(at(from))) / 3_600_000;
    expect(hours('2026-11-21T20:00:00+01:00')).toBe(8);
    expect(hours('2026-03-28T20:00:00+01:00')).toBe(7);
    expect(hours('2026-10-24T20:00:00+02:00')).toBe(9);
    expect(isOpen(bar, 'bar', at('2026-11-22T03:59:00+01:00'))).toBe(true);
    expect(isOpen(bar, 'bar', at('2026-11-22T04:00:00+01:00'))).toBe(false);
  });

  it('has breaks, and may have no end or no beginning', () => {
    const noon = (time: string): boolean => isOpen(bar, 'bar', at(`2026-11-23T${time}:00+01:00`));
    expect([noon('11:59'), noon('12:00'), noon('12:59'), noon('13:00'), noon('23:59')]).toEqual([
      true,
      false,
      false,
      true,
      true,
    ]);
    expect(closesAt(bar, 'lift', at('2026-10-25T01:30:00Z'))).toBe('never');
    expect(nextOpening(bar, 'never', at('2026-11-23T12:00:00Z'))).toBeNull();
    expect(isOpen(bar, 'no such channel', at('2026-11-23T12:00:00Z'))).toBe(false);
    expect(isOpen({}, 'store', at('2026-11-23T12:00:00Z'))).toBe(false);
  });

  it('obeys holidays: for all channels, for one, with hours of their own, over several days', () => {
    expect(open('2026-12-25T12:00:00+01:00')).toBe(false);
    expect(open('2026-12-24T12:59:00+01:00')).toBe(true);
    expect(open('2026-12-24T13:00:00+01:00')).toBe(false);
    expect(open('2026-12-24T14:00:00+01:00', 'phone')).toBe(true);
    expect(open('2026-11-08T13:00:00+01:00')).toBe(true);
    expect(open('2026-10-02T12:00:00+02:00')).toBe(false);
    expect(open('2026-10-02T12:00:00+02:00', 'workshop')).toBe(true);
    expect(open('2026-08-15T11:00:00+02:00', 'workshop')).toBe(false);
    expect(planOf(demo, 'workshop', '2026-08-04')).toEqual({ spans: [], holiday: 'summer break' });
  });

  it.each([
    ['2026-11-21T09:00:00+01:00', '2026-11-21T10:00:00+01:00'],
    ['2026-11-21T18:00:00+01:00', '2026-11-23T09:30:00+01:00'],
    ['2026-12-24T13:00:00+01:00', '2026-12-28T09:30:00+01:00'],
    ['2026-10-24T17:00:00+02:00', '2026-10-26T09:30:00+01:00'],
    ['2026-03-28T17:00:00+01:00', '2026-03-30T09:30:00+02:00'],
  ])('after %s comes again at %s', (from, next) => {
    expect(nextOpening(demo, 'store', at(from))).toEqual(at(next));
  });
});

describe('the time of a zone', () => {
  it('is there and back, in zones of every kind', () => {
    const wrong: string[] = [];
    for (const zone of [
      BERLIN,
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Pacific/Kiritimati',
      'UTC',
    ]) {
      for (let hour = 0; hour < 400 * 24; hour += 17) {
        const instant = new Date(Date.UTC(2026, 0, 1) + hour * 3_600_000);
        const shown = localTime(instant, zone);
        const back = instantOf(shown.date, shown.minutes, zone);
        const again = localTime(back, zone);
        // Of a time that comes twice the first is taken.
        const late = instant.getTime() - back.getTime();
        if (
          ![0, 1_800_000, 3_600_000].includes(late) ||
          again.date !== shown.date ||
          again.minutes !== shown.minutes
        )
          wrong.push(`${zone} ${instant.toISOString()}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('that is skipped comes as late as it would have, and that comes twice is the first', () => {
    expect(instantOf('2026-03-29', 150, BERLIN)).toEqual(at('2026-03-29T01:30:00Z'));
    expect(instantOf('2026-10-25', 150, BERLIN)).toEqual(at('2026-10-25T00:30:00Z'));
    expect(instantOf('2026-12-31', 1440, BERLIN)).toEqual(at('2026-12-31T23:00:00Z'));
  });
});

describe('hours in words', () => {
  const say = (time: string, question: Partial<HoursQuestion> = {}, profile = demo): string | null =>
    describeHours(profile, { channel: null, about: 'now', dates: [], ...question }, at(time), sayIn('en'));
  const onDay = (...dates: string[]): Partial<HoursQuestion> => ({ about: 'day', dates });

  it.each<[string, Partial<HoursQuestion>, string]>([
    ['2026-11-20T12:00:00+01:00', {}, 'The store is open until 18:30 today.'],
    ['2026-11-21T18:00:00+01:00', {}, 'The store is closed now. It opens again on Monday at 9:30.'],
    ['2026-11-22T12:00:00+01:00', {}, 'The store is closed now. It opens again tomorrow at 9:30.'],
    ['2026-11-23T08:00:00+01:00', {}, 'The store is closed now. It opens again today at 9:30.'],
    ['2026-11-23T08:00:00+01:00', { channel: 'chat' }, 'The chat is open until 20:00 today.'],
    [
      '2026-11-22T08:00:00+01:00',
      { channel: 'phone' },
      'The phone line is closed now. It opens again tomorrow at 9:00.',
    ],
    ['2026-12-24T12:00:00+01:00', {}, 'The store is open until 13:00 today (Christmas Eve).'],
    [
      '2026-12-24T15:00:00+01:00',
      {},
      'The store is closed now (Christmas Eve). It opens again on Monday at 9:30.',
    ],
    [
      '2026-12-25T15:00:00+01:00',
      {},
      'The store is closed today (Christmas Day). It opens again on Monday at 9:30.',
    ],
    [
      '2026-08-03T12:00:00+02:00',
      { channel: 'workshop' },
      'The workshop is closed today (summer break). It opens again on Tuesday, 18 August at 10:00.',
    ],
    ['2026-11-21T08:00:00+01:00', onDay('2026-11-21'), 'The store is open today, from 10:00 to 17:00.'],
    ['2026-11-21T12:00:00+01:00', onDay('2026-11-21'), 'The store is open until 17:00 today.'],
    [
      '2026-11-21T17:00:00+01:00',
      onDay('2026-11-21'),
      'The store closed at 17:00 today. It opens again on Monday at 9:30.',
    ],
    [
      '2026-11-22T17:00:00+01:00',
      onDay('2026-11-22'),
      'The store is closed today. It opens again tomorrow at 9:30.',
    ],
    [
      '2026-11-01T12:00:00+01:00',
      onDay('2026-11-08'),
      'The store is open on Sunday, 8 November, from 13:00 to 18:00 (Moor Market).',
    ],
    [
      '2026-11-21T12:00:00+01:00',
      onDay('2026-12-25'),
      'The store is closed on Friday, 25 December (Christmas Day). It opens again on Monday, 28 December at 9:30.',
    ],
    [
      '2026-11-21T12:00:00+01:00',
      onDay('2026-10-02'),
      'The store was closed on Friday, 2 October (stocktaking).',
    ],
    [
      '2026-11-21T12:00:00+01:00',
      onDay('2026-11-21', '2026-11-22'),
      'The store is open until 17:00 today. The store is closed on Sunday, 22 November. It opens again on Monday at 9:30.',
    ],
    [
      '2026-11-21T12:00:00+01:00',
      { about: 'week' },
      'The store is open Monday to Friday from 9:30 to 18:30 and Saturday from 10:00 to 17:00. It is closed on Sunday.',
    ],
    [
      '2026-11-21T12:00:00+01:00',
      { about: 'week', channel: 'workshop' },
      'The workshop is open Tuesday to Friday from 10:00 to 18:00 and Saturday from 10:00 to 14:00. It is closed on Monday and Sunday.',
    ],
  ])('at %s, asked %j: %s', (time, question, sentence) => expect(say(time, question)).toBe(sentence));

  it.each<[string, Partial<HoursQuestion>, string]>([
    ['2026-11-21T21:00:00+01:00', { channel: 'bar' }, 'The bar is open until 4:00 tomorrow.'],
    ['2026-11-22T03:00:00+01:00', { channel: 'bar' }, 'The bar is open until 4:00 today.'],
    [
      '2026-11-23T12:30:00+01:00',
      { channel: 'bar' },
      'The bar is closed now. It opens again today at 13:00.',
    ],
    [
      '2026-11-23T12:30:00+01:00',
      { channel: 'bar', ...onDay('2026-11-30') },
      'The bar is open on Monday, 30 November, from 9:00 to 12:00 and from 13:00 to 24:00.',
    ],
    ['2026-11-23T12:30:00+01:00', { channel: 'lift' }, 'The lift is open around the clock.'],
    ['2026-11-23T12:30:00+01:00', { channel: 'never' }, 'The never is closed now.'],
    ['2026-11-23T12:30:00+01:00', { channel: 'never', about: 'week' }, 'The never has no regular hours.'],
  ])('at %s, asked %j of another profile: %s', (time, question, sentence) =>
    expect(say(time, question, bar)).toBe(sentence),
  );

  it('are not made up for a channel that has none', () => {
    expect(say('2026-11-23T12:30:00+01:00', { channel: 'moon base' })).toBeNull();
    expect(say('2026-11-23T12:30:00+01:00', {}, {})).toBeNull();
  });
});
