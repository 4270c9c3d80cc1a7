import { expect, it } from 'vitest';
import { scanExactly } from './exact-scan.ts';

it('finds the nearest, best first', () => {
  const matrix = {
    dimensions: 2,
    ids: [10, 11, 12, 13],
    values: Float32Array.from([1, 0, 0, 1, 0.8, 0.6, -1, 0]),
  };
  expect(scanExactly(matrix, Float32Array.from([1, 0]), 3)).toEqual([10, 12, 11]);
  expect(scanExactly(matrix, Float32Array.from([0, 1]), 9)).toEqual([11, 12, 10, 13]);
});
