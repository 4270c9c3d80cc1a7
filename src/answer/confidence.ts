import type { IntentReading } from '../inference/contracts.ts';
import { RERANKING } from './answer-settings.ts';
import { logOdds } from './log-odds.ts';
import type { QuestionPart } from './path-types.ts';

/**
 * From signals to the probability that the shown answer is right: a logistic model (Platt 1999), behind it an isotonic
 * map where that was found to be better calibrated (Zadrozny and Elkan 2002). `answerbox eval fit` fits and chooses;
 * the numbers stand in models/confidence.json, or in the data folder's confidence.json. Relevance, span, similarity,
 * shared words and numbers, and agreement of the two searches were tried beside these signals: with as few
 * labelled questions they made unseen answers worse.
 */
export interface ConfidenceModel {
  bias: number;
  weights: Record<Signal, number>;
  /** From the logistic's probability to the calibrated one, between knots linear; null leaves it as it is. */
  map: ConfidenceMap | null;
  /** Below this the question is not answered. */
  decline: number;
  /** Below this an answer carries a caveat; above 1 every answer does. */
  caveat: number;
}

/** Knots in rising order; both lists have the same length, at least one. */
export interface ConfidenceMap {
  from: number[];
  to: number[];
}

/** The fitted model with the owner's thresholds. */
export interface Confidence {
  /** Another one when the model or a threshold is: what was decided under another name may be decided otherwise. */
  readonly name: string;
  /** Thresholds may differ by intent; those of all questions where the intent is not known. */
  modelFor(intent: Pick<IntentReading, 'intent'> | null): ConfidenceModel;
}

export const SIGNALS = ['answerable', 'sentence', 'passages'] as const;
export type Signal = (typeof SIGNALS)[number];
export type Signals = Record<Signal, number>;

export const NO_SIGNALS: Signals = { answerable: -1, sentence: -1, passages: -1 };

/** Passages that are always read, so that the mean over them means the same for every question. */
const LIKELIEST = RERANKING.least;

/**
 * Log odds / 6 of the reader's probabilities that the best sentence's passage holds the answer (`answerable`), that
 * the sentence by itself does (`sentence`), and their mean over the likeliest passages (`passages`: where documents
 * answer a question, several usually come near it; a question that only sounds like one passage has that one); -1…1.
 */
export function readSignals({ ranked, sentences }: Pick<QuestionPart, 'ranked' | 'sentences'>): Signals {
  const [best] = sentences;
  if (!best) return NO_SIGNALS;
  const likeliest = ranked
    .map(({ reading }) => logOdds(reading.answerable) / 6)
    .sort((left, right) => right - left)
    .slice(0, LIKELIEST);
  return {
    answerable: logOdds(best.passage.reading.answerable) / 6,
    sentence: logOdds(best.answerable) / 6,
    passages: likeliest.reduce((sum, one) => sum + one, 0) / Math.max(likeliest.length, 1),
  };
}

export function confidenceOf(signals: Signals, model: Omit<ConfidenceModel, 'decline' | 'caveat'>): number {
  const sum = SIGNALS.reduce((total, name) => total + model.weights[name] * signals[name], model.bias);
  const probability = 1 / (1 + Math.exp(-sum));
  return model.map === null ? probability : mapped(probability, model.map);
}

/** Between two knots linear, beyond the outer ones level. */
export function mapped(probability: number, { from, to }: ConfidenceMap): number {
  const above = from.findIndex((knot) => knot >= probability);
  if (above === -1) return to.at(-1) ?? probability;
  if (above === 0) return to[0] ?? probability;
  const [left, right] = [from[above - 1]!, from[above]!];
  const share = (probability - left) / (right - left);
  return to[above - 1]! + share * (to[above]! - to[above - 1]!);
}
