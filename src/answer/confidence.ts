import { contentWords } from '../text/content-words.ts';
import type { RankedPassage } from './path-types.ts';

/**
 * From signals to the probability that the shown answer is right: a logistic model, fitted on the tune
 * half of the demo questions and on nothing else (`answerbox eval fit` prints these numbers).
 */
export interface ConfidenceModel {
  bias: number;
  weights: Record<Signal, number>;
  /** Below this the question is declined. */
  decline: number;
  /** Below this an answer carries a caveat. */
  caveat: number;
}

export const SIGNALS = ['relevance', 'answerable', 'span', 'margin', 'coverage', 'agreement'] as const;
export type Signal = (typeof SIGNALS)[number];
export type Signals = Record<Signal, number>;

export const NO_SIGNALS: Signals = { relevance: 0, answerable: 0, span: 0, margin: 0, coverage: 0, agreement: 0 };

export const BUILTIN_CONFIDENCE: ConfidenceModel = {
  bias: -3,
  weights: { relevance: 2, answerable: 3, span: 0.5, margin: 0.5, coverage: 1.5, agreement: 0.5 },
  decline: 0.5,
  caveat: 0.65,
};

/**
 * All 0…1 but `span` (logit / 10). `coverage`: share of the question's content words that occur in the
 * best passage or its headings; `agreement`: how high both searches rank it; `margin`: how far the best
 * passage's relevance lies above the mean of the next four.
 */
export function readSignals(question: string, ranked: readonly RankedPassage[]): Signals {
  const best = ranked[0];
  if (!best) return NO_SIGNALS;
  const next = ranked.slice(1, 5).map(({ reading }) => reading.relevance);
  const mean = next.length > 0 ? next.reduce((sum, value) => sum + value, 0) / next.length : 0;
  const held = new Set(contentWords(`${best.chunk.headingPath}\n${best.chunk.text}`).map(({ stem }) => stem));
  const asked = contentWords(question);
  return {
    relevance: best.reading.relevance,
    answerable: best.reading.answerable,
    span: (best.reading.span?.logit ?? 0) / 10,
    margin: best.reading.relevance - mean,
    coverage: asked.length > 0 ? asked.filter(({ stem }) => held.has(stem)).length / asked.length : 0,
    agreement: (1 / (best.bm25?.rank ?? 50) + 1 / (best.vector?.rank ?? 50)) / 2,
  };
}

export function confidenceOf(signals: Signals, model: ConfidenceModel): number {
  const sum = SIGNALS.reduce((total, name) => total + model.weights[name] * signals[name], model.bias);
  return 1 / (1 + Math.exp(-sum));
}
