import { expect, it } from 'vitest';
import { rangeOf } from './range-of.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const days = ({ from, to }: { from: string; to: string }) => (Date.parse(to) - Date.parse(from)) / 86_400_000;

it('reaches back so many days from now, and thirty where nothing sensible is asked', () => {
  expect(rangeOf({ days: '7' }, NOW, 'UTC')).toEqual({
    from: '2026-11-15T12:00:00.000Z',
    to: '2026-11-22T12:00:00.000Z',
    zone: 'UTC',
  });
  for (const query of [
    {},
    { days: '5000' },
    { from: '2026-11-09' },
    { from: '2026-11-09', to: '2026-11-01' },
  ])
    expect(days(rangeOf(query, NOW, 'UTC'))).toBe(30);
});

it('holds whole days, the last one included, in the zone that was chosen', () => {
  const range = rangeOf({ from: '2026-11-01', to: '2026-11-03', zone: 'Europe/Berlin' }, NOW, 'UTC');
  expect(days(range)).toBe(3);
  expect(range.zone).toBe('Europe/Berlin');
});
