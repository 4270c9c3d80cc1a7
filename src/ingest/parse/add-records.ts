import type { BlockBuilder } from './block-builder.ts';
import { PARSE_LIMITS } from './parse-limits.ts';
import { overLimit } from './parse-context.ts';
import { addTable, type TableGrid } from './table-rows.ts';

const QUESTION = /^(?:question|q|frage|pregunta|question \(.*\))$/i;
const ANSWER = /^(?:answer|a|antwort|réponse|respuesta|answer \(.*\))$/i;

/**
 * A table as blocks: a row a sentence with its column names; a table of questions and answers as pairs,
 * the question as heading of its answer.
 * @throws document_over_limit
 */
export function addRecords(builder: BlockBuilder, grid: TableGrid, source: string): void {
  const columns = Math.max(grid.header?.length ?? 0, ...sampleWidths(grid.rows));
  if (grid.rows.length > PARSE_LIMITS.rows)
    throw overLimit(source, 'rows', grid.rows.length, PARSE_LIMITS.rows);
  const cells = grid.rows.reduce((sum, row) => sum + row.length, columns);
  if (cells > PARSE_LIMITS.cells) throw overLimit(source, 'cells', cells, PARSE_LIMITS.cells);
  const header = grid.header?.map((name) => name.trim()) ?? null;
  const question = header?.findIndex((name) => QUESTION.test(name)) ?? -1;
  const answer = header?.findIndex((name) => ANSWER.test(name)) ?? -1;
  if (header === null || question < 0 || answer < 0) return addTable(builder, grid);
  for (const row of grid.rows) {
    builder.addHeading(2, row[question] ?? '');
    builder.add('paragraph', row[answer] ?? '');
    const isOther = (_: unknown, column: number) => column !== question && column !== answer;
    addTable(builder, { header: header.filter(isOther), rows: [row.filter(isOther)] });
  }
}

/** Widths are bounded by `cells` later; spreading a million of them would overflow the stack. */
function sampleWidths(rows: readonly (readonly string[])[]): number[] {
  return rows.slice(0, 1000).map((row) => row.length);
}

/**
 * Rows as they stand → lines above the table, its header, its rows. The header is the first row
 * with a name in every column that is used; without one all rows are rows.
 * @param mayPair on a page, two columns of words are names and their values rather than a header with rows
 */
export function splitSheet(
  rows: readonly (readonly string[])[],
  mayPair = false,
): { above: string[]; grid: TableGrid } {
  const filled = rows.filter((row) => row.some((cell) => cell.trim() !== ''));
  const width = (row: readonly string[]): number => row.filter((cell) => cell.trim() !== '').length;
  const widest = filled.slice(0, 200).reduce((most, row) => Math.max(most, width(row)), 0);
  const first = filled.findIndex((row) => width(row) > 1 || widest < 2);
  const above = filled
    .slice(0, Math.max(0, first))
    .map((row) => row.filter((cell) => cell.trim() !== '').join(' '));
  const table = filled.slice(Math.max(0, first));
  const head = table[0] ?? [];
  const isPair = mayPair && widest === 2 && table.slice(1).some((row) => isName(row.at(-1) ?? ''));
  const isHeader =
    table.length > 1 &&
    widest > 1 &&
    !isPair &&
    width(head) >= widest - 1 &&
    head.every(isName) &&
    hasNoTwice(head);
  const grid = isHeader ? { header: head, rows: table.slice(1) } : { header: null, rows: table };
  return { above, grid };
}

/** Column names are words, not amounts, dates or sentences. */
function isName(cell: string): boolean {
  const clean = cell.trim();
  return (
    clean === '' || (clean.length <= 80 && /\p{L}/u.test(clean) && !/^[\d.,:/-]+\s*\p{L}{0,3}$/u.test(clean))
  );
}

function hasNoTwice(head: readonly string[]): boolean {
  const names = head.map((name) => name.trim().toLowerCase()).filter((name) => name !== '');
  return new Set(names).size === names.length;
}
