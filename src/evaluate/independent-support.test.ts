import { describe, expect, it } from 'vitest';
import { independentSupport, longestCommonSubsequence } from './independent-support.ts';

const text =
  'We ship from Bremen. Parcels cost €4.90 within Germany. They take two to 3 days. Returns are free for 60 days. Call us.';
const quote = 'Parcels cost €4.90 within Germany.';
const cited = [{ text, start: text.indexOf(quote), end: text.indexOf(quote) + quote.length }];

describe('longestCommonSubsequence', () => {
  it('keeps the order: a c d of a b c d and c a c d', () => {
    expect(longestCommonSubsequence(['a', 'b', 'c', 'd'], ['c', 'a', 'c', 'd'])).toBe(3);
    expect(longestCommonSubsequence([], ['a'])).toBe(0);
  });
});

describe('independentSupport', () => {
  it('holds the quote itself and its neighbours', () => {
    expect(independentSupport(quote, cited)).toEqual({ supported: true, precision: 1, missing: [] });
    expect(independentSupport('We ship from Bremen.', cited).supported).toBe(true);
    expect(independentSupport('They take two to 3 days.', cited).supported).toBe(true);
  });

  it('does not look further than one sentence', () => {
    expect(independentSupport('Returns are free for 60 days.', cited).supported).toBe(false);
  });

  it('wants every number: 4 and 90 stand there, 5 does not', () => {
    expect(independentSupport('Parcels cost €5.90 within Germany.', cited)).toMatchObject({
      supported: false,
      missing: ['5'],
    });
  });

  it('wants seven of ten words in order: 5 of 7 hold, 3 of 5 do not', () => {
    expect(independentSupport('So parcels cost 4.90 within Austria', cited).precision).toBeCloseTo(5 / 7);
    expect(independentSupport('So parcels cost 4.90 within Austria', cited).supported).toBe(true);
    expect(independentSupport('Parcels cost nothing within Austria', cited)).toMatchObject({
      supported: false,
      precision: 3 / 5,
    });
  });

  it('holds nothing without a citation', () => {
    expect(independentSupport(quote, [])).toEqual({ supported: false, precision: 0, missing: [] });
  });
});
