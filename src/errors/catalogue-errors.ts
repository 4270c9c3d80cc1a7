import type { ErrorTable } from './error-table.ts';

/** Errors of products and orders: imported tables, and live sources. */
export const CATALOGUE_ERRORS = {
  table_empty: {
    status: 422,
    message: '{source} is empty. Send a table with a header line and at least one row, or a JSON list.',
  },
  table_binary: {
    status: 415,
    message: '{source} is not a table of text (found {found}). Export it as CSV or JSON.',
  },
  table_too_large: {
    status: 413,
    message: '{source} is larger than {limit} bytes. Split it, and import the parts without replacing.',
  },
  table_broken: {
    status: 422,
    message: '{source} cannot be read from line {line} on: {reason}. Nothing was changed; correct the file.',
  },
  table_not_a_list: {
    status: 422,
    message: '{source} holds no list. Send a JSON list of objects, or one object a line.',
  },
  table_without_rows: {
    status: 422,
    message: '{source} holds a header and no rows. Nothing was changed.',
  },
  table_without_good_rows: {
    status: 422,
    message:
      'No row of {source} could be taken, so nothing was changed. The first problem, in line {line}: {reason}.',
  },
  table_column_missing: {
    status: 422,
    message:
      '{source} has no column for "{missing}". Say which one it is with a mapping "column={missing}". Its columns are: {found}.',
  },
  table_column_unknown: {
    status: 400,
    message:
      'The mapping names the column "{column}", which {source} does not have. Its columns are: {found}.',
  },
  product_not_found: { status: 404, message: 'There is no product with the code {code}.' },
  order_not_found: { status: 404, message: 'There is no order with the number {number}.' },
  sources_invalid: {
    status: 500,
    message:
      '{path}: {field} {reason}. Correct it, or move the file away to use the imported catalogue alone.',
  },
} as const satisfies ErrorTable;
