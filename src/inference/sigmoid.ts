/** From a logit to a probability, 0…1. */
export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
