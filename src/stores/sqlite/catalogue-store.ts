import { normalizeCode } from '../../text/normalize-code.ts';
import type { CatalogueStore, Product, StoredProduct } from '../catalogue-contracts.ts';
import { importRows, removeRows } from './import-rows.ts';
import { countRows, updatedAtOf, type ImportedTable } from './imported-table.ts';
import { dropLeftovers } from './swap-tables.ts';
import { asStoreError, type SqliteDatabase } from './open-database.ts';

const PRODUCTS: ImportedTable<Product> = {
  name: 'products',
  columns: [
    'key',
    'code',
    'name',
    'family',
    'category',
    'brand',
    'description',
    'url',
    'attributes',
    'price_minor',
    'price_currency',
    'stock',
    'delivery_days',
  ],
  cells: (product) => [
    normalizeCode(product.code),
    product.code,
    product.name,
    product.family,
    product.category,
    product.brand,
    product.description,
    product.url,
    JSON.stringify(product.attributes, Object.keys(product.attributes).sort()),
    product.price?.minor ?? null,
    product.price?.currency ?? null,
    product.stock,
    product.deliveryDays,
  ],
};

const SELECT = `SELECT code, name, family, category, brand, description, url, attributes,
  price_minor AS minor, price_currency AS currency, stock, delivery_days AS deliveryDays, ${updatedAtOf('products')}
  FROM products`;

type ProductRow = Omit<StoredProduct, 'attributes' | 'price'> & {
  attributes: string;
  minor: number | null;
  currency: string | null;
};

/** The shop's products, changed as a whole. */
export function createSqliteCatalogueStore(database: SqliteDatabase): CatalogueStore {
  dropLeftovers(database, 'products');
  const guarded = async <Result>(work: () => Result | Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw asStoreError(error, database.name);
    }
  };
  const select = (rest: string, ...parameters: (string | number)[]): Promise<StoredProduct[]> =>
    guarded(() => (database.prepare(`${SELECT} ${rest}`).all(...parameters) as ProductRow[]).map(asProduct));
  const byKeys = (keys: readonly string[]): Promise<StoredProduct[]> =>
    select(
      'JOIN json_each(?) AS wanted ON wanted.value = products.key ORDER BY wanted.key',
      JSON.stringify(keys),
    );

  return {
    importProducts: (rows, options) => guarded(() => importRows(database, PRODUCTS, rows, options)),
    getProduct: async (code) => (await byKeys([normalizeCode(code)]))[0] ?? null,
    getProducts: (codes) => byKeys(codes.map(normalizeCode)),
    getFamily: (family) => select('WHERE family = ? ORDER BY key', family),
    listProducts: ({ limit, after }) =>
      select('WHERE key > ? ORDER BY key LIMIT ?', normalizeCode(after ?? ''), limit),
    removeAll: () => guarded(() => removeRows(database, 'products')),
    counts: () =>
      guarded(() => {
        const { rows, version } = countRows(database, 'products');
        return { products: rows, version };
      }),
  };
}

function asProduct({ minor, currency, attributes, ...rest }: ProductRow): StoredProduct {
  return {
    ...rest,
    attributes: JSON.parse(attributes) as Record<string, string>,
    price: minor === null || currency === null ? null : { minor, currency },
  };
}
