/** Log odds of a probability, clipped to ±6, beyond which the reader's probabilities are noise. */
export function logOdds(probability: number): number {
  const odds = Math.log(probability / (1 - probability));
  return Math.min(6, Math.max(-6, odds));
}
