import { expect, it } from 'vitest';
import { quantile, spreadOf } from './measure.ts';

it('gives the spread of runs: odd and even counts', () => {
  expect(spreadOf([3, 1, 2])).toEqual({ min: 1, median: 2, max: 3 });
  expect(spreadOf([4, 1, 2, 3])).toEqual({ min: 1, median: 2.5, max: 4 });
  expect(spreadOf([7])).toEqual({ min: 7, median: 7, max: 7 });
});

it('takes quantiles by nearest rank', () => {
  const values = Array.from({ length: 20 }, (_, index) => 20 - index);
  expect(quantile(values, 0.5)).toBe(10);
  expect(quantile(values, 0.95)).toBe(19);
});
