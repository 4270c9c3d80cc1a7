import { AnswerboxError, throwIfCancelled } from '../errors.ts';
import { normalizeCode } from '../text/normalize-code.ts';
import { decodeTable } from './decode-table.ts';
import { DEFAULT_CURRENCY, TABLE_IMPORT } from './import-settings.ts';
import {
  RowProblem,
  type Reading,
  type ReadOptions,
  type RowReport,
  type SourceRecord,
  type TableFormat,
  type TableSource,
} from './import-types.ts';
import {
  applyColumns,
  mapColumns,
  unknownColumns,
  type ColumnMap,
  type MappedRecord,
} from './map-columns.ts';
import { decimalSignOf, type AmountContext } from './read-amount.ts';
import { readCsvRecords } from './read-csv-records.ts';
import { readJsonRecords } from './read-json-records.ts';

/** How records become rows of one kind. */
export interface RowKind<Row, Field extends string> {
  columns: Readonly<Record<Field, string>>;
  /** Without a column for these no row can be good. */
  needed: readonly Field[];
  /** The column whose cells show the decimal sign. */
  amount: Field;
  make: (record: MappedRecord<Field>, context: AmountContext) => Row;
  keyOf: (row: Row) => string;
  /** True when the row made last takes up the one before it: no duplicate. */
  continues?: () => boolean;
}

type Found = SourceRecord | { line: number; problem: RowProblem };

/**
 * Rows of a file as they are asked for, with a report. Bad rows are told and left out; the iteration itself
 * throws when the file as a whole is of no use, so that a store behind it changes nothing.
 * @throws table_* (while iterating), cancelled
 */
export function readRows<Row, Field extends string>(
  source: TableSource,
  kind: RowKind<Row, Field>,
  options: ReadOptions,
): Reading<Row> {
  const report: RowReport = { read: 0, badCount: 0, bad: [], duplicateCount: 0, duplicates: [] };
  return { rows: goodRows(source, kind, options, report), report };
}

async function* goodRows<Row, Field extends string>(
  source: TableSource,
  kind: RowKind<Row, Field>,
  options: ReadOptions,
  report: RowReport,
): AsyncGenerator<Row> {
  const make = createRowMaker(kind, options);
  const seen = new Set<string>();
  let sample: Found[] | null = [];
  const take = (found: Found): Row | null => {
    report.read++;
    try {
      if ('problem' in found) throw found.problem;
      const row = make.row(found);
      if (!kind.continues?.()) noteKey(report, seen, kind.keyOf(row), found.line);
      return row;
    } catch (error) {
      noteProblem(report, error, found.line);
      return null;
    }
  };
  function* taken(records: readonly Found[]): Generator<Row> {
    for (const found of records) {
      const row = take(found);
      if (row !== null) yield row;
    }
  }
  for await (const found of recordsOf(source, options)) {
    throwIfCancelled(options.signal);
    if (sample === null) yield* taken([found]);
    else if (sample.push(found) === TABLE_IMPORT.sampleRecords) {
      make.learn(sample);
      yield* taken(sample);
      sample = null;
    }
  }
  if (sample !== null) {
    make.learn(sample);
    yield* taken(sample);
  }
  if (seen.size === 0) throw nothingGood(report, options.source);
}

async function* recordsOf(source: TableSource, { source: name, format = 'auto', signal }: ReadOptions) {
  const texts = decodeTable(source, name, signal);
  const { value: first = '' } = (await texts.next()) as IteratorResult<string, undefined>;
  async function* all(): AsyncGenerator<string> {
    yield first;
    yield* texts;
  }
  yield* formatOf(first, format) === 'json' ? readJsonRecords(all(), name) : readCsvRecords(all(), name);
}

function formatOf(text: string, told: TableFormat): 'csv' | 'json' {
  if (told !== 'auto') return told;
  return /^\s*[[{]/.test(text) ? 'json' : 'csv';
}

/** Guesses once, from the first records; then makes row after row. */
function createRowMaker<Row, Field extends string>(kind: RowKind<Row, Field>, options: ReadOptions) {
  const maps = new Map<string, ColumnMap<Field>>();
  let [lastNames, lastMap]: [readonly string[] | null, ColumnMap<Field> | null] = [null, null];
  let sign: AmountContext['sign'] = null;
  // Every record of a CSV file has the same list of names; those of a JSON list may differ.
  const mapOf = (names: readonly string[]): ColumnMap<Field> => {
    if (names === lastNames && lastMap !== null) return lastMap;
    const key = names.join('\n');
    const map = maps.get(key) ?? mapColumns(names, kind.columns, options.mapping);
    maps.set(key, map);
    [lastNames, lastMap] = [names, map];
    return map;
  };
  return {
    learn: (sample: readonly Found[]): void => {
      const records = sample.filter((found): found is SourceRecord => 'names' in found);
      if (records.length > 0) checkColumns(records, mapOf, kind.needed, options);
      sign = decimalSignOf(
        records.map(({ names, values }) => applyColumns(mapOf(names), values).fields[kind.amount]),
      );
    },
    row: ({ names, values }: SourceRecord): Row => {
      if (values.length > names.length && values.slice(names.length).some((value) => value !== ''))
        throw new RowProblem(
          `it has ${values.length} cells, the header ${names.length}; quote cells that hold the separator`,
        );
      const map = mapOf(names);
      const currency = map.currency ?? options.currency ?? DEFAULT_CURRENCY;
      return kind.make(applyColumns(map, values), { sign, currency });
    },
  };
}

function checkColumns<Field extends string>(
  records: readonly SourceRecord[],
  mapOf: (names: readonly string[]) => ColumnMap<Field>,
  needed: readonly Field[],
  { source, mapping = {} }: ReadOptions,
): void {
  const names = [...new Set(records.flatMap((record) => record.names))];
  const found = names.slice(0, 50).join(', ');
  const [unknown] = unknownColumns(mapping, records);
  if (unknown !== undefined)
    throw new AnswerboxError('table_column_unknown', { source, column: unknown, found });
  const have = new Set(
    records.flatMap((record) =>
      mapOf(record.names).targets.map((target) => target && 'field' in target && target.field),
    ),
  );
  const missing = needed.find((field) => !have.has(field));
  if (missing !== undefined) throw new AnswerboxError('table_column_missing', { source, missing, found });
}

function noteKey(report: RowReport, seen: Set<string>, key: string, line: number): void {
  const plain = normalizeCode(key);
  if (!seen.has(plain)) return void seen.add(plain);
  report.duplicateCount++;
  if (report.duplicates.length < TABLE_IMPORT.reported) report.duplicates.push({ line, key });
}

function noteProblem(report: RowReport, error: unknown, line: number): void {
  if (!(error instanceof RowProblem)) throw error;
  report.badCount++;
  if (report.bad.length < TABLE_IMPORT.reported) report.bad.push({ line, reason: error.message });
}

function nothingGood({ bad: [first] }: RowReport, source: string): AnswerboxError {
  if (first === undefined) return new AnswerboxError('table_without_rows', { source });
  return new AnswerboxError('table_without_good_rows', { source, line: first.line, reason: first.reason });
}
