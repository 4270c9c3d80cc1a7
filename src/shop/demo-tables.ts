import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Reading } from '../catalogue/import-types.ts';
import { readOrders } from '../catalogue/read-orders.ts';
import { readProducts } from '../catalogue/read-products.ts';
import { reasonOf } from '../errors.ts';
import type { CatalogueStore, Order, OrderStore, Product } from '../stores/catalogue-contracts.ts';

interface TableStores {
  catalogue: CatalogueStore;
  orders: OrderStore;
}

/** Rows read back at once. */
const PAGE = 500;

/** Adds the products and orders of the demo shop to what is there; a demo without these files has none. */
export async function loadDemoTables(
  demoFolder: string,
  { catalogue, orders }: TableStores,
  onProgress: (message: string) => void,
): Promise<void> {
  try {
    const products = await demoProducts(demoFolder);
    if (products) await catalogue.importProducts(products.rows, { replace: false });
    const sold = await demoOrders(demoFolder);
    if (sold) await orders.importOrders(sold.rows, { replace: false });
  } catch (error) {
    // A shop with documents alone is better than none.
    onProgress(reasonOf(error));
  }
}

/** Removes the demo's rows, and leaves those that the owner has imported or changed since. */
export async function removeDemoTables(
  demoFolder: string,
  { catalogue, orders }: TableStores,
): Promise<void> {
  const products = await demoProducts(demoFolder);
  if (products && (await catalogue.counts()).products > 0) {
    const demo = await byKey(products, ({ code }) => code);
    const page = (after: string) => catalogue.listProducts({ limit: PAGE, after });
    await catalogue.importProducts(
      othersThan(demo, page, ({ code }) => code),
      { replace: true },
    );
  }
  const sold = await demoOrders(demoFolder);
  if (sold && (await orders.counts()).orders > 0) {
    const demo = await byKey(sold, ({ number }) => number);
    const page = (after: string) => orders.listOrders({ limit: PAGE, after });
    await orders.importOrders(
      othersThan(demo, page, ({ number }) => number),
      { replace: true },
    );
  }
}

async function demoProducts(folder: string): Promise<Reading<Product> | null> {
  const bytes = await readIfThere(join(folder, 'catalogue.csv'));
  return bytes && readProducts(bytes, { source: 'catalogue.csv', format: 'csv' });
}

async function demoOrders(folder: string): Promise<Reading<Order> | null> {
  const bytes = await readIfThere(join(folder, 'orders.json'));
  return bytes && readOrders(bytes, { source: 'orders.json', format: 'json' });
}

async function readIfThere(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path);
  } catch {
    return null;
  }
}

async function byKey<Row>({ rows }: Reading<Row>, keyOf: (row: Row) => string): Promise<Map<string, Row>> {
  const found = new Map<string, Row>();
  for await (const row of rows) found.set(keyOf(row), row);
  return found;
}

async function* othersThan<Row extends { updatedAt: string }>(
  demo: ReadonlyMap<string, object>,
  page: (after: string) => Promise<Row[]>,
  keyOf: (row: Row) => string,
): AsyncGenerator<Row> {
  for (let after = ''; ;) {
    const rows = await page(after);
    if (rows.length === 0) return;
    yield* rows.filter((row) => {
      const { updatedAt: _, ...own } = row;
      return !isDeepStrictEqual(own, demo.get(keyOf(row)));
    });
    after = keyOf(rows.at(-1)!);
  }
}
