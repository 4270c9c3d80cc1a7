import type { Outcome } from '../answer/answer-types.ts';
import {
  areaUnderCurve,
  calibrationErrorByChance,
  expectedCalibrationError,
  reliabilityBins,
  type CalibrationChance,
  type Judged,
  type ReliabilityBin,
} from './calibration.ts';
import { UNSUPPORTED_CHECK } from './independent-support.ts';
import { mean, percentile, roundRate, roundTime, shareOf } from './percentiles.ts';
import type { ScoredAnswer } from './score-answer.ts';

/** Rates 0…1, times in milliseconds; null where there is nothing to take a rate of. */
export interface AnswersReport {
  questions: number;
  /** Questions that an answer was shown to, with or without caveat; a count. */
  answered: number;
  /** All others: declined, handed over, asked back; a count. */
  declined: number;
  /** Shares of all questions, by what became of them; they add up to 1 with those refused as such. */
  outcomes: Record<Outcome, number | null>;
  /** `off` is a measurement of the generator alone; customers never get that. */
  checks: 'on' | 'off';
  /** These three over the answerable questions that come with a gold answer. */
  exact_match: number | null;
  f1: number | null;
  contains_answer: number | null;
  /** Of all citations shown. */
  citations_verbatim: number | null;
  /** Of the answered answerable questions that name their documents: a citation of one of them. */
  cited_document_right: number | null;
  unsupported_sentences: number | null;
  unsupported_check: string;
  /** Of the answerable questions. */
  false_refusals: number | null;
  /** Of the unanswerable questions. */
  false_answers: number | null;
  expected_calibration_error: number | null;
  /** Of a perfect model on so many answers: what the line above is to be held against. */
  calibration_error_by_chance: CalibrationChance | null;
  confidence_auroc: number | null;
  /** Shown answers of like confidence, least confident first. */
  reliability: ReliabilityBin[];
  /** Of the answerable questions. */
  generated: number | null;
  extractive: number | null;
  /** Of shown answers, without citation marks. */
  median_characters: number | null;
  /** Of all questions, also those declined. */
  p50_ms: number | null;
  p95_ms: number | null;
  first_text_p50_ms: number | null;
}

export function reportAnswers(
  scored: readonly ScoredAnswer[],
  { unchecked = false }: { unchecked?: boolean | undefined } = {},
): AnswersReport {
  const shown = scored.filter(({ answered }) => answered);
  const answerable = scored.filter(({ question }) => question.answerable);
  const unanswerable = scored.filter(({ question }) => !question.answerable);
  const withGold = answerable.filter(({ question }) => question.answers.length > 0);
  const judged = judgedAnswers(shown);
  return {
    questions: scored.length,
    answered: shown.length,
    declined: scored.length - shown.length,
    outcomes: outcomeShares(scored),
    checks: unchecked ? 'off' : 'on',
    exact_match: roundRate(mean(withGold.map((one) => one.exactMatch))),
    f1: roundRate(mean(withGold.map(({ f1 }) => f1))),
    contains_answer: roundRate(shareOf(withGold, ({ contains }) => contains)),
    ...reportEvidence(shown),
    false_refusals: roundRate(shareOf(answerable, ({ answered }) => !answered)),
    false_answers: roundRate(shareOf(unanswerable, ({ answered }) => answered)),
    expected_calibration_error: roundRate(expectedCalibrationError(judged)),
    calibration_error_by_chance: calibrationErrorByChance(judged),
    confidence_auroc: roundRate(areaUnderCurve(judged)),
    reliability: reliabilityBins(judged),
    generated: roundRate(
      shareOf(answerable, ({ answered, answer }) => answered && answer?.mode === 'generated'),
    ),
    extractive: roundRate(
      shareOf(answerable, ({ answered, answer }) => answered && answer?.mode === 'extractive'),
    ),
    median_characters: percentile(
      shown.map(({ text }) => text.length),
      0.5,
    ),
    ...reportTimes(scored),
  };
}

function outcomeShares(scored: readonly ScoredAnswer[]): AnswersReport['outcomes'] {
  const share = (outcome: Outcome): number | null =>
    roundRate(shareOf(scored, ({ answer }) => answer?.outcome === outcome));
  return {
    answered: share('answered'),
    answered_with_caveat: share('answered_with_caveat'),
    clarify: share('clarify'),
    handed_off: share('handed_off'),
    declined: share('declined'),
  };
}

/** Whether an answer was right is known when there is a gold answer, or when none should have been given. */
function judgedAnswers(shown: readonly ScoredAnswer[]): Judged[] {
  return shown
    .filter(({ question }) => !question.answerable || question.answers.length > 0)
    .map(({ question, answer, contains }) => ({
      confidence: answer?.confidence ?? 0,
      right: question.answerable && contains,
    }));
}

function reportEvidence(
  shown: readonly ScoredAnswer[],
): Pick<
  AnswersReport,
  'citations_verbatim' | 'cited_document_right' | 'unsupported_sentences' | 'unsupported_check'
> {
  const citations = shown.reduce((sum, { answer }) => sum + (answer?.citations.length ?? 0), 0);
  const verbatim = shown.reduce((sum, one) => sum + one.verbatim, 0);
  const located = shown.filter(({ question }) => question.answerable && question.docIds.length > 0);
  const sentences = shown.flatMap((one) => one.sentences);
  return {
    citations_verbatim: citations === 0 ? null : roundRate(verbatim / citations),
    cited_document_right: roundRate(shareOf(located, ({ citedRight }) => citedRight)),
    unsupported_sentences: roundRate(shareOf(sentences, ({ supported }) => !supported)),
    unsupported_check: UNSUPPORTED_CHECK,
  };
}

function reportTimes(
  scored: readonly ScoredAnswer[],
): Pick<AnswersReport, 'p50_ms' | 'p95_ms' | 'first_text_p50_ms'> {
  const totals = scored.map(({ totalMs }) => totalMs);
  const firsts = scored.flatMap(({ firstTextMs }) => firstTextMs ?? []);
  return {
    p50_ms: roundTime(percentile(totals, 0.5)),
    p95_ms: roundTime(percentile(totals, 0.95)),
    first_text_p50_ms: roundTime(percentile(firsts, 0.5)),
  };
}
