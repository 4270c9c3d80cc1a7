import { throwIfCancelled } from '../errors.ts';
import { INTENT_SETTINGS } from './intents-settings.ts';
import { keepNeighbours } from './keep-neighbours.ts';
import { seededRandom, shuffle } from './random.ts';
import { scopeSignals, type ScopeSignals } from './scope-signals.ts';
import { trainHyperplanes, type LabelledRow } from './train-hyperplanes.ts';

export interface ValidationOptions {
  signal?: AbortSignal | undefined;
  /** After each class of each part. */
  onClass?: (() => void) | undefined;
}

/** The signals of every row, given by a classifier that was trained without it. @throws cancelled */
export async function crossValidate(
  rows: readonly LabelledRow[],
  classes: number,
  { signal, onClass }: ValidationOptions,
): Promise<ScopeSignals[]> {
  const { folds } = INTENT_SETTINGS;
  const foldOf = assignFolds(rows, classes, folds);
  const signals = new Array<ScopeSignals>(rows.length);
  for (let fold = 0; fold < folds; fold += 1) {
    const rest = rows.filter((_, place) => foldOf[place] !== fold);
    const hyperplanes = await trainHyperplanes(rest, classes, { signal, onClass });
    const reference = { hyperplanes, neighbours: keepNeighbours(rest, classes) };
    rows.forEach(({ features }, place) => {
      if (foldOf[place] !== fold) return;
      throwIfCancelled(signal);
      signals[place] = scopeSignals(features, reference);
    });
  }
  return signals;
}

/** Each class is spread over the parts evenly. */
function assignFolds(rows: readonly LabelledRow[], classes: number, folds: number): number[] {
  const random = seededRandom(2);
  const foldOf = new Array<number>(rows.length).fill(0);
  for (let label = 0; label < classes; label += 1) {
    const places = rows.flatMap((row, place) => (row.label === label ? [place] : []));
    shuffle(places, random);
    places.forEach((place, at) => (foldOf[place] = at % folds));
  }
  return foldOf;
}
