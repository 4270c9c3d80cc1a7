import { expect, it } from 'vitest';
import { rateDifference } from './rate-difference.ts';

const of = (share: number) => ({ share, low: 0, high: 1 });
const row = (rate: number, answered: number, handed: number, wrong: number) => ({
  ...{
    most_wrong_answers: rate,
    answered: of(answered),
    handed_over_or_declined: of(handed),
    wrong: of(wrong),
  },
  ...{ answered_with_caveat: null, promised: null },
});
const ROWS = [row(0, 0.8, 0.2, 0.041), row(0.02, 0.72, 0.28, 0.018), row(0.03, 0.8, 0.2, 0.03)];

it('tells in points of percent what another rate would change', () => {
  expect(rateDifference(ROWS, 0, 0.02)).toEqual({ answered: '−8', handed: '+8', wrong: '−2.3' });
  expect(rateDifference(ROWS, 0, 0.03)).toMatchObject({ answered: '±0', handed: '±0' });
});

it('tells nothing of the rate that holds, or of one that was not measured', () => {
  expect(rateDifference(ROWS, 0.02, 0.02)).toBeNull();
  expect(rateDifference(ROWS, 0.07, 0.02)).toBeNull();
});
