import { expect, it } from 'vitest';
import { relativeTime, shortSpan } from './time.ts';

it('says a span in its largest unit', () => {
  const minutes = (count: number): number => count * 60_000;
  expect([0.5, 5, 60, 60 * 23, 60 * 24 * 13, 60 * 24 * 21].map((count) => shortSpan(minutes(count)))).toEqual(
    ['now', '5m', '1h', '23h', '13d', '3w'],
  );
});

it('tells what is to come from what was', () => {
  const now = Date.parse('2026-11-22T10:00:00Z');
  expect(relativeTime('2026-11-22T12:00:00Z', now)).toBe('in 2h');
  expect(relativeTime('2026-11-22T08:00:00Z', now)).toBe('2h');
  expect(relativeTime('2026-11-22T10:00:20Z', now)).toBe('now');
});
