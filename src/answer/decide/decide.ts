import type { IntentReading } from '../../inference/contracts.ts';
import type { Outcome } from '../answer-types.ts';
import type { HandoverReason } from '../../stores/ticket-contracts.ts';
import type { QuestionPart, Question } from '../path-types.ts';
import type { ReadConfidence } from '../read-confidence.ts';
import type { EarlierTurns } from './earlier-turns.ts';
import { findChoices } from './find-choices.ts';
import { HANDING_OVER, PERSONS_WORK } from './decide-settings.ts';

/** The rule that decided; the first that holds, in the order of `decide`. */
export type DecisionRule =
  | 'documents_fit_equally'
  | 'part_unclear'
  | 'sure'
  | 'less_sure'
  | 'part_open'
  | 'reply_not_understood'
  | 'persons_work'
  | 'upset'
  | 'not_found_again'
  | 'not_found';

export interface Decision {
  outcome: Outcome;
  rule: DecisionRule;
  /** Why a person takes over; null unless handed over. */
  reason: HandoverReason | null;
  /** Parts that are answered, with or without a question after them. */
  answered: QuestionPart[];
  /** The part that is asked back about, and what there is to choose from. */
  unclear: { part: QuestionPart; choices: string[] } | null;
}

export interface DecideInput {
  question: Pick<Question, 'asks' | 'completes'>;
  intent: IntentReading | null;
  confidence: Pick<ReadConfidence, 'answerable' | 'open' | 'declined' | 'caveat'>;
  before: Pick<EarlierTurns, 'clarified' | 'unanswered'>;
}

/**
 * What becomes of a question whose evidence was found: answered, answered with a caveat, asked back about, handed over
 * or declined. Confidence is compared with the thresholds before (`readConfidence`); here the outcome is chosen from
 * that and from what happened in the conversation. Pure: the same input, the same decision.
 */
export function decide({ question, intent, confidence, before }: DecideInput): Decision {
  const { answerable, open, caveat } = confidence;
  if (answerable.length === 0) return withoutAnswer(question, intent, before);
  // Never twice in a row: who was asked back just now gets the likeliest answer, with a caveat.
  const unclear = firstUnclear(answerable);
  if (unclear && !before.clarified) {
    const answered = answerable.filter((part) => part !== unclear.part);
    const rule = answered.length === 0 ? 'documents_fit_equally' : 'part_unclear';
    return { outcome: 'clarify', rule, reason: null, answered, unclear };
  }
  const shown = { reason: null, answered: answerable, unclear: null };
  if (!caveat && !unclear) return { outcome: 'answered', rule: 'sure', ...shown };
  return { outcome: 'answered_with_caveat', rule: open.length > 0 ? 'part_open' : 'less_sure', ...shown };
}

function withoutAnswer(
  question: DecideInput['question'],
  intent: IntentReading | null,
  before: DecideInput['before'],
): Decision {
  const nothing = { answered: [], unclear: null };
  const handOver = (rule: DecisionRule, reason: HandoverReason): Decision => ({
    outcome: 'handed_off',
    rule,
    reason,
    ...nothing,
  });
  const isSure = intent !== null && intent.confidence >= HANDING_OVER.intent;
  const ours = !(isSure && intent.intent === 'out_of_scope');
  if (before.clarified && (question.completes === true || !question.asks))
    return handOver('reply_not_understood', 'pending_clarification');
  if (isSure && PERSONS_WORK.has(intent.intent) && intent.act !== 'question' && !question.asks)
    return handOver('persons_work', 'unsupported_request');
  if (ours && intent !== null && intent.frustration >= HANDING_OVER.frustration)
    return handOver('upset', 'missing_knowledge');
  // What lies outside the shop is no work for its people, however often it is asked.
  if (ours && before.unanswered + 1 >= HANDING_OVER.unanswered)
    return handOver('not_found_again', 'missing_knowledge');
  return { outcome: 'declined', rule: 'not_found', reason: null, ...nothing };
}

function firstUnclear(parts: readonly QuestionPart[]): Decision['unclear'] {
  for (const part of parts) {
    const choices = findChoices(part);
    if (choices.length > 1) return { part, choices };
  }
  return null;
}
