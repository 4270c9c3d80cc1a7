import type { Row } from './pdf-lines.ts';

/** Rows of a flow that make a table, and the row behind it. */
export interface FoundTable {
  rows: string[][];
  end: number;
}

/** Most type sizes between the lines of a table. */
const LINE_SIZES = 3.2;

/**
 * A table that begins with this row: two rows or more whose segments stand in the same columns. A row that
 * leaves the first column empty goes on with the cells above it.
 */
export function tableAt(flow: readonly Row[], begin: number): FoundTable | null {
  let end = begin;
  while (end < flow.length && isPartOf(flow, begin, end)) end += 1;
  // Prose that follows is no row of the table, though its line may begin where the first column does.
  while (end > begin && flow[end - 1]!.segments.length === 1 && columnOf(flow[end - 1]!, flow[begin]!) === 0)
    end -= 1;
  const part = flow.slice(begin, end);
  if (part.filter(({ segments }) => segments.length > 1).length < 2) return null;
  const columns = columnsOf(part);
  if (columns.length < 2) return null;
  const rows: string[][] = [];
  for (const { segments } of part) {
    const cells = columns.map(() => '');
    for (const segment of segments) {
      const at = Math.max(
        0,
        columns.findIndex(({ right }) => (segment.left + segment.right) / 2 <= right),
      );
      cells[at] = `${cells[at]} ${segment.text.trim()}`.trim();
    }
    const above = rows.at(-1);
    if (cells[0] === '' && above) cells.forEach((cell, at) => (above[at] = `${above[at]} ${cell}`.trim()));
    else rows.push(cells);
  }
  return rows.length < 2 ? null : { rows, end };
}

function isPartOf(flow: readonly Row[], begin: number, at: number): boolean {
  const row = flow[at]!;
  const above = flow[at - 1];
  if (at > begin && above) {
    const size = Math.max(...above.segments.map((segment) => segment.size));
    if (row.baseline - above.baseline > size * LINE_SIZES || row.baseline < above.baseline) return false;
  }
  if (row.segments.length > 1) return true;
  return at > begin && (columnOf(row, flow[begin]!) > 0 || (flow[at + 1]?.segments.length ?? 0) > 1);
}

/** Which segment of the head row a lone segment stands under; 0 when under the first or none. */
function columnOf(row: Row, head: Row): number {
  const [only] = row.segments;
  if (!only) return 0;
  return Math.max(
    0,
    head.segments.findIndex(({ left, right }) => only.left < right && only.right > left),
  );
}

/** Stretches of the line that segments of any row stand in; touching ones are one column. */
function columnsOf(rows: readonly Row[]): { left: number; right: number }[] {
  const spans = rows
    .filter(({ segments }) => segments.length > 1)
    .flatMap(({ segments }) => segments.map(({ left, right }) => ({ left, right })))
    .sort((one, other) => one.left - other.left);
  const columns: { left: number; right: number }[] = [];
  for (const span of spans) {
    const last = columns.at(-1);
    if (last && span.left < last.right) last.right = Math.max(last.right, span.right);
    else columns.push({ ...span });
  }
  return columns;
}
