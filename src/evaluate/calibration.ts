import { seededRandom } from '../intents/random.ts';
import { mean, percentile, roundRate } from './percentiles.ts';

/** A probability that was given, and whether it came true. */
export interface Judged {
  confidence: number;
  right: boolean;
}

const BINS = 10;
const CHANCE = { draws: 1_000, seed: 20_261_122 } as const;

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

/** What the calibration error of so many answers comes to by chance alone. */
export interface CalibrationChance {
  p05: number;
  median: number;
  p95: number;
}

/**
 * The calibration error that the same answers would show if every confidence were exactly the chance of being right:
 * outcomes drawn from the confidences (consistency resampling: Bröcker and Smith 2007). With few answers it is far from
 * zero, and no measured error below its median says that one model is calibrated better than another. Null of none.
 */
export function calibrationErrorByChance(judged: readonly Judged[]): CalibrationChance | null {
  const random = seededRandom(CHANCE.seed);
  const errors = Array.from({ length: CHANCE.draws }, () =>
    expectedCalibrationError(judged.map(({ confidence }) => ({ confidence, right: random() < confidence }))),
  ).filter((error) => error !== null);
  const [p05, median, p95] = [0.05, 0.5, 0.95].map((share) => roundRate(percentile(errors, share)));
  return p05 == null || median == null || p95 == null ? null : { p05, median, p95 };
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
