import { binomialAtMost, upperBound } from './clopper-pearson.ts';

/** A labelled question as it was read: the confidence by a model that had not seen it, and what was so. */
export interface LabelledConfidence {
  confidence: number;
  /** Would the answer be right? */
  right: boolean;
  answerable: boolean;
  intent: string | null;
}

/** The chance that a threshold promises too much, for one chosen error rate. */
export const DOUBT = 0.05;

export interface SelectiveThreshold {
  /** Answers of this confidence or more are given. */
  threshold: number;
  /** Of the sample: answers that it gives, and wrong ones among them. */
  given: number;
  wrong: number;
  /** The true share of wrong ones among given answers is at most this, but for a chance of DOUBT. */
  bound: number;
}

/** Thresholds tried: each twentieth of the sample. More would find a finer one, and promise less of each. */
const TRIED = 20;

/**
 * The lowest threshold of confidence at which at most `mostWrong` of the answers that are given are wrong, but for a
 * chance of `doubt`. Risk control by testing several thresholds at once ("Learn then Test", Angelopoulos, Bates,
 * Candès, Jordan and Lei 2021, with Bonferroni's correction), the risk being that of selective classification (Geifman
 * and El-Yaniv 2017) and each test the exact binomial bound of Clopper and Pearson (1934). All twenty thresholds are
 * tried, each with a twentieth of the doubt: the bound is not monotone, as few answers stand above high thresholds, so
 * a binary search would miss the lower ones that hold. Holds for questions like the sample's: as often unanswerable,
 * about the same things. Null when the sample is too small or too often wrong for that promise.
 */
export function selectiveThreshold(
  sample: readonly Pick<LabelledConfidence, 'confidence' | 'right'>[],
  mostWrong: number,
  doubt = DOUBT,
): SelectiveThreshold | null {
  const sorted = [...sample].sort((left, right) => left.confidence - right.confidence);
  for (let step = 0; step < TRIED; step++) {
    const threshold = sorted[Math.floor((step * sorted.length) / TRIED)]?.confidence;
    if (threshold === undefined) return null;
    const above = sorted.filter(({ confidence }) => confidence >= threshold);
    const wrong = above.filter(({ right }) => !right).length;
    // So few wrong ones would be this unlikely if the true share were `mostWrong`: the same as a bound below it.
    if (binomialAtMost(wrong, above.length, mostWrong) > doubt / TRIED) continue;
    return { threshold, given: above.length, wrong, bound: upperBound(wrong, above.length, doubt / TRIED) };
  }
  return null;
}

/** Right answers, without a wrong one, that a sample needs before any threshold can promise `mostWrong`. */
export function leastSample(mostWrong: number, doubt = DOUBT): number {
  return Math.ceil(Math.log(doubt / TRIED) / Math.log1p(-mostWrong));
}
