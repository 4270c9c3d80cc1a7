import { createHash } from 'node:crypto';
import type { Confidence, ConfidenceModel } from '../confidence.ts';
import { leastSample, selectiveThreshold, type LabelledConfidence } from './selective-threshold.ts';

/** How often the owner lets answers be wrong. */
export interface ErrorRates {
  /** Most wrong ones among answers given without a caveat, 0…1; 0 takes the thresholds that were fitted. */
  mostWrong: number;
  /** Other rates for some intents. */
  byIntent: Readonly<Record<string, number>>;
  /** Answers that are less sure are given with a caveat; false: they are not given. */
  caveats: boolean;
}

export interface Thresholds {
  decline: number;
  caveat: number;
}

/** Above every confidence: nothing passes. */
export const NEVER = 1.01;

/** The thresholds of one rate; with `mostWrong` 0 the fitted ones. */
export function thresholdsAt(
  sample: readonly LabelledConfidence[],
  fitted: Thresholds,
  { mostWrong, caveats }: Pick<ErrorRates, 'mostWrong' | 'caveats'>,
): Thresholds {
  const caveat =
    mostWrong === 0 ? fitted.caveat : (selectiveThreshold(sample, mostWrong)?.threshold ?? NEVER);
  return { caveat, decline: caveats ? Math.min(fitted.decline, caveat) : caveat };
}

/**
 * The fitted model under the owner's error rates. An intent's own sample sets its threshold when it is large enough to
 * promise anything; until then the sample of all questions does.
 * @param name of the fitted model
 */
export function chooseByErrorRate(
  name: string,
  model: ConfidenceModel,
  sample: readonly LabelledConfidence[],
  rates: ErrorRates,
): Confidence {
  const all = { ...model, ...thresholdsAt(sample, model, rates) };
  const intents = new Set([...Object.keys(rates.byIntent), ...sample.flatMap(({ intent }) => intent ?? [])]);
  const own = new Map<string, ConfidenceModel>();
  for (const intent of intents) {
    const mostWrong = rates.byIntent[intent] ?? rates.mostWrong;
    if (mostWrong === 0) continue;
    const rows = sample.filter((one) => one.intent === intent);
    const taken = rows.length >= leastSample(mostWrong) ? rows : sample;
    if (taken === sample && mostWrong === rates.mostWrong) continue;
    own.set(intent, { ...model, ...thresholdsAt(taken, model, { ...rates, mostWrong }) });
  }
  return {
    // Another fit of the same day has the same name, and other numbers.
    name: `${name} ${createHash('sha256')
      .update(JSON.stringify([model, rates]))
      .digest('hex')
      .slice(0, 12)}`,
    modelFor: (intent) => (intent === null ? all : (own.get(intent.intent) ?? all)),
  };
}
