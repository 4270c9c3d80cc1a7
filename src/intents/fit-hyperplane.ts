import { INTENT_SETTINGS } from './intents-settings.ts';
import type { TextFeatures } from './intents-types.ts';
import { shuffle, type Random } from './random.ts';
import { dot } from './vectors.ts';

/** Weights of one class while it is fitted. */
export interface Plane {
  /** [dimensions + 1], the bias last. */
  dense: Float32Array;
  /** [lexicalBuckets] */
  lexical: Float32Array;
}

/** Which side a row belongs to. */
export interface SidedRow {
  features: TextFeatures;
  side: 1 | -1;
}

/** The signed distance of a text from the plane, in units of the margin. */
export function scoreOf({ vector, lexical }: TextFeatures, plane: Plane): number {
  const bias = plane.dense[vector.length]!;
  const { places, values } = lexical;
  const weights = plane.lexical;
  let sum = 0;
  for (let at = 0; at < places.length; at += 1) sum += weights[places[at]!]! * values[at]!;
  return bias + sum + dot(vector, plane.dense);
}

/**
 * A support-vector machine with squared hinge loss, by dual coordinate descent (Hsieh et al. 2008). Only rows
 * near the plane keep a weight, so most steps are one product.
 * @param plane zeros; filled in place
 */
export function fitHyperplane(rows: readonly SidedRow[], plane: Plane, random: Random): void {
  const { cost, rounds, tolerance } = INTENT_SETTINGS;
  const diagonal = 0.5 / cost;
  const alphas = new Float64Array(rows.length);
  const lengths = Float64Array.from(rows, ({ features }) => squaredLength(features) + diagonal);
  let active = rows.map((_, place) => place);
  for (let round = 0; round < rounds; round += 1) {
    shuffle(active, random);
    let [highest, lowest] = [-Infinity, Infinity];
    const kept: number[] = [];
    for (const place of active) {
      const { features, side } = rows[place]!;
      const alpha = alphas[place]!;
      const gradient = side * scoreOf(features, plane) - 1 + diagonal * alpha;
      // Far on the right side and without weight: left alone until the last round.
      if (alpha === 0 && gradient > 0) {
        if (gradient < 0.5) kept.push(place);
        continue;
      }
      kept.push(place);
      highest = Math.max(highest, gradient);
      lowest = Math.min(lowest, gradient);
      const next = Math.max(alpha - gradient / lengths[place]!, 0);
      alphas[place] = next;
      move(features, plane, side * (next - alpha));
    }
    const done = highest - lowest < tolerance;
    if (done && kept.length === rows.length) return;
    // Every fourth round looks at all rows again, and so does the one that seems to be the last.
    active = done || round % 4 === 3 ? rows.map((_, place) => place) : kept;
    if (done && round % 4 === 3) return;
  }
}

function squaredLength({ vector, lexical }: TextFeatures): number {
  return 1 + dot(vector, vector) + dot(lexical.values, lexical.values);
}

function move({ vector, lexical }: TextFeatures, plane: Plane, step: number): void {
  if (step === 0) return;
  const { dense } = plane;
  const dimensions = vector.length;
  for (let at = 0; at < dimensions; at += 1) dense[at]! += step * vector[at]!;
  dense[dimensions]! += step;
  const { places, values } = lexical;
  for (let at = 0; at < places.length; at += 1) plane.lexical[places[at]!]! += step * values[at]!;
}
