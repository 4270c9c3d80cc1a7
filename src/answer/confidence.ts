import { contentWords, stemsOf } from '../text/content-words.ts';
import type { QuestionPart } from './path-types.ts';
import { logOdds } from './log-odds.ts';

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

export const SIGNALS = [
  'relevance',
  'answerable',
  'sentence',
  'span',
  'similarity',
  'coverage',
  'numbers',
  'agreement',
] as const;
export type Signal = (typeof SIGNALS)[number];
export type Signals = Record<Signal, number>;

export const NO_SIGNALS: Signals = {
  relevance: -1,
  answerable: -1,
  sentence: -1,
  span: 0,
  similarity: 0,
  coverage: 0,
  numbers: 0,
  agreement: 0,
};

export const BUILTIN_CONFIDENCE: ConfidenceModel = {
  bias: -1.86,
  weights: {
    relevance: 0.605,
    answerable: 0.8124,
    sentence: 0.5,
    span: 0.7105,
    similarity: 0.431,
    coverage: 0.3782,
    numbers: 0.1546,
    agreement: 0.4348,
  },
  decline: 0.55,
  caveat: 0.65,
};

/**
 * Signals of the best sentence and its passage, each about -1…1. `relevance`, `answerable`, `sentence`: log
 * odds / 6 of the reader's probabilities, the last for the sentence by itself; `span`: logit / 10; `similarity`: cosine; `coverage`, `numbers`: share
 * of the question's content words and numbers in the passage or its headings; `agreement`: mean of the
 * reciprocal ranks in both searches.
 */
export function readSignals(part: Omit<QuestionPart, 'share'>): Signals {
  const [sentence] = part.sentences;
  const best = sentence?.passage ?? part.ranked[0];
  if (!best) return NO_SIGNALS;
  const { chunk, reading, bm25, vector } = best;
  const held = stemsOf(`${chunk.headingPath}\n${chunk.text}`);
  const asked = contentWords(part.text);
  const isNumber = (word: string): boolean => /\d/.test(word);
  return {
    relevance: logOdds(reading.relevance) / 6,
    answerable: logOdds(reading.answerable) / 6,
    sentence: logOdds(sentence?.answerable ?? 0) / 6,
    span: (reading.span?.logit ?? 0) / 10,
    similarity: vector?.score ?? 0,
    coverage: shareHeld(
      asked.filter(({ word }) => !isNumber(word)),
      held,
    ),
    numbers: shareHeld(
      asked.filter(({ word }) => isNumber(word)),
      held,
    ),
    agreement: (1 / (bm25?.rank ?? FAR_RANK) + 1 / (vector?.rank ?? FAR_RANK)) / 2,
  };
}

/** Rank of a passage that one of the searches did not find. */
const FAR_RANK = 50;

function shareHeld(words: readonly { stem: string }[], held: ReadonlySet<string>): number {
  return words.length === 0 ? 1 : words.filter(({ stem }) => held.has(stem)).length / words.length;
}

export function confidenceOf(signals: Signals, model: ConfidenceModel): number {
  const sum = SIGNALS.reduce((total, name) => total + model.weights[name] * signals[name], model.bias);
  return 1 / (1 + Math.exp(-sum));
}
