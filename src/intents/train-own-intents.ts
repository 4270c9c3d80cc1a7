import type { Embedder } from '../inference/contracts.ts';
import { BACKGROUND_UTTERANCES } from './background-utterances.ts';
import { fitOwnIntents, type EmbeddedExample } from './fit-own-intents.ts';
import { OUT_OF_SCOPE, type IntentExample, type OwnIntentModel } from './intents-types.ts';

export interface TrainTools {
  embedder: Embedder;
  signal?: AbortSignal | undefined;
  onProgress?: ((message: string, done: number, total: number) => void) | undefined;
}

/** Texts embedded between two looks at the signal and two lines of progress. 8…512. */
const SLICE_TEXTS = 64;

/** From checked examples to a model. @throws cancelled, and what the models throw */
export async function trainOwnIntents(
  examples: readonly IntentExample[],
  { embedder, signal, onProgress }: TrainTools,
): Promise<OwnIntentModel> {
  const oosFrom = examples.some(({ label }) => label === OUT_OF_SCOPE) ? 'file' : 'builtin';
  const background = oosFrom === 'file' ? [] : BACKGROUND_UTTERANCES;
  const all = [...examples, ...background.map((text) => ({ text, label: OUT_OF_SCOPE }))];
  const embedded: EmbeddedExample[] = [];
  for (let at = 0; at < all.length; at += SLICE_TEXTS) {
    const slice = all.slice(at, at + SLICE_TEXTS);
    const texts = slice.map(({ text }) => text);
    const vectors = await embedder.embed(texts, { priority: 'ingest', ...(signal && { signal }) });
    slice.forEach((example, place) => embedded.push({ ...example, vector: vectors[place]! }));
    onProgress?.('Reading the examples', embedded.length, all.length);
  }
  return fitOwnIntents(embedded, {
    embedder: embedder.identity,
    oosFrom,
    signal,
    onProgress: (done, total) => onProgress?.('Fitting the intents', done, total),
  });
}
