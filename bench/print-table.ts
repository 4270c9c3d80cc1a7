import type { BenchResult, BenchRow } from './bench-types.ts';

/** Rows as an aligned table; a spread is shown as median (min…max). */
export function tableOf({ rows, notes }: BenchResult): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = [columns, ...rows.map((row) => columns.map((column) => cellOf(row[column])))];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)));
  const lines = cells.map((line) =>
    line
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, ...notes.map((note) => `- ${note}`)].join('\n');
}

function cellOf(value: BenchRow[string] | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  return value.min === value.max ? String(value.median) : `${value.median} (${value.min}…${value.max})`;
}
