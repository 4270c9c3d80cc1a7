/** Upper bounds of the histograms' buckets. */

/** Seconds: a stored answer takes 2 ms, a generated one on a busy machine 20 s. */
export const SECONDS_BUCKETS = [
  0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 0.7, 1, 2, 5, 10, 20, 60,
] as const;

/** Probabilities in tenths, finer at the top, where the thresholds lie. */
export const CONFIDENCE_BUCKETS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1] as const;

/** Tokens a second: a small model on a shared core makes 2, on a fast processor 300. */
export const RATE_BUCKETS = [1, 2, 5, 10, 20, 40, 60, 80, 100, 150, 200, 300, 500] as const;
