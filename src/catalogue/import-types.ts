import type { ImportCounts } from '../stores/catalogue-contracts.ts';

/** Bytes of a file, whole or as they come. */
export type TableSource = Uint8Array | AsyncIterable<Uint8Array>;

/** `json` is a list, or one object a line; `auto` tells by the first characters. */
export type TableFormat = 'auto' | 'csv' | 'json';

/** Column of the file → field of the product or order; any other word makes it an attribute, '-' leaves it out. */
export type ColumnMapping = Readonly<Record<string, string>>;

export interface ReadOptions {
  /** Named in errors. */
  source: string;
  format?: TableFormat;
  mapping?: ColumnMapping;
  /** ISO 4217, of prices that name none. */
  currency?: string;
  signal?: AbortSignal;
}

/** One row as it stands in the file. */
export interface SourceRecord {
  /** Line of the file, from 1; in a JSON list the place in the list. */
  line: number;
  names: readonly string[];
  /** Text in CSV, any JSON value in JSON; same order as the names. */
  values: readonly unknown[];
}

export interface RowReport {
  /** Rows of the file, good and bad. */
  read: number;
  badCount: number;
  /** The first hundred. */
  bad: { line: number; reason: string }[];
  duplicateCount: number;
  /** The first hundred keys that an earlier row had: this later row stands. */
  duplicates: { line: number; key: string }[];
}

export interface ImportReport extends RowReport {
  counts: ImportCounts;
}

/** Rows, and a report that is complete when they have all been read. */
export interface Reading<Row> {
  rows: AsyncIterable<Row>;
  report: RowReport;
}

/** Why one row cannot be taken; the others can. */
export class RowProblem extends Error {
  override readonly name = 'RowProblem';
}
