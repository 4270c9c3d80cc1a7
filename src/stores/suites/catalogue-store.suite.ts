import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rowsOf, syntheticProduct } from '../../testing/synthetic-catalogue.ts';
import type { CatalogueStore, Product } from '../catalogue-contracts.ts';
import { importedRowsSuite } from './imported-rows.suite.ts';
import type { OpenStore } from './knowledge-store.suite.ts';

export function catalogueStoreSuite(name: string, open: OpenStore<CatalogueStore>): void {
  describe(`${name} as a catalogue store`, () => {
    let store: CatalogueStore;
    let close: () => void | Promise<void>;
    beforeEach(async () => void ({ store, close } = await open()));
    afterEach(() => close());

    importedRowsSuite<Product>(() => ({
      row: syntheticProduct,
      altered: (product) => ({ ...product, price: { minor: 9_900, currency: 'EUR' } }),
      import: (rows, options) => store.importProducts(rows, options),
      get: (code) => store.getProduct(code),
      list: async (options) => (await store.listProducts(options)).map(({ code }) => code),
      removeAll: () => store.removeAll(),
      counts: async () => {
        const { products, version } = await store.counts();
        return { rows: products, version };
      },
    }));

    it('keeps what is missing as missing', async () => {
      const bare = syntheticProduct('A', {
        url: null,
        price: null,
        stock: null,
        deliveryDays: null,
        attributes: {},
        description: '',
      });
      await store.importProducts(rowsOf(bare), { replace: true });
      expect(await store.getProduct('A')).toMatchObject(bare);
    });

    it('sees no change in the order of attributes, and one in each field', async () => {
      const product = syntheticProduct('A', { attributes: { size: '42', colour: 'moss' } });
      await store.importProducts(rowsOf(product), { replace: true });
      const turned = { ...product, attributes: { colour: 'moss', size: '42' } };
      expect((await store.importProducts(rowsOf(turned), { replace: true })).changed).toBe(0);
      const changes: Partial<Product>[] = [
        { code: 'a' },
        { name: 'B' },
        { family: 'B' },
        { category: 'B' },
        { brand: 'B' },
        { description: 'B' },
        { url: null },
        { attributes: { size: '43', colour: 'moss' } },
        { price: { minor: 12_990, currency: 'CHF' } },
        { price: null },
        { stock: 0 },
        { stock: null },
        { deliveryDays: null },
      ];
      for (const change of changes) {
        await store.importProducts(rowsOf(product), { replace: true });
        const counts = await store.importProducts(rowsOf({ ...product, ...change }), { replace: true });
        expect(counts, JSON.stringify(change)).toMatchObject({ changed: 1, unchanged: 0 });
      }
    });

    it('gives several in the order asked, and a family in order of code', async () => {
      const of = (code: string, family: string): Product => syntheticProduct(code, { family });
      await store.importProducts(rowsOf(of('A2', 'A'), of('B1', 'B'), of('A1', 'A')), { replace: true });
      const codes = (products: readonly Product[]): string[] => products.map(({ code }) => code);
      expect(codes(await store.getProducts(['b-1', 'nothing', 'A2', 'A1']))).toEqual(['B1', 'A2', 'A1']);
      expect(codes(await store.getFamily('A'))).toEqual(['A1', 'A2']);
      expect(await store.getFamily('nothing')).toEqual([]);
    });
  });
}
