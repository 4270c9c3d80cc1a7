import { normalizeCode } from '../../text/normalize-code.ts';
import type { Order, OrderItem, OrderStore, StoredOrder } from '../catalogue-contracts.ts';
import { importRows, removeRows } from './import-rows.ts';
import { countRows, updatedAtOf, type ImportedTable } from './imported-table.ts';
import { dropLeftovers } from './swap-tables.ts';
import { asStoreError, type SqliteDatabase } from './open-database.ts';

const ORDERS: ImportedTable<Order> = {
  name: 'orders',
  columns: [
    'key',
    'number',
    'email',
    'state',
    'items',
    'total_minor',
    'total_currency',
    'placed_at',
    'shipped_at',
    'expected_at',
    'carrier',
    'tracking',
  ],
  cells: (order) => [
    normalizeCode(order.number),
    order.number,
    order.email,
    order.state,
    JSON.stringify(order.items.map(({ code, name, quantity }) => ({ code, name, quantity }))),
    order.total?.minor ?? null,
    order.total?.currency ?? null,
    order.placedAt,
    order.shippedAt,
    order.expectedAt,
    order.carrier,
    order.tracking,
  ],
};

const SELECT = `SELECT number, email, state, items, total_minor AS minor, total_currency AS currency,
  placed_at AS placedAt, shipped_at AS shippedAt, expected_at AS expectedAt, carrier, tracking,
  ${updatedAtOf('orders')} FROM orders`;

type OrderRow = Omit<StoredOrder, 'items' | 'total'> & {
  items: string;
  minor: number | null;
  currency: string | null;
};

/** The shop's orders, changed as a whole. */
export function createSqliteOrderStore(database: SqliteDatabase): OrderStore {
  dropLeftovers(database, 'orders');
  const guarded = async <Result>(work: () => Result | Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw asStoreError(error, database.name);
    }
  };
  const select = (rest: string, ...parameters: (string | number)[]): Promise<StoredOrder[]> =>
    guarded(() => (database.prepare(`${SELECT} ${rest}`).all(...parameters) as OrderRow[]).map(asOrder));

  return {
    importOrders: (rows, options) => guarded(() => importRows(database, ORDERS, rows, options)),
    getOrder: async (number) => (await select('WHERE key = ?', normalizeCode(number)))[0] ?? null,
    listOrders: ({ limit, after }) =>
      select('WHERE key > ? ORDER BY key LIMIT ?', normalizeCode(after ?? ''), limit),
    removeAll: () => guarded(() => removeRows(database, 'orders')),
    counts: () =>
      guarded(() => {
        const { rows, version } = countRows(database, 'orders');
        return { orders: rows, version };
      }),
  };
}

function asOrder({ minor, currency, items, ...rest }: OrderRow): StoredOrder {
  return {
    ...rest,
    items: JSON.parse(items) as OrderItem[],
    total: minor === null || currency === null ? null : { minor, currency },
  };
}
