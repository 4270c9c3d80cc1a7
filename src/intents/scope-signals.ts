import { INTENT_SETTINGS } from './intents-settings.ts';
import type { Hyperplanes, LogisticLine, TextFeatures } from './intents-types.ts';
import { scoreClasses } from './train-hyperplanes.ts';
import { nearness } from './vectors.ts';

/** What tells whether a text belongs to any intent, and whether the chosen one is right. */
export interface ScopeSignals {
  /** The best intent, `oos` left out. */
  label: number;
  /** Its score less the second best one's. */
  margin: number;
  /** Best score, score of `oos`, nearness to the chosen intent's examples, nearness to those out of scope. */
  scope: number[];
}

export interface Reference {
  hyperplanes: Hyperplanes;
  /** A matrix a class, out of scope last. */
  neighbours: readonly Float32Array[];
}

export function scopeSignals(features: TextFeatures, { hyperplanes, neighbours }: Reference): ScopeSignals {
  const scores = scoreClasses(features, hyperplanes);
  const outOfScope = scores.length - 1;
  let [label, second] = [0, -1];
  for (let at = 1; at < outOfScope; at += 1) {
    if (scores[at]! > scores[label]!) [label, second] = [at, label];
    else if (second < 0 || scores[at]! > scores[second]!) second = at;
  }
  const { ownNeighbours, foreignNeighbours } = INTENT_SETTINGS;
  return {
    label,
    margin: scores[label]! - (second < 0 ? -1 : scores[second]!),
    scope: [
      scores[label]!,
      scores[outOfScope]!,
      nearness(features.vector, neighbours[label]!, ownNeighbours),
      nearness(features.vector, neighbours[outOfScope]!, foreignNeighbours),
    ],
  };
}

export function logOdds(signals: readonly number[], { weights, bias }: LogisticLine): number {
  return weights.reduce((sum, weight, at) => sum + weight * signals[at]!, bias);
}
