import type { Preview, PreviewRow, Share } from '../answer/decide/preview-settings.ts';

const HEADS = ['most wrong', 'answered', 'with caveat', 'not answered', 'wrong', 'wrong, caveat', 'promised'];

/** The preview as people read it: a row a setting, rates in percent with their 95 % intervals. */
export function previewTable({ questions, answerable, rows, least_right_answers }: Preview): string {
  const cells = [HEADS, ...rows.map(cellsOf)];
  const widths = HEADS.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  const lines = cells.map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  '));
  const missing = rows
    .filter(({ most_wrong_answers: rate, caveat }) => rate > 0 && caveat === null)
    .map(({ most_wrong_answers: rate }) => `${percent(rate)} needs ${least_right_answers[String(rate)]}`);
  return [
    `${questions} labelled questions, ${answerable} of them answerable. Percent; in brackets the 95 % interval.`,
    '',
    ...lines,
    '',
    '"wrong": of the answers without a caveat. "promised": the most that can be wrong of all such answers to come,',
    'with 95 % certainty; – where too few right answers are labelled for any promise: then none is given without a caveat.',
    ...(missing.length > 0 ? [`Least right answers in a row: ${missing.join('; ')}.`] : []),
    '',
  ].join('\n');
}

function cellsOf(row: PreviewRow): string[] {
  return [
    row.most_wrong_answers === 0 ? 'as fitted' : percent(row.most_wrong_answers),
    shown(row.answered),
    shown(row.answered_with_caveat),
    shown(row.handed_over_or_declined),
    shown(row.wrong),
    shown(row.wrong_with_caveat),
    row.promised === null ? '–' : percent(row.promised),
  ];
}

function shown(share: Share | null): string {
  return share ? `${percent(share.share)} (${percent(share.low)}–${percent(share.high)})` : '–';
}

function percent(rate: number): string {
  return (rate * 100).toFixed(1);
}
