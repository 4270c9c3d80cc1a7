import { areaUnderCurve } from './calibration.ts';
import type { Judgement } from './judge-grounding.ts';
import { percentile, roundRate, roundTime, shareOf } from './percentiles.ts';

/** Share of held statements that may be refused where recall at few false alarms is asked for. */
const FALSE_ALARMS = 0.02;

/** Rates 0…1, times in milliseconds; null where there is nothing to take a rate of. */
export interface JudgeReport {
  /** Mean of the share of held statements accepted and of unsupported ones refused. */
  balanced_accuracy: number | null;
  auc: number | null;
  /** Of finding the unsupported statements. */
  f1: number | null;
  /** Share of the unsupported found at the highest threshold that refuses 2 % of the held ones at most. */
  unsupported_recall_at_2_percent_false_alarms: number | null;
  /** By kind, as the file names them: how many there are, and the share that is judged right. */
  kinds: Record<string, { pairs: number; right: number }>;
  p50_ms: number | null;
  p95_ms: number | null;
}

export function reportJudge(judgements: readonly Judgement[]): JudgeReport {
  const held = judgements.filter((one) => one.held);
  const unsupported = judgements.filter((one) => !one.held);
  const kept = shareOf(held, ({ accepted }) => accepted);
  const found = shareOf(unsupported, ({ accepted }) => !accepted);
  const times = judgements.map(({ milliseconds }) => milliseconds);
  const scores = judgements.map((one) => ({ confidence: one.score, right: one.held }));
  return {
    balanced_accuracy: kept === null || found === null ? null : roundRate((kept + found) / 2),
    auc: roundRate(areaUnderCurve(scores)),
    f1: roundRate(f1OfRefusing(judgements)),
    unsupported_recall_at_2_percent_false_alarms: roundRate(recallAt(FALSE_ALARMS, held, unsupported)),
    kinds: byKind(judgements),
    p50_ms: roundTime(percentile(times, 0.5)),
    p95_ms: roundTime(percentile(times, 0.95)),
  };
}

function f1OfRefusing(judgements: readonly Judgement[]): number | null {
  const unsupported = judgements.filter(({ held }) => !held).length;
  const refused = judgements.filter(({ accepted }) => !accepted);
  if (unsupported + refused.length === 0) return null;
  return (2 * refused.filter(({ held }) => !held).length) / (unsupported + refused.length);
}

/** The threshold is a score of a held statement: what scores less is refused. Equal scores stay together. */
function recallAt(
  falseAlarms: number,
  held: readonly Judgement[],
  unsupported: readonly Judgement[],
): number | null {
  const scores = held.map(({ score }) => score).sort((left, right) => left - right);
  const threshold = scores[Math.floor(falseAlarms * scores.length)];
  return threshold === undefined ? null : shareOf(unsupported, ({ score }) => score < threshold);
}

function byKind(judgements: readonly Judgement[]): JudgeReport['kinds'] {
  const kinds = [...new Set(judgements.map(({ kind }) => kind))].sort();
  return Object.fromEntries(
    kinds.map((kind) => {
      const members = judgements.filter((one) => one.kind === kind);
      const right = shareOf(members, ({ accepted, held }) => accepted === held) ?? 0;
      return [kind, { pairs: members.length, right: roundRate(right) }];
    }),
  );
}
