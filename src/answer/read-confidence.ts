import { confidenceOf, readSignals, type ConfidenceModel, type Signals } from './confidence.ts';
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
}

export function readConfidence(
  question: Question,
  parts: readonly QuestionPart[],
  model: ConfidenceModel,
): ReadConfidence {
  const read = parts.map((part) => {
    const signals = readSignals(part);
    return { part, signals, confidence: confidenceOf(signals, model) };
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
  };
}
