import { expect, it } from 'vitest';
import { macroF1 } from './intent-metrics.ts';

it('averages the F1 of the expected labels', () => {
  const predictions = [
    { expected: 'a', found: 'a' },
    { expected: 'a', found: 'b' },
    { expected: 'b', found: 'b' },
    { expected: 'oos', found: 'c' },
  ];
  // a: precision 1, recall 1/2; b: precision 1/2, recall 1; oos: nothing found.
  expect(macroF1(predictions)).toBeCloseTo((2 / 3 + 2 / 3 + 0) / 3);
  expect(macroF1([])).toBeNull();
});
