import type { LogisticLine } from './intents-types.ts';

const STEPS = 400;
/** Pull towards zero of the standardised weights: a few dozen rows must not make them run away. */
const RIDGE = 0.01;

/**
 * Logistic regression by gradient descent on standardised signals.
 * @param balanced both outcomes weigh the same in all, however rare one is
 */
export function fitLogistic(
  rows: readonly (readonly number[])[],
  outcomes: readonly boolean[],
  balanced: boolean,
): LogisticLine {
  const width = rows[0]!.length;
  const places = Array.from({ length: width }, (_, at) => at);
  const means = places.map((at) => rows.reduce((sum, row) => sum + row[at]!, 0) / rows.length);
  const spreads = places.map(
    (at) => Math.sqrt(rows.reduce((sum, row) => sum + (row[at]! - means[at]!) ** 2, 0) / rows.length) || 1,
  );
  const scaled = rows.map((row) => places.map((at) => (row[at]! - means[at]!) / spreads[at]!));
  const yes = outcomes.filter(Boolean).length;
  const [weightYes, weightNo] = balanced
    ? [0.5 / Math.max(yes, 1), 0.5 / Math.max(rows.length - yes, 1)]
    : [1 / rows.length, 1 / rows.length];

  const weights = places.map(() => 0);
  let bias = 0;
  for (let step = 0; step < STEPS; step += 1) {
    const slopes = weights.map((weight) => RIDGE * weight);
    let biasSlope = 0;
    scaled.forEach((row, place) => {
      const odds = row.reduce((sum, value, at) => sum + value * weights[at]!, bias);
      const error = 1 / (1 + Math.exp(-odds)) - Number(outcomes[place]);
      const pull = error * (outcomes[place] ? weightYes : weightNo);
      biasSlope += pull;
      row.forEach((value, at) => (slopes[at]! += pull * value));
    });
    bias -= biasSlope;
    slopes.forEach((slope, at) => (weights[at]! -= slope));
  }
  const unscaled = weights.map((weight, at) => weight / spreads[at]!);
  return {
    weights: unscaled,
    bias: unscaled.reduce((sum, weight, at) => sum - weight * means[at]!, bias),
  };
}
