import { rateInterval } from './clopper-pearson.ts';
import { thresholdsAt, type Thresholds } from './choose-by-error-rate.ts';
import { leastSample, selectiveThreshold, type LabelledConfidence } from './selective-threshold.ts';

/** A share with its 95 % Clopper–Pearson interval; null of nothing. */
export interface Share {
  share: number;
  low: number;
  high: number;
}

/** What one setting of `most_wrong_answers` would have done with labelled questions. */
export interface PreviewRow {
  /** 0: the thresholds as fitted. */
  most_wrong_answers: number;
  decline: number;
  /** Null when nothing is answered without a caveat. */
  caveat: number | null;
  /** These three are of all questions, and add up to 1. */
  answered: Share | null;
  answered_with_caveat: Share | null;
  handed_over_or_declined: Share | null;
  /** Of answers without caveat. */
  wrong: Share | null;
  /** Of answers with one. */
  wrong_with_caveat: Share | null;
  /** Of the answerable questions. */
  answerable_not_answered: Share | null;
  /** The most wrong answers without caveat that can be promised here; null when nothing can. */
  promised: number | null;
}

export interface Preview {
  questions: number;
  answerable: number;
  rows: PreviewRow[];
  /** Right answers that must be labelled before a rate can be promised at all, by rate. */
  least_right_answers: Record<string, number>;
}

/** From hardly any to plenty; 0 is what was fitted. */
export const PREVIEWED = [0, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.15, 0.2, 0.3] as const;

export function previewSettings(
  sample: readonly LabelledConfidence[],
  fitted: Thresholds,
  { rates = PREVIEWED, caveats = true }: { rates?: readonly number[]; caveats?: boolean } = {},
): Preview {
  return {
    questions: sample.length,
    answerable: sample.filter(({ answerable }) => answerable).length,
    rows: rates.map((rate) => previewRow(sample, fitted, rate, caveats)),
    least_right_answers: Object.fromEntries(
      rates.filter((rate) => rate > 0).map((rate) => [String(rate), leastSample(rate)]),
    ),
  };
}

function previewRow(
  sample: readonly LabelledConfidence[],
  fitted: Thresholds,
  rate: number,
  caveats: boolean,
): PreviewRow {
  const { decline, caveat } = thresholdsAt(sample, fitted, { mostWrong: rate, caveats });
  const sure = sample.filter(({ confidence }) => confidence >= caveat && confidence >= decline);
  const unsure = sample.filter(({ confidence }) => confidence < caveat && confidence >= decline);
  const none = sample.filter(({ confidence }) => confidence < decline);
  const wrong = (rows: readonly LabelledConfidence[]): number => rows.filter(({ right }) => !right).length;
  const answerable = sample.filter((one) => one.answerable);
  return {
    most_wrong_answers: rate,
    decline: rounded(decline),
    caveat: caveat > 1 ? null : rounded(caveat),
    answered: share(sure.length, sample.length),
    answered_with_caveat: share(unsure.length, sample.length),
    handed_over_or_declined: share(none.length, sample.length),
    wrong: share(wrong(sure), sure.length),
    wrong_with_caveat: share(wrong(unsure), unsure.length),
    answerable_not_answered: share(
      answerable.filter(({ confidence }) => confidence < decline).length,
      answerable.length,
    ),
    promised: rate === 0 ? null : promisedAt(sample, rate),
  };
}

function promisedAt(sample: readonly LabelledConfidence[], rate: number): number | null {
  const found = selectiveThreshold(sample, rate);
  return found && rounded(found.bound);
}

function share(count: number, total: number): Share | null {
  const interval = rateInterval(count, total);
  if (interval === null) return null;
  return { share: rounded(count / total), low: rounded(interval[0]), high: rounded(interval[1]) };
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
