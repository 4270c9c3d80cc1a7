import { expect, it } from 'vitest';
import { showBytes } from './show-bytes.ts';
import { showDuration } from './show-duration.ts';
import { showCount, showShare, showTime } from './show-time.ts';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_500, '1.5 kB'],
  [20_000_000, '20 MB'],
  [123_456_789, '123 MB'],
  [5e15, '5000 TB'],
])('%d bytes are %s', (bytes, text) => expect(showBytes(bytes)).toBe(text));

it.each([
  [0, '0 s'],
  [0.34, '0.3 s'],
  [59.6, '1 min'],
  [200, '3 min 20 s'],
  [7_500, '2 h 5 min'],
  [7_200, '2 h'],
  [357_000, '4 d 3 h'],
])('%d seconds are %s', (seconds, text) => expect(showDuration(seconds)).toBe(text));

it('counts, shares and times are shown, and what is not there is a dash', () => {
  expect(showCount(12_345)).toBe('12,345');
  expect(showShare(0.1234)).toBe('12.3 %');
  expect(showShare(null)).toBe('–');
  expect(showTime(null)).toBe('–');
  expect(showTime('2026-11-22T13:31:00Z')).toContain('2026');
});
