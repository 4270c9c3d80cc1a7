import { expect, it } from 'vitest';
import { dateFormat, listFormat, numberFormat } from './intl-formats.ts';

const AT = new Date('2026-11-23T22:30:00Z');

it('makes each format once, by language and options', () => {
  const berlin = { weekday: 'long', timeZone: 'Europe/Berlin' } as const;
  expect(dateFormat('en-GB', berlin)).toBe(dateFormat('en-GB', { ...berlin }));
  expect(dateFormat('en-GB', berlin).format(AT)).toBe('Monday');
  expect(dateFormat('de', berlin).format(AT)).toBe('Montag');
  expect(dateFormat('en-GB', { ...berlin, timeZone: 'Asia/Tokyo' }).format(AT)).toBe('Tuesday');
  expect(listFormat('en', { type: 'disjunction' }).format(['a', 'b'])).toBe('a or b');
  expect(listFormat('en', { type: 'conjunction' }).format(['a', 'b'])).toBe('a and b');
  expect(numberFormat('en', { style: 'currency', currency: 'JPY' }).format(5)).toBe('¥5');
});

it('keeps nothing of what is no format, and forgets the oldest of very many', () => {
  expect(() => dateFormat('en', { timeZone: 'Nowhere/Here' })).toThrow(RangeError);
  const first = numberFormat('en', { minimumFractionDigits: 0, maximumFractionDigits: 7 });
  for (let code = 0; code < 300; code += 1) {
    const letters = String.fromCharCode(65 + (code % 26), 65 + Math.floor(code / 26));
    numberFormat('en', { style: 'currency', currency: `Q${letters}` });
  }
  const again = numberFormat('en', { minimumFractionDigits: 0, maximumFractionDigits: 7 });
  expect(again).not.toBe(first);
  expect(again.format(1.5)).toBe(first.format(1.5));
});
