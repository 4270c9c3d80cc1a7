import type { GroundingReport } from '../evaluate/grounding.ts';
import type { JudgeReport } from '../evaluate/report-grounding.ts';

const COLUMNS = ['check', 'verifier', 'both'] as const;
const RATES = {
  balanced_accuracy: 'balanced accuracy',
  auc: 'AUC',
  f1: 'F1 of the unsupported',
  unsupported_recall_at_2_percent_false_alarms: 'unsupported found at 2 % false alarms',
} as const;

/** The report as people read it: a row a figure, a column a judge. */
export function groundingTable(report: GroundingReport): string {
  const { pairs, held, unsupported, verifier_floor, judges } = report;
  const row = (label: string, value: (judge: JudgeReport) => number | null, places = 3): string[] => [
    label,
    ...COLUMNS.map((column) => {
      const judge = judges[column];
      return (judge && value(judge))?.toFixed(places) ?? '–';
    }),
  ];
  const rows = [
    ['', ...COLUMNS],
    ...(Object.keys(RATES) as (keyof typeof RATES)[]).map((key) => row(RATES[key], (judge) => judge[key])),
    ...Object.entries(judges.check.kinds).map(([kind, { pairs: count }]) =>
      row(`right: ${kind} (${count})`, (judge) => judge.kinds[kind]?.right ?? null),
    ),
    row('ms a pair, p50', (judge) => judge.p50_ms, 1),
    row('ms a pair, p95', (judge) => judge.p95_ms, 1),
  ];
  const width = Math.max(...rows.map(([label = '']) => label.length));
  const lines = rows.map(
    ([label = '', ...cells]) => label.padEnd(width) + cells.map((cell) => cell.padStart(10)).join(''),
  );
  const head = `${pairs} pairs: ${held} held, ${unsupported} unsupported; the verifier accepts from ${verifier_floor}`;
  return `${[head, '', ...lines].join('\n')}\n`;
}
