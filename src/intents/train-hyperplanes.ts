import { setImmediate } from 'node:timers/promises';
import { throwIfCancelled } from '../errors.ts';
import { fitHyperplane, scoreOf, type Plane, type SidedRow } from './fit-hyperplane.ts';
import { INTENT_SETTINGS } from './intents-settings.ts';
import type { Hyperplanes, TextFeatures } from './intents-types.ts';
import { seededRandom, shuffle, type Random } from './random.ts';
import { dot, meanVector } from './vectors.ts';

/** A text with its class; class number `classes - 1` is out of scope. */
export interface LabelledRow {
  features: TextFeatures;
  label: number;
}

/** One hyperplane a class. @throws cancelled between two classes */
export async function trainHyperplanes(
  rows: readonly LabelledRow[],
  classes: number,
  { signal, onClass }: { signal?: AbortSignal | undefined; onClass?: (() => void) | undefined } = {},
): Promise<Hyperplanes> {
  const { lexicalBuckets } = INTENT_SETTINGS;
  const random = seededRandom(1);
  const width = rows[0]!.features.vector.length + 1;
  const planes: Hyperplanes = {
    dense: new Float32Array(classes * width),
    lexical: new Float32Array(classes * lexicalBuckets),
  };
  const byClass = Array.from({ length: classes }, (): TextFeatures[] => []);
  for (const { features, label } of rows) byClass[label]!.push(features);
  const nearest = nearestClasses(byClass);
  for (let label = 0; label < classes; label += 1) {
    throwIfCancelled(signal);
    fitHyperplane(sidedRows(label, byClass, nearest[label]!, random), planeOf(planes, label, width), random);
    onClass?.();
    // Lets the heartbeat, Ctrl-C and the progress line through.
    await setImmediate();
  }
  return planes;
}

/** The score of every class. */
export function scoreClasses(features: TextFeatures, planes: Hyperplanes): Float64Array {
  const width = features.vector.length + 1;
  return Float64Array.from({ length: planes.dense.length / width }, (_, label) =>
    scoreOf(features, planeOf(planes, label, width)),
  );
}

function planeOf({ dense, lexical }: Hyperplanes, label: number, width: number): Plane {
  const { lexicalBuckets } = INTENT_SETTINGS;
  return {
    dense: dense.subarray(label * width, (label + 1) * width),
    lexical: lexical.subarray(label * lexicalBuckets, (label + 1) * lexicalBuckets),
  };
}

/** For each class the others, nearest centre first. */
function nearestClasses(byClass: readonly (readonly TextFeatures[])[]): number[][] {
  const centres = byClass.map((texts) => meanVector(texts.map(({ vector }) => vector)));
  return centres.map((centre, label) => {
    const closeness = centres.map((other) => dot(centre, other));
    return closeness
      .map((_, other) => other)
      .filter((other) => other !== label)
      .sort((left, right) => closeness[right]! - closeness[left]!);
  });
}

/**
 * All examples of the class and of its nearest ones, some of the rest: what is far away is on the right side
 * of the plane anyway, and a class costs as much in a hundred as in twenty.
 */
function sidedRows(
  label: number,
  byClass: readonly (readonly TextFeatures[])[],
  order: readonly number[],
  random: Random,
): SidedRow[] {
  const { nearestIntents, farExamples } = INTENT_SETTINGS;
  const outOfScope = byClass.length - 1;
  // Out of scope lies between all intents: it sees all, and all see it.
  const near = label === outOfScope ? order : order.slice(0, nearestIntents);
  const others = new Set(near).add(outOfScope);
  others.delete(label);
  const far = order.filter((other) => !others.has(other)).flatMap((other) => [...byClass[other]!]);
  shuffle(far, random);
  const sided = (side: 1 | -1) => (features: TextFeatures) => ({ features, side });
  return [
    ...byClass[label]!.map(sided(1)),
    ...[...others].flatMap((other) => byClass[other]!.map(sided(-1))),
    ...far.slice(0, farExamples).map(sided(-1)),
  ];
}
