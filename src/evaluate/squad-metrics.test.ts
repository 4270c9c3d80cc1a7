import { describe, expect, it } from 'vitest';
import { bestOf, containsAnswer, exactMatch, normalizeAnswer, tokenF1 } from './squad-metrics.ts';

describe('normalizeAnswer', () => {
  it('drops case, punctuation, articles and extra white space, as SQuAD does', () => {
    expect(normalizeAnswer('  The  Cat, a DOG -- and an "owl"! ')).toBe('cat dog and owl');
    expect(normalizeAnswer('€4.90')).toBe('€490');
    expect(normalizeAnswer('theatre, anaemia')).toBe('theatre anaemia');
  });
});

describe('exactMatch and tokenF1', () => {
  it('match after normalisation', () => {
    expect(exactMatch('The 60 days.', '60 Days')).toBe(true);
    expect(exactMatch('60 days or so', '60 days')).toBe(false);
  });

  it('count each common word once: 2 of 4 said, 2 of 3 wanted → 4/7', () => {
    expect(tokenF1('within 60 60 days', '60 days please')).toBeCloseTo(4 / 7);
    expect(tokenF1('nothing alike', '60 days')).toBe(0);
    expect(tokenF1('', '')).toBe(1);
    expect(tokenF1('the', '60 days')).toBe(0);
  });

  it('take the best gold answer', () => {
    expect(bestOf(['x', '60 days'], (gold) => tokenF1('60 days', gold))).toBe(1);
    expect(bestOf([], () => 1)).toBe(0);
  });
});

describe('containsAnswer', () => {
  it('finds the gold answer in the first 400 characters only', () => {
    expect(containsAnswer('You can return shoes within 60 days.', '60 days')).toBe(true);
    expect(containsAnswer(`${'word '.repeat(80)}60 days`, '60 days')).toBe(false);
  });

  it('takes numbers as wholes, words as they come', () => {
    expect(containsAnswer('It costs 15 or 50 euros and some more words here.', '5')).toBe(false);
    expect(containsAnswer('It costs €4.90 for every parcel that we send.', '4.90')).toBe(true);
    expect(containsAnswer('Allow two business days for that, please, from us.', 'business day')).toBe(true);
  });

  it('accepts other words from F1 0.5 on: 2 common of 3 and 3 → 2/3; of 5 and 4 → 4/9', () => {
    expect(containsAnswer('days are 60', '60 days long')).toBe(true);
    expect(containsAnswer('days there will be 60', '60 days long wait')).toBe(false);
    expect(containsAnswer('', '60 days')).toBe(false);
    expect(containsAnswer('anything', 'the')).toBe(false);
  });
});
