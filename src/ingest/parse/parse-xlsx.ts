import readSheets from 'read-excel-file/universal';
import { AnswerboxError, reasonOf } from '../../errors.ts';
import type { SourceFile } from '../ingest-types.ts';
import { addRecords, splitSheet } from './add-records.ts';
import { BlockBuilder } from './block-builder.ts';
import { coreTitle } from './parse-docx.ts';
import { overLimit, type ParseContext } from './parse-context.ts';
import { PARSE_LIMITS } from './parse-limits.ts';
import type { Parsed } from './parsed.ts';
import { openArchive, type Archive } from './read-archive.ts';

/** Excel: each sheet a section, each row a sentence with its column names. Formulas are read as what they last came to. */
export async function parseXlsx(file: SourceFile, context: ParseContext): Promise<Parsed> {
  const { source } = file;
  const archive = openArchive(file, context);
  archive.verify();
  checkSheets(archive, source);
  const builder = new BlockBuilder();
  const sheets = await readAll(file);
  for (const { sheet, data } of sheets) {
    if (sheets.length > 1 || !/^(?:sheet|tabelle|feuil|hoja|foglio|blad)\s?\d*$/i.test(sheet))
      builder.addHeading(2, sheet);
    const { above, grid } = splitSheet(data.map((row) => row.map(cellText)));
    for (const line of above) builder.add('paragraph', line);
    addRecords(builder, grid, source);
  }
  return { builder, title: coreTitle(archive, source) };
}

async function readAll({ bytes, source }: SourceFile) {
  try {
    // The package's reader for Node takes a stream, and of some damaged files that stream never ends.
    const sheets = await readSheets(Uint8Array.from(bytes).buffer);
    // Of a damaged file the reader may give sheets or rows that are none.
    if (!sheets.every(({ data }) => Array.isArray(data) && data.every((row) => Array.isArray(row))))
      throw new Error('a sheet has no rows');
    return sheets;
  } catch (error) {
    const reason = reasonOf(error).slice(0, 200);
    throw new AnswerboxError('document_damaged', { source, format: 'an Excel sheet', reason }, error);
  }
}

/** A single cell in the last column of the last row makes 17 billion empty ones before it. */
function checkSheets(archive: Archive, source: string): void {
  for (const { name } of archive.members) {
    if (!/^xl\/.*\.xml$/.test(name)) continue;
    const text = archive.readText(name) ?? '';
    if (/<!(?:ENTITY|DOCTYPE)/i.test(text.slice(0, 4096)))
      throw new AnswerboxError('document_xml_entities', { source });
    // Excel ends a cell at 32,767; the reader of sheets takes quadratic time for one of millions.
    const longest = PARSE_LIMITS.cellCharacters * 2;
    for (let at = text.indexOf('>'); at >= 0;) {
      const next = text.indexOf('<', at);
      if (next - at > longest) throw overLimit(source, 'characters in a cell', next - at, longest);
      at = next < 0 ? -1 : text.indexOf('>', next);
    }
    if (!name.startsWith('xl/worksheets/')) continue;
    let rows = 0;
    let columns = 0;
    for (const [, place = ''] of text.matchAll(/<(?:\w+:)?c\s(?:[^>"]*"[^"]*")*?[^>"]*?\br="([^"]*)"/g)) {
      const [, letters, digits] = /^([A-Z]{1,3})(\d{1,7})$/.exec(place) ?? [];
      // The reader takes the letters of whatever stands there for a column, of which there may be billions then.
      if (letters === undefined)
        throw new AnswerboxError('document_damaged', {
          source,
          format: 'an Excel sheet',
          reason: `"${place.slice(0, 40)}" is no cell`,
        });
      rows = Math.max(rows, Number(digits));
      columns = Math.max(
        columns,
        Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0),
      );
    }
    const found = rows * columns;
    if (found > PARSE_LIMITS.cells * 4)
      throw new AnswerboxError('document_over_limit', {
        source,
        what: 'cells',
        found,
        limit: PARSE_LIMITS.cells * 4,
      });
  }
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) {
    const day = Number.isNaN(cell.getTime()) ? '' : cell.toISOString();
    return day.endsWith('T00:00:00.000Z') ? day.slice(0, 10) : day.slice(0, 16).replace('T', ' ');
  }
  // Binary fractions: 4.9 is kept as 4.9000000000000004.
  if (typeof cell === 'number') return String(Number(cell.toPrecision(12)));
  const text = typeof cell === 'string' ? cell : JSON.stringify(cell);
  return text.slice(0, PARSE_LIMITS.cellCharacters);
}
