import { expect, it } from 'vitest';
import { absentShare } from './absent-share.ts';

it('is the share of stems that a text does not hold, one typing error forgiven', () => {
  expect(absentShare([], 'Anything.')).toBe(0);
  expect(absentShare(['sale', 'item'], 'Goods can be returned.')).toBe(1);
  expect(absentShare(['sale', 'item'], 'Items can be returned.')).toBe(0.5);
  expect(absentShare(['swtzrland'], 'To Switzerland it takes 5 days.')).toBe(1);
  expect(absentShare(['switzerlnd'], 'To Switzerland it takes 5 days.')).toBe(0);
});
