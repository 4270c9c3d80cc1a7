import { resolve } from 'node:path';
import type { Static } from '@sinclair/typebox';
import type { IMPORT_REPORT, ORDER, PRODUCT } from '../api/schemas/catalogue-schema.ts';
import { wireImport, wireOrder, wireProduct } from '../api/wire-catalogue.ts';
import { importOrders, importProducts } from '../catalogue/import-catalogue.ts';
import type { ColumnMapping } from '../catalogue/import-types.ts';
import type { Config } from '../config.ts';
import type { ControlFile } from '../serve.ts';
import { createSqliteCatalogueStore } from '../stores/sqlite/catalogue-store.ts';
import { lockFolder } from '../stores/sqlite/lock-folder.ts';
import { openDatabase } from '../stores/sqlite/open-database.ts';
import { createSqliteOrderStore } from '../stores/sqlite/order-store.ts';
import { findServer } from './backend.ts';
import { controlFetch } from './control-fetch.ts';
import { responseError } from './remote-backend.ts';

export interface TableImport {
  bytes: Uint8Array;
  /** Named in errors. */
  source: string;
  replace: boolean;
  mapping: ColumnMapping;
  currency?: string;
  signal: AbortSignal;
}

export type Report = Static<typeof IMPORT_REPORT>;
export type Rows = { products: Static<typeof PRODUCT>[] } | { orders: Static<typeof ORDER>[] };

/** Products and orders, whether this process holds the data folder or a running server does. No model is loaded. */
export interface CatalogueAccess {
  import(kind: 'products' | 'orders', table: TableImport): Promise<Report>;
  list(
    kind: 'products' | 'orders',
    page: { limit: number; after?: string },
  ): Promise<Rows & { total: number }>;
  close(): void;
}

/** @throws data_folder_*, store_damaged */
export async function openCatalogue(config: Config): Promise<CatalogueAccess> {
  const control = await findServer(config);
  return control ? throughServer(control) : inFolder(config);
}

function inFolder(config: Config): CatalogueAccess {
  const folder = resolve(config.data_dir);
  const lock = lockFolder(folder);
  try {
    const database = openDatabase(resolve(folder, 'answerbox.sqlite'));
    const [catalogue, orders] = [createSqliteCatalogueStore(database), createSqliteOrderStore(database)];
    return {
      import: async (kind, { bytes, ...options }) =>
        wireImport(
          kind === 'products'
            ? await importProducts(bytes, catalogue, options)
            : await importOrders(bytes, orders, options),
        ),
      list: async (kind, page) =>
        kind === 'products'
          ? {
              total: (await catalogue.counts()).products,
              products: (await catalogue.listProducts(page)).map(wireProduct),
            }
          : { total: (await orders.counts()).orders, orders: (await orders.listOrders(page)).map(wireOrder) },
      close: () => {
        database.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function throughServer({ url, token, ...control }: ControlFile): CatalogueAccess {
  const ask = controlFetch(control);
  const headers = { authorization: `Bearer ${token}` };
  const read = async <Result>(response: Response): Promise<Result> => {
    if (!response.ok) throw await responseError(response);
    return (await response.json()) as Result;
  };
  return {
    import: async (kind, { bytes, source, replace, mapping, currency, signal }) => {
      const query = new URLSearchParams({
        replace: String(replace),
        ...(currency !== undefined && { currency }),
      });
      for (const [column, field] of Object.entries(mapping)) query.append('map', `${column}=${field}`);
      const body = new FormData();
      body.append('file', new Blob([bytes]), source);
      return read(
        await ask(`${url}/api/v1/${kind}/import?${query.toString()}`, {
          method: 'POST',
          headers,
          body,
          signal,
        }),
      );
    },
    list: async (kind, { limit, after }) => {
      const query = new URLSearchParams({ limit: String(limit), ...(after !== undefined && { after }) });
      return read(await ask(`${url}/api/v1/${kind}?${query.toString()}`, { headers }));
    },
    close: () => undefined,
  };
}
