import { logOdds } from './log-odds.ts';
import type { QuestionPart } from './path-types.ts';

/**
 * From signals to the probability that the shown answer is right: a logistic model (`answerbox eval fit`
 * prints these numbers). The built-in one was fitted on the tune half of the demo questions together with
 * the first 240 of models/training/dev/calibration.questions.jsonl, which weigh as much; its thresholds were chosen on the
 * tune half. Relevance, span, similarity, shared words and numbers, and agreement of the two searches were
 * tried beside these two signals: with as few labelled questions they made unseen answers worse.
 */
export interface ConfidenceModel {
  bias: number;
  weights: Record<Signal, number>;
  /** Below this the question is declined. */
  decline: number;
  /** Below this an answer carries a caveat. */
  caveat: number;
}

export const SIGNALS = ['answerable', 'sentence'] as const;
export type Signal = (typeof SIGNALS)[number];
export type Signals = Record<Signal, number>;

export const NO_SIGNALS: Signals = { answerable: -1, sentence: -1 };

export const BUILTIN_CONFIDENCE: ConfidenceModel = {
  bias: -1.0299,
  weights: { answerable: 4.3838, sentence: 1.3484 },
  decline: 0.5,
  caveat: 0.65,
};

/**
 * Log odds / 6 of the reader's probabilities that the best sentence's passage holds the answer
 * (`answerable`), and that the sentence by itself does (`sentence`); -1…1.
 */
export function readSignals({ sentences }: Pick<QuestionPart, 'sentences'>): Signals {
  const [best] = sentences;
  if (!best) return NO_SIGNALS;
  return { answerable: logOdds(best.passage.reading.answerable) / 6, sentence: logOdds(best.answerable) / 6 };
}

export function confidenceOf(signals: Signals, model: ConfidenceModel): number {
  const sum = SIGNALS.reduce((total, name) => total + model.weights[name] * signals[name], model.bias);
  return 1 / (1 + Math.exp(-sum));
}
