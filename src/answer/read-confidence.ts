import { CODES, FOLLOW_UPS } from './answer-settings.ts';
import { confidenceOf, readSignals, type ConfidenceModel, type Signals } from './confidence.ts';
import type { CodeFit } from './match-codes.ts';
import type { Question, QuestionPart } from './path-types.ts';

export interface ReadConfidence {
  /** Probability 0…1 that the answer is right: the mean of the parts that are answered. */
  confidence: number;
  /** Parts sure enough to be answered. */
  answerable: QuestionPart[];
  /** Parts that are not. */
  open: QuestionPart[];
  declined: boolean;
  /** Sure enough to say nothing more? */
  caveat: boolean;
  signals: Signals[];
  /** What the confidence was compared with. */
  thresholds: { decline: number; caveat: number };
}

export function readConfidence(
  question: Question,
  parts: readonly QuestionPart[],
  model: ConfidenceModel,
): ReadConfidence {
  const read = parts.map((part) => {
    return { part, signals: readSignals(part), confidence: partConfidence(part, model, question.lastAnswer) };
  });
  const sure = read.filter(({ confidence }) => question.readable && confidence >= model.decline);
  const counted = sure.length > 0 ? sure : read;
  const confidence = counted.reduce((sum, { confidence: one }) => sum + one, 0) / Math.max(counted.length, 1);
  return {
    confidence,
    answerable: sure.map(({ part }) => part),
    open: read.filter((one) => !sure.includes(one)).map(({ part }) => part),
    declined: sure.length === 0,
    caveat: confidence < model.caveat || sure.length < read.length,
    signals: read.map(({ signals }) => signals),
    thresholds: { decline: model.decline, caveat: model.caveat },
  };
}

/**
 * Probability 0…1 that the part's best sentence is right. What a follow-up names anew and its evidence does not
 * hold counts against it, more so when the same was said before; so does a sentence about another code.
 */
export function partConfidence(
  part: Pick<QuestionPart, 'ranked' | 'sentences'>,
  model: ConfidenceModel,
  lastAnswer: string,
): number {
  const confidence = confidenceOf(readSignals(part), model);
  const [best] = part.sentences;
  if (best === undefined) return confidence;
  const repeated = lastAnswer.includes(best.text) ? FOLLOW_UPS.repeated : 0;
  const change = ofCodes(best.codes) - best.absent * (FOLLOW_UPS.absent + repeated);
  if (change === 0) return confidence;
  return 1 / (1 + Math.exp(-Math.log(confidence / (1 - confidence)) - change));
}

/** Log odds: the reader knows words, and takes one code for another. */
function ofCodes(fit: CodeFit): number {
  return fit * (fit < 0 ? CODES.other : CODES.held);
}
