/**
 * The product over the length of `left`; of unit vectors the cosine. Four sums at once: one alone waits for each
 * addition, which takes three times as long.
 * @param from where in `right` it begins
 */
export function dot(left: Float32Array, right: Float32Array, from = 0): number {
  const whole = left.length - (left.length % 4);
  let [first, second, third, fourth] = [0, 0, 0, 0];
  let at = 0;
  for (; at < whole; at += 4) {
    first += left[at]! * right[from + at]!;
    second += left[at + 1]! * right[from + at + 1]!;
    third += left[at + 2]! * right[from + at + 2]!;
    fourth += left[at + 3]! * right[from + at + 3]!;
  }
  for (; at < left.length; at += 1) first += left[at]! * right[from + at]!;
  return first + second + third + fourth;
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
    const sum = dot(vector, kept, row);
    if (best.length === count && sum <= best[count - 1]!) continue;
    let place = best.length;
    while (place > 0 && best[place - 1]! < sum) place -= 1;
    best.splice(place, 0, sum);
    best.length = Math.min(best.length, count);
  }
  return best.length === 0 ? 0 : best.reduce((total, value) => total + value, 0) / best.length;
}
