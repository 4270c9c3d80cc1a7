import { expect, it } from 'vitest';
import type { JudgeReport } from '../evaluate/report-grounding.ts';
import { groundingTable } from './grounding-table.ts';

const JUDGE: JudgeReport = {
  balanced_accuracy: 0.8,
  auc: null,
  f1: 0.75,
  unsupported_recall_at_2_percent_false_alarms: 0,
  kinds: { number: { pairs: 12, right: 0.9167 } },
  p50_ms: 0.04,
  p95_ms: 12.34,
};

it('has a column a judge, and a dash where there is no figure', () => {
  const table = groundingTable({
    pairs: 20,
    held: 8,
    unsupported: 12,
    verifier_model: null,
    verifier_floor: 0.5,
    judges: { check: JUDGE, verifier: null, both: null },
  });
  const cells = table.split('\n').map((line) => line.trim().split(/ {2,}/));
  expect(cells).toContainEqual(['check', 'verifier', 'both']);
  expect(cells).toContainEqual(['balanced accuracy', '0.800', '–', '–']);
  expect(cells).toContainEqual(['AUC', '–', '–', '–']);
  expect(cells).toContainEqual(['right: number (12)', '0.917', '–', '–']);
  expect(cells).toContainEqual(['ms a pair, p95', '12.3', '–', '–']);
});
