import { chooseThreshold } from './choose-threshold.ts';
import { crossValidate } from './cross-validate.ts';
import { fitLogistic } from './fit-logistic.ts';
import { INTENT_SETTINGS } from './intents-settings.ts';
import { OUT_OF_SCOPE, type IntentExample, type OwnIntentModel } from './intents-types.ts';
import { keepNeighbours } from './keep-neighbours.ts';
import { lexicalFeatures, rarityOf } from './lexical-features.ts';
import { logOdds } from './scope-signals.ts';
import { trainHyperplanes } from './train-hyperplanes.ts';

export interface EmbeddedExample extends IntentExample {
  /** The embedder's unit vector [dimensions]. */
  vector: Float32Array;
}

export interface FitOptions {
  /** Identity of the embedder that made the vectors. */
  embedder: string;
  oosFrom: OwnIntentModel['oosFrom'];
  signal?: AbortSignal | undefined;
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Hyperplanes from all examples; scope, confidence and threshold from a cross-validation among them.
 * @param examples some of each intent and some labelled `oos`
 * @throws cancelled
 */
export async function fitOwnIntents(
  examples: readonly EmbeddedExample[],
  { embedder, oosFrom, signal, onProgress }: FitOptions,
): Promise<OwnIntentModel> {
  const names = [...new Set(examples.map(({ label }) => label))]
    .filter((name) => name !== OUT_OF_SCOPE)
    .sort();
  const labels = new Map([...names, OUT_OF_SCOPE].map((name, place) => [name, place]));
  const classes = names.length + 1;
  const rarity = rarityOf(examples.map(({ text }) => text));
  const rows = examples.map(({ text, label, vector }) => ({
    features: { vector, lexical: lexicalFeatures(text, rarity) },
    label: labels.get(label)!,
  }));

  const total = classes * (INTENT_SETTINGS.folds + 1);
  let done = 0;
  const progress = { signal, onClass: () => onProgress?.((done += 1), total) };
  const validated = await crossValidate(rows, classes, progress);
  const inScope = rows.map(({ label }) => label < names.length);
  const right = rows.map(({ label }, place) => validated[place]!.label === label);
  const scope = fitLogistic(
    validated.map((signals) => signals.scope),
    inScope,
    true,
  );
  const texts = validated.map((signals, place) => ({
    scope: logOdds(signals.scope, scope),
    inScope: inScope[place]!,
    right: right[place]!,
  }));
  const limit = INTENT_SETTINGS[oosFrom === 'file' ? 'mostRejected' : 'mostRejectedWithoutOos'];
  const confidence = fitLogistic(
    validated.map(({ margin }, place) => [margin, texts[place]!.scope]),
    right,
    false,
  );
  return {
    embedder,
    trainedAt: new Date().toISOString(),
    intents: names.map((name) => ({ name, examples: examples.filter(({ label }) => label === name).length })),
    oosExamples: examples.filter(({ label }) => label === OUT_OF_SCOPE).length,
    oosFrom,
    ...chooseThreshold(texts, limit),
    scope,
    confidence,
    rarity,
    hyperplanes: await trainHyperplanes(rows, classes, progress),
    neighbours: keepNeighbours(rows, classes),
  };
}
