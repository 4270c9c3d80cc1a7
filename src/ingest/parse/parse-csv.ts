import { parse } from 'csv-parse/sync';
import type { SourceFile } from '../ingest-types.ts';
import { addRecords, splitSheet } from './add-records.ts';
import { BlockBuilder } from './block-builder.ts';
import { PARSE_LIMITS } from './parse-limits.ts';
import type { Parsed } from './parsed.ts';
import { delimiterOf } from './text-format.ts';

/** A table of text: a row a sentence. Quotes that never close are read as letters. @throws document_over_limit */
export function parseCsv(text: string, file: SourceFile): Parsed {
  const builder = new BlockBuilder();
  // 'sep=;' is what Excel writes and reads as the first line.
  const [, given] = /^sep=(.)\r?\n/i.exec(text) ?? [];
  const body = given === undefined ? text : text.slice(text.indexOf('\n') + 1);
  const delimiter = given ?? delimiterOf(body.slice(0, 65_536)) ?? mostOf(body);
  const { above, grid } = splitSheet(readRows(body, delimiter));
  for (const line of above) builder.add('paragraph', line);
  addRecords(builder, grid, file.source);
  return { builder, title: null };
}

function readRows(text: string, delimiter: string): string[][] {
  const options = {
    delimiter,
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    // The header, and one more than is taken: then there are too many.
    to: PARSE_LIMITS.rows + 2,
    max_record_size: PARSE_LIMITS.cellCharacters * 8,
  };
  const cut = (rows: string[][]) =>
    rows.map((row) => row.map((cell) => cell.slice(0, PARSE_LIMITS.cellCharacters)));
  try {
    return cut(parse(text, { ...options, relax_quotes: true }));
  } catch {
    // A quote that is never closed would swallow the rest of the file as one cell.
    return cut(text.split(/\r\n?|\n/).map((line) => line.split(delimiter).map(unquoted)));
  }
}

function unquoted(cell: string): string {
  return cell.replace(/^\s*"|"\s*$/g, '').replaceAll('""', '"');
}

function mostOf(text: string): string {
  const head = text.slice(0, 65_536).replace(/"[^"]{0,10000}"/g, '');
  const count = (sign: string): number => head.split(sign).length;
  return ['\t', ';', ',', '|'].reduce((best, sign) => (count(sign) > count(best) ? sign : best), ',');
}
