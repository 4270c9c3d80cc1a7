/** The cosine of unit vectors. */
export function dot(left: Float32Array, right: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < left.length; at += 1) sum += left[at]! * right[at]!;
  return sum;
}

/** The mean, scaled to length one; zeros of no vector. */
export function meanVector(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors) for (let at = 0; at < sum.length; at += 1) sum[at]! += vector[at]!;
  const length = Math.sqrt(dot(sum, sum)) || 1;
  return sum.map((value) => value / length);
}

/**
 * The mean cosine of the `count` nearest of `kept` [n × dimensions]; 0 of none.
 */
export function nearness(vector: Float32Array, kept: Float32Array, count: number): number {
  const dimensions = vector.length;
  const best: number[] = [];
  for (let row = 0; row < kept.length; row += dimensions) {
    let sum = 0;
    for (let at = 0; at < dimensions; at += 1) sum += vector[at]! * kept[row + at]!;
    if (best.length === count && sum <= best[count - 1]!) continue;
    let place = best.length;
    while (place > 0 && best[place - 1]! < sum) place -= 1;
    best.splice(place, 0, sum);
    best.length = Math.min(best.length, count);
  }
  return best.length === 0 ? 0 : best.reduce((total, value) => total + value, 0) / best.length;
}
