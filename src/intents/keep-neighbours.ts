import { INTENT_SETTINGS } from './intents-settings.ts';
import { seededRandom, shuffle } from './random.ts';
import type { LabelledRow } from './train-hyperplanes.ts';

/** For each class up to `keptExamples` vectors to compare with, [kept × dimensions]. */
export function keepNeighbours(rows: readonly LabelledRow[], classes: number): Float32Array[] {
  const random = seededRandom(3);
  const byClass = Array.from({ length: classes }, (): Float32Array[] => []);
  for (const { features, label } of rows) byClass[label]!.push(features.vector);
  return byClass.map((vectors) => {
    shuffle(vectors, random);
    const kept = vectors.slice(0, INTENT_SETTINGS.keptExamples);
    const dimensions = kept[0]?.length ?? 0;
    const matrix = new Float32Array(kept.length * dimensions);
    kept.forEach((vector, place) => matrix.set(vector, place * dimensions));
    return matrix;
  });
}
