import type { BlockBuilder } from './block-builder.ts';
import { collapse } from './block-builder.ts';

/** A table as a grid of plain cell texts. */
export interface TableGrid {
  /** Column names, '' for a column without one; null when the table has no header row. */
  header: readonly string[] | null;
  rows: readonly (readonly string[])[];
}

/** Longest column name in characters that is repeated in every row; a longer header becomes a row. */
const NAME_CHARACTERS = 60;
/** Most characters that repeated column names may add to one document's table. */
const REPEATED_CHARACTERS = 4_000_000;

/** Adds one line a row: 'Zone: Germany; Standard: €4.90; Express: €9.90.' */
export function addTable(builder: BlockBuilder, { header, rows }: TableGrid): void {
  const names = header?.map((name) => collapse(name).replace(/\s*:$/, '')) ?? [];
  const isRepeatable = names.every((name) => name.length <= NAME_CHARACTERS);
  const added = names.join('').length * rows.length;
  if (isRepeatable && added <= REPEATED_CHARACTERS && rows.length > 0) {
    for (const row of rows) builder.add('table_row', rowSentence(row, names));
    return;
  }
  builder.add('table_row', rowSentence(names, []));
  for (const row of rows) builder.add('table_row', rowSentence(row, []));
}

/** Two cells without column names read as a name and its value: 'Monday: 9 to 18.' */
function rowSentence(row: readonly string[], names: readonly string[]): string {
  const cells = row.map(collapse);
  const filled = cells.filter((cell) => cell !== '');
  const isPair = row.length === 2 && filled.length === 2 && names.every((name) => name === '');
  if (isPair) return closed(`${filled[0]?.replace(/\s*:$/, '')}: ${filled[1]}`);
  const parts: string[] = [];
  cells.forEach((cell, column) => {
    if (cell === '') return;
    const name = names[column] ?? '';
    parts.push(name === '' ? cell : `${name}: ${cell}`);
  });
  const last = parts.pop();
  if (last === undefined) return '';
  return closed([...parts.map((part) => part.replace(/([^.])[.;]$/, '$1')), last].join('; '));
}

function closed(sentence: string): string {
  return /[.!?。！？]["'”’)]*$/.test(sentence) ? sentence : `${sentence}.`;
}
