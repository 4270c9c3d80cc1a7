import type { ComparedMetric, CompareReport } from '../evaluate/compare-answers.ts';

const HEADS = ['', 'a', 'b', 'b - a', '95 % interval', 'p', 'beyond chance'];
/** Changed questions shown; all of them are in the JSON. */
const SHOWN = 40;

/** The comparison as people read it. */
export function compareTable({ a, b, questions, unmatched, metrics, changed }: CompareReport): string {
  const cells = [HEADS, ...metrics.map(cellsOf)];
  const widths = HEADS.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
  return [
    `a: ${a}`,
    `b: ${b}`,
    `${questions} questions in both${unmatched > 0 ? `, ${unmatched} in one alone left out` : ''}`,
    '',
    ...lines,
    '',
    'p: two-sided, raised for the number of figures (Holm). Rates by McNemar’s exact test, means by sign flips.',
    '',
    `${changed.length} questions changed`,
    ...changed
      .slice(0, SHOWN)
      .map(({ q, changes, outcome: [before, after] }) =>
        [before === after ? before : `${before} → ${after}`, changes.join(' '), q]
          .filter(Boolean)
          .join(' | '),
      ),
    ...(changed.length > SHOWN ? [`… ${changed.length - SHOWN} more with --json`] : []),
    '',
  ].join('\n');
}

function cellsOf(metric: ComparedMetric): string[] {
  const { a, b, difference, low, high, p_adjusted, beyond_chance, better } = metric;
  const shown = (value: number | null): string => (value === null ? '–' : String(value));
  return [
    metric.metric,
    shown(a),
    shown(b),
    shown(difference),
    low === null ? '–' : `${low} … ${shown(high)}`,
    shown(p_adjusted),
    beyond_chance ? (better === null ? 'yes' : `yes, ${better} better`) : 'no',
  ];
}
