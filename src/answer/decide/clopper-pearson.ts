/** Steps of a bisection: 2^-50 is below what doubles tell apart here. */
const STEPS = 50;

/** Probability of at most `count` successes in `trials` of probability `rate`; sums logarithms, so large counts hold. */
export function binomialAtMost(count: number, trials: number, rate: number): number {
  if (count >= trials || rate <= 0) return 1;
  if (rate >= 1 || count < 0) return 0;
  let term = trials * Math.log1p(-rate);
  let sum = Math.exp(term);
  for (let index = 1; index <= count; index++) {
    term += Math.log((trials - index + 1) / index) + Math.log(rate) - Math.log1p(-rate);
    sum += Math.exp(term);
  }
  return Math.min(1, sum);
}

/**
 * The exact upper bound of a rate: no larger one would give so few successes with probability `level` or more
 * (Clopper and Pearson 1934, one-sided).
 * @param level 0…1, the chance that the true rate lies above
 */
export function upperBound(count: number, trials: number, level: number): number {
  if (count >= trials) return 1;
  let [low, high] = [count / trials, 1];
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    if (binomialAtMost(count, trials, middle) > level) low = middle;
    else high = middle;
  }
  return high;
}

/** The exact two-sided interval of a rate (Clopper and Pearson 1934); null of no trials. */
export function rateInterval(count: number, trials: number, level = 0.05): [number, number] | null {
  if (trials === 0) return null;
  return [1 - upperBound(trials - count, trials, level / 2), upperBound(count, trials, level / 2)];
}
