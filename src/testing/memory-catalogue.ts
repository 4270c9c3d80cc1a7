import type {
  CatalogueStore,
  Order,
  OrderStore,
  Product,
  StoredProduct,
} from '../stores/catalogue-contracts.ts';
import { createMemoryRows } from './memory-rows.ts';

/** A catalogue store in memory, for tests of what stands on the contract. */
export function createMemoryCatalogue(): CatalogueStore {
  const rows = createMemoryRows<Product>(({ code }) => code);
  return {
    importProducts: rows.importRows,
    getProduct: async (code) => rows.get(code),
    getProducts: async (codes) =>
      codes.map((code) => rows.get(code)).filter((row): row is StoredProduct => row !== null),
    getFamily: async (family) => rows.all().filter((row) => row.family === family),
    listProducts: async (options) => rows.page(options),
    removeAll: async () => rows.removeAll(),
    counts: async () => ({ products: rows.all().length, version: rows.version }),
  };
}

export function createMemoryOrders(): OrderStore {
  const rows = createMemoryRows<Order>(({ number }) => number);
  return {
    importOrders: rows.importRows,
    getOrder: async (number) => rows.get(number),
    listOrders: async (options) => rows.page(options),
    removeAll: async () => rows.removeAll(),
    counts: async () => ({ orders: rows.all().length, version: rows.version }),
  };
}
