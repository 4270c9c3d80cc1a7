import { describe, expect, it } from 'vitest';
import type { Judgement } from './judge-grounding.ts';
import { reportJudge } from './report-grounding.ts';

const judged = (held: boolean, score: number, kind = 'any'): Judgement => ({
  held,
  kind,
  score,
  accepted: score >= 0.5,
  milliseconds: score * 10,
});

describe('reportJudge', () => {
  it('counts both sides alike, and the unsupported as what is to be found', () => {
    // Held: 3 of 4 accepted. Unsupported: 1 of 2 refused. Refused: 1 rightly, 1 wrongly.
    const report = reportJudge([
      judged(true, 0.9, 'copy'),
      judged(true, 0.8, 'copy'),
      judged(true, 0.7),
      judged(true, 0.4),
      judged(false, 0.6, 'number'),
      judged(false, 0.1, 'number'),
    ]);
    expect(report).toMatchObject({
      balanced_accuracy: 0.625,
      f1: 0.5,
      // Of the 8 comparisons one is wrong: 0.4 against 0.6.
      auc: 0.875,
      p50_ms: 6,
      p95_ms: 9,
    });
    expect(report.kinds).toEqual({
      any: { pairs: 2, right: 0.5 },
      copy: { pairs: 2, right: 1 },
      number: { pairs: 2, right: 0.5 },
    });
  });

  it('finds the unsupported at a threshold that refuses 2 % of the held at most', () => {
    // Of 100 held two may be refused: those with 0 and 0.01; what scores less than 0.02 is found.
    const held = Array.from({ length: 100 }, (_, index) => judged(true, index / 100));
    const report = reportJudge([...held, ...[0.005, 0.015, 0.02, 0.9].map((score) => judged(false, score))]);
    expect(report.unsupported_recall_at_2_percent_false_alarms).toBe(0.5);
  });

  it('finds none where a judge that knows yes and no alone refuses too many', () => {
    const held = Array.from({ length: 10 }, (_, index) => judged(true, index === 0 ? 0 : 1));
    const report = reportJudge([...held, judged(false, 0)]);
    expect(report.unsupported_recall_at_2_percent_false_alarms).toBe(0);
  });

  it('has no rates where one side is missing', () => {
    expect(reportJudge([judged(false, 0.1)])).toMatchObject({
      balanced_accuracy: null,
      auc: null,
      unsupported_recall_at_2_percent_false_alarms: null,
      f1: 1,
    });
  });
});
