import { expect, it } from 'vitest';
import { interleave } from './interleave.ts';

it('takes the first of each list, then the second, and nothing twice', () => {
  expect(interleave([[1, 2, 3], [2, 4], []], (item) => item)).toEqual([1, 2, 4, 3]);
  expect(interleave([], (item) => item)).toEqual([]);
});
