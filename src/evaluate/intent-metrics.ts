import { mean } from './percentiles.ts';

export interface Prediction {
  expected: string;
  found: string;
}

/** F1 of each expected label, averaged; null of no prediction. */
export function macroF1(predictions: readonly Prediction[]): number | null {
  const labels = [...new Set(predictions.map(({ expected }) => expected))];
  return mean(
    labels.map((label) => {
      const expected = predictions.filter((one) => one.expected === label);
      const found = predictions.filter((one) => one.found === label);
      const right = expected.filter((one) => one.found === label).length;
      return (2 * right) / (expected.length + found.length);
    }),
  );
}
