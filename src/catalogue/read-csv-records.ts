import { Readable } from 'node:stream';
import { CsvError, parse, type Info, type Options } from 'csv-parse';
import { AnswerboxError } from '../errors.ts';
import { guessSeparator } from './guess-separator.ts';
import { TABLE_IMPORT } from './import-settings.ts';
import type { SourceRecord } from './import-types.ts';

const OPTIONS: Options = {
  info: true,
  trim: true,
  skip_empty_lines: true,
  // 27" monitor, unquoted.
  relax_quotes: true,
  // Excel leaves out separators of empty cells at the end; too many cells are found later, with the line.
  relax_column_count: true,
  max_record_size: TABLE_IMPORT.mostRecordCharacters,
};

/**
 * Records of a table with a header line.
 * @param texts at least one that is not empty
 * @throws table_broken where quotes do not match: what follows cannot be told apart any more
 */
export async function* readCsvRecords(
  texts: AsyncIterable<string>,
  source: string,
): AsyncGenerator<SourceRecord> {
  let names: readonly string[] | null = null;
  let line = 1;
  try {
    for await (const { record, info } of parsed(texts)) {
      line = info.lines;
      if (names === null) names = record.map((name, place) => name || `column ${place + 1}`);
      else if (record.some((value) => value !== '')) yield { line, names, values: record };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // The records before it may not have been asked for yet; the parser has counted them.
    const before = Math.max(line, Number(error['records'] ?? 0) + Number(error['empty_lines'] ?? 0));
    const reason = error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quote is opened and never closed' : error.code;
    throw new AnswerboxError('table_broken', { source, line: before + 1, reason }, error);
  }
}

async function* parsed(texts: AsyncIterable<string>): AsyncGenerator<{ record: string[]; info: Info }> {
  const iterator = texts[Symbol.asyncIterator]();
  const { value: first = '' } = (await iterator.next()) as IteratorResult<string, undefined>;
  const { separator, skip } = guessSeparator(first);
  async function* all(): AsyncGenerator<string> {
    yield first.slice(skip);
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  const parser = parse({ ...OPTIONS, delimiter: separator });
  const input = Readable.from(all());
  input.once('error', (error) => parser.destroy(error));
  try {
    yield* input.pipe(parser) as AsyncIterable<{ record: string[]; info: Info }>;
  } finally {
    input.destroy();
  }
}
