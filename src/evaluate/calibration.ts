import { mean } from './percentiles.ts';

/** A probability that was given, and whether it came true. */
export interface Judged {
  confidence: number;
  right: boolean;
}

const BINS = 10;

/**
 * Expected calibration error: the mean distance between what was promised and what came true, over ten
 * bins that hold equally many answers (Nguyen and O'Connor 2015). Null of none.
 */
export function expectedCalibrationError(judged: readonly Judged[]): number | null {
  if (judged.length === 0) return null;
  return reliabilityBins(judged).reduce(
    (sum, { answers, promised, kept }) => sum + (answers / judged.length) * Math.abs(promised - kept),
    0,
  );
}

/** Answers of like confidence: what was promised on average, and what came true. */
export interface ReliabilityBin {
  answers: number;
  promised: number;
  kept: number;
}

/** Ten bins that hold equally many answers, least confident first; fewer when there are fewer answers. */
export function reliabilityBins(judged: readonly Judged[]): ReliabilityBin[] {
  const sorted = [...judged].sort((left, right) => left.confidence - right.confidence);
  return Array.from({ length: BINS }, (_, bin) => {
    const from = Math.floor((bin * sorted.length) / BINS);
    return sorted.slice(from, Math.floor(((bin + 1) * sorted.length) / BINS));
  }).flatMap((members) => {
    const promised = mean(members.map(({ confidence }) => confidence));
    const kept = mean(members.map(({ right }) => (right ? 1 : 0)));
    return promised === null || kept === null ? [] : [{ answers: members.length, promised, kept }];
  });
}

/**
 * Area under the ROC curve: the chance that a right one has the higher value than a wrong one, ties
 * counting half. Null unless there are both.
 */
export function areaUnderCurve(judged: readonly Judged[]): number | null {
  const right = judged.filter((one) => one.right).length;
  const wrong = judged.length - right;
  if (right === 0 || wrong === 0) return null;
  const sorted = [...judged].sort((left, other) => left.confidence - other.confidence);
  let rankSum = 0;
  for (let from = 0; from < sorted.length;) {
    let to = from;
    while (to < sorted.length && sorted[to]?.confidence === sorted[from]?.confidence) to += 1;
    const meanRank = (from + 1 + to) / 2;
    rankSum += meanRank * sorted.slice(from, to).filter((one) => one.right).length;
    from = to;
  }
  return (rankSum - (right * (right + 1)) / 2) / (right * wrong);
}
