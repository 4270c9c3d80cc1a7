import { CSV_START, csvRow } from '../desk/csv-rows.ts';
import type { Terminal } from './terminal.ts';

/** Rows with the same columns as a spreadsheet reads them; no rows are an empty file. */
export function printCsv(rows: readonly Readonly<Record<string, unknown>>[], terminal: Terminal): void {
  const columns = Object.keys(rows[0] ?? {});
  terminal.data(CSV_START + (columns.length > 0 ? csvRow(columns) : ''));
  for (const row of rows) terminal.data(csvRow(columns.map((column) => row[column])));
}
