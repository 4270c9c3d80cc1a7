/**
 * Where a large import is written, slice by slice, before it takes the place of the table: the two change names in
 * one short transaction. Columns as in `products` and `orders`; empty between imports.
 */
export const NEXT_TABLES = `
  CREATE TABLE products_next (
    key TEXT PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL, family TEXT NOT NULL, category TEXT NOT NULL,
    brand TEXT NOT NULL, description TEXT NOT NULL, url TEXT, attributes TEXT NOT NULL, price_minor INTEGER,
    price_currency TEXT, stock INTEGER, delivery_days INTEGER, updated_at TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX products_next_family ON products_next(family);

  CREATE TABLE orders_next (
    key TEXT PRIMARY KEY, number TEXT NOT NULL, email TEXT NOT NULL, state TEXT NOT NULL, items TEXT NOT NULL,
    total_minor INTEGER, total_currency TEXT, placed_at TEXT NOT NULL, shipped_at TEXT, expected_at TEXT,
    carrier TEXT, tracking TEXT, updated_at TEXT NOT NULL
  ) WITHOUT ROWID;
`;
