import { OUT_OF_SCOPE, type OwnIntent, type OwnIntentModel } from './intents-types.ts';
import { lexicalFeatures } from './lexical-features.ts';
import { logOdds, scopeSignals } from './scope-signals.ts';

/** @param vector the embedder's unit vector of the text, from the embedder that the model names */
export function classifyOwnIntent(text: string, vector: Float32Array, model: OwnIntentModel): OwnIntent {
  const features = { vector, lexical: lexicalFeatures(text, model.rarity) };
  const { label, margin, scope } = scopeSignals(features, model);
  const inScope = logOdds(scope, model.scope);
  if (inScope < model.threshold)
    return { intent: OUT_OF_SCOPE, confidence: sigmoid(model.threshold - inScope) };
  return {
    intent: model.intents[label]!.name,
    confidence: sigmoid(logOdds([margin, inScope], model.confidence)),
  };
}

function sigmoid(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}
