import type { Product } from '../stores/catalogue-contracts.ts';
import { PRODUCT_COLUMNS, type ProductField } from './column-names.ts';
import type { Reading, ReadOptions, TableSource } from './import-types.ts';
import { readProduct } from './read-product.ts';
import { readRows, type RowKind } from './read-rows.ts';

const PRODUCTS: RowKind<Product, ProductField> = {
  columns: PRODUCT_COLUMNS,
  needed: ['code', 'name'],
  amount: 'price',
  make: readProduct,
  keyOf: ({ code }) => code,
};

/**
 * Products of a CSV or JSON file. Columns that are no field become attributes.
 * @throws table_* and cancelled, while the rows are read
 */
export function readProducts(source: TableSource, options: ReadOptions): Reading<Product> {
  return readRows(source, PRODUCTS, options);
}
