import type { CatalogueStore, OrderStore } from '../stores/catalogue-contracts.ts';
import type { ImportReport, ReadOptions, TableSource } from './import-types.ts';
import { readOrders } from './read-orders.ts';
import { readProducts } from './read-products.ts';

export interface ImportOptions extends ReadOptions {
  /** Also removes what the file does not name. */
  replace: boolean;
}

/** Reads a file into the catalogue, whole or not at all. @throws table_*, storage_*, cancelled */
export async function importProducts(
  source: TableSource,
  store: CatalogueStore,
  options: ImportOptions,
): Promise<ImportReport> {
  const { rows, report } = readProducts(source, options);
  const counts = await store.importProducts(rows, options);
  return { ...report, counts };
}

/** Reads a file into the orders, whole or not at all. @throws table_*, storage_*, cancelled */
export async function importOrders(
  source: TableSource,
  store: OrderStore,
  options: ImportOptions,
): Promise<ImportReport> {
  const { rows, report } = readOrders(source, options);
  const counts = await store.importOrders(rows, options);
  return { ...report, counts };
}
