import type { Row, Segment } from './pdf-lines.ts';

export const PDF_COLUMNS = {
  /** Rows that columns of text have side by side at least, 3…10. */
  rows: 4,
  /** Characters of the middle segment of a column of prose at least, 10…40; cells of tables are shorter. */
  characters: 20,
  /** Share of the width at each side in which no gutter is looked for, 0.05…0.3. */
  margin: 0.15,
  /** Share of all rows that may cross the gutter (titles, wide pictures' captions), 0.1…0.6. */
  crossing: 0.4,
} as const;

/**
 * Rows in reading order, as runs of rows of one column each: what crosses the page, then the left column,
 * then the right one, and so on down the page. Columns may have columns.
 */
export function readingOrder(rows: readonly Row[], depth = 0): Row[][] {
  const gutter = depth < 3 ? findGutter(rows) : null;
  if (gutter === null) return rows.length === 0 ? [] : [[...rows]];
  const flows: Row[][] = [];
  let across: Row[] = [];
  let beside: Row[] = [];
  const closeBeside = (): void => {
    if (isColumns(beside, gutter)) {
      if (across.length > 0) flows.push(across);
      across = [];
      for (const side of [sideOf(beside, gutter, true), sideOf(beside, gutter, false)])
        flows.push(...readingOrder(side, depth + 1));
    } else across.push(...beside);
    beside = [];
  };
  for (const row of rows) {
    if (row.segments.some((segment) => crosses(segment, gutter))) {
      closeBeside();
      across.push(row);
    } else beside.push(row);
  }
  closeBeside();
  if (across.length > 0) flows.push(across);
  return flows;
}

/** The place that the fewest rows cross, in the middle part of the text; null when too many do everywhere. */
function findGutter(rows: readonly Row[]): number | null {
  if (rows.length < PDF_COLUMNS.rows) return null;
  const segments = rows.flatMap((row) => row.segments);
  const left = segments.reduce((least, segment) => Math.min(least, segment.left), Infinity);
  const right = segments.reduce((most, segment) => Math.max(most, segment.right), 0);
  const width = Math.ceil(right - left);
  if (!(width > 40) || width > 20_000) return null;
  const crossed = new Uint32Array(width + 1);
  for (const segment of segments) {
    const from = Math.max(0, Math.floor(segment.left - left));
    const to = Math.min(width, Math.ceil(segment.right - left));
    for (let at = from; at < to; at += 1) crossed[at]! += 1;
  }
  const [first, last] = [Math.floor(width * PDF_COLUMNS.margin), Math.ceil(width * (1 - PDF_COLUMNS.margin))];
  let best = { count: Infinity, from: 0, to: 0 };
  for (let at = first; at < last;) {
    let to = at;
    while (to < last && crossed[to] === crossed[at]) to += 1;
    const count = crossed[at]!;
    if (count < best.count || (count === best.count && to - at > best.to - best.from))
      best = { count, from: at, to };
    at = to;
  }
  if (best.count > rows.length * PDF_COLUMNS.crossing) return null;
  return left + (best.from + best.to) / 2;
}

function crosses({ left, right }: Segment, gutter: number): boolean {
  return left < gutter && right > gutter;
}

function sideOf(rows: readonly Row[], gutter: number, isLeft: boolean): Row[] {
  return rows
    .map((row) => ({ ...row, segments: row.segments.filter(({ left }) => left < gutter === isLeft) }))
    .filter(({ segments }) => segments.length > 0);
}

/** Prose on both sides, and not the cells of a table. */
function isColumns(rows: readonly Row[], gutter: number): boolean {
  return [true, false].every((isLeft) => {
    const side = sideOf(rows, gutter, isLeft);
    const lengths = side.flatMap(({ segments }) => segments.map(({ text }) => text.trim().length));
    lengths.sort((one, other) => one - other);
    const middle = lengths[Math.floor(lengths.length / 2)] ?? 0;
    return side.length >= PDF_COLUMNS.rows && middle >= PDF_COLUMNS.characters;
  });
}
