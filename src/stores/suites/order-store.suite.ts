import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rowsOf, syntheticOrder } from '../../testing/synthetic-catalogue.ts';
import type { Order, OrderStore } from '../catalogue-contracts.ts';
import { importedRowsSuite } from './imported-rows.suite.ts';
import type { OpenStore } from './knowledge-store.suite.ts';

export function orderStoreSuite(name: string, open: OpenStore<OrderStore>): void {
  describe(`${name} as an order store`, () => {
    let store: OrderStore;
    let close: () => void | Promise<void>;
    beforeEach(async () => void ({ store, close } = await open()));
    afterEach(() => close());

    importedRowsSuite<Order>(() => ({
      row: syntheticOrder,
      altered: (order) => ({ ...order, state: 'delivered' }),
      import: (rows, options) => store.importOrders(rows, options),
      get: (number) => store.getOrder(number),
      list: async (options) => (await store.listOrders(options)).map(({ number }) => number),
      removeAll: () => store.removeAll(),
      counts: async () => {
        const { orders, version } = await store.counts();
        return { rows: orders, version };
      },
    }));

    it('keeps what is missing as missing, and items in their order', async () => {
      const bare = syntheticOrder('1', {
        total: null,
        shippedAt: null,
        carrier: null,
        tracking: null,
        items: [
          { code: 'B', name: 'Größe "L"', quantity: 1 },
          { code: 'A', name: '', quantity: 3 },
        ],
      });
      await store.importOrders(rowsOf(bare), { replace: true });
      expect(await store.getOrder('1')).toMatchObject(bare);
    });
  });
}
