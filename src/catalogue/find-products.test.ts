import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CatalogueStore, Product } from '../stores/catalogue-contracts.ts';
import { createSqliteCatalogueStore } from '../stores/sqlite/catalogue-store.ts';
import { openDatabase, type SqliteDatabase } from '../stores/sqlite/open-database.ts';
import { rowsOf, syntheticProduct } from '../testing/synthetic-catalogue.ts';
import { createProductFinder, type ProductFinder } from './find-products.ts';
import { PRODUCT_SEARCH } from './finder-settings.ts';
import type { ProductHit } from './finder-types.ts';

const signal = new AbortController().signal;
let database: SqliteDatabase;
let store: CatalogueStore;
let finder: ProductFinder;
beforeEach(() => {
  database = openDatabase(':memory:');
  store = createSqliteCatalogueStore(database);
  finder = createProductFinder(store, { firstWaitMs: 60_000 });
});
afterEach(() => void database.close());

const fill = (...products: Product[]) => store.importProducts(rowsOf(...products), { replace: true });
const ask = async (question: string, limit?: number): Promise<ProductHit[]> =>
  (await finder.search(question, { signal, ...(limit && { limit }) })).hits;
const codes = (hits: readonly ProductHit[]): string[] =>
  hits.flatMap(({ products }) => products.map(({ code }) => code));
const families = (hits: readonly ProductHit[]): string[] => hits.map(({ family }) => family);

function variant(code: string, family: string, name: string, more: Partial<Product> = {}): Product {
  return syntheticProduct(code, { family, name, category: '', brand: '', description: '', ...more });
}

const euro = (minor: number) => ({ minor, currency: 'EUR' });

describe('createProductFinder', () => {
  beforeEach(() =>
    fill(
      variant('AL-42-M', 'AL', 'Alder trail boot', {
        attributes: { size: '42', colour: 'moss' },
        price: euro(12_900),
      }),
      variant('AL-42-R', 'AL', 'Alder trail boot', {
        attributes: { size: '42', colour: 'red' },
        price: euro(9_900),
        stock: 0,
      }),
      variant('AL-43-M', 'AL', 'Alder trail boot', {
        attributes: { size: '43', colour: 'moss' },
        price: euro(12_900),
      }),
      variant('BI-47', 'BI', 'Birch winter boot', {
        attributes: { size: '47', colour: 'red' },
        price: euro(7_900),
        description: 'Filled with merino.',
      }),
      variant('RB', 'RB', 'Red Bull cap', {
        attributes: {},
        price: { minor: 2_500, currency: 'CHF' },
        stock: null,
      }),
      variant('WS', 'WS', 'Wanderschuh Höhe', {
        attributes: { material: 'leather' },
        brand: 'Älpler',
        price: null,
      }),
    ),
  );

  it('finds a product by its code in any spelling, and a family by its own', async () => {
    expect(codes(await ask('How much is al 42-r?'))).toEqual(['AL-42-R']);
    const [hit] = await ask('AL');
    expect(hit).toMatchObject({ family: 'AL', score: 1, meetsFilters: true });
    expect(codes([hit!])).toEqual(['AL-42-M', 'AL-42-R', 'AL-43-M']);
  });

  it('groups variants, and shows those that meet the filters', async () => {
    expect(codes(await ask('alder boots in size 42'))).toEqual(
      expect.arrayContaining(['AL-42-M', 'AL-42-R']),
    );
    const [hit] = await ask('red alder boots under 100 euro');
    expect(codes([hit!])).toEqual(['AL-42-R']);
    expect(hit!.why).toEqual(['alder', 'boot', 'colour red', 'price']);
  });

  it.each([
    ['a mistyped name', 'aldder boot', 'AL'],
    ['two letters changed round', 'Brich winter boots', 'BI'],
    ['a part of a compound', 'Schuh', 'WS'],
    ['the beginning of a word', 'Wander', 'WS'],
    ['another case and a mark', 'HÖHE', 'WS'],
    ['a brand', 'älpler', 'WS'],
    ['a word of the description', 'merino', 'BI'],
    ['a material', 'leather', 'WS'],
    ['a name that holds a colour', 'Red Bull', 'RB'],
  ])('finds %s', async (_, question, family) => {
    expect(families(await ask(question))[0]).toBe(family);
  });

  it('puts what was named before what merely meets the filters, and says that it does not', async () => {
    const hits = await ask('Do you have the Alder trail boot in size 47?');
    expect(hits[0]).toMatchObject({ family: 'AL', meetsFilters: false });
    expect(hits[1]).toMatchObject({ family: 'BI', meetsFilters: true });
    expect((await ask('boots under 80 euro'))[0]).toMatchObject({ family: 'BI', meetsFilters: true });
  });

  it('tells currencies apart when the question does, and prices that are missing from all', async () => {
    expect(families(await ask('What do you have under 80 euro?'))).toEqual(['BI']);
    expect(families(await ask('What do you have under 80 CHF?'))).toEqual(['RB']);
    expect(families(await ask('What do you have under 80?')).sort()).toEqual(['BI', 'RB']);
  });

  it('knows what is in stock and what is cheapest', async () => {
    expect(codes(await ask('Which red boots are in stock?', 1))).toEqual(['BI-47']);
    expect(families(await ask('your cheapest boots'))).toEqual(['BI', 'AL']);
    expect(families(await ask('the most expensive boots'))).toEqual(['AL', 'BI']);
  });

  it('finds nothing for what nobody sells, and little for what is half there', async () => {
    expect(await ask('Do you sell kayaks?')).toEqual([]);
    expect(await ask('')).toEqual([]);
    const [half] = await ask('kayak boot');
    expect(half!.score).toBeLessThan(0.6);
  });

  it('follows every change of the store', async () => {
    expect(families(await ask('alder'))).toEqual(['AL']);
    await fill(variant('ZE', 'ZE', 'Zelkova tent', { price: euro(100) }));
    expect(await ask('alder')).toEqual([]);
    expect(families(await ask('zelkova'))).toEqual(['ZE']);
    await store.removeAll();
    expect(await ask('zelkova')).toEqual([]);
  });

  it('ends when it is cancelled', async () => {
    await expect(finder.search('boot', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
    await expect(finder.refresh(AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });
});

it('widens when filters leave nothing among the first candidates', async () => {
  // "boot" alone makes more postings than may be candidates, so a rarer word chooses them; none is in size 50.
  const many = PRODUCT_SEARCH.candidatePostings + 10;
  async function* rows(): AsyncGenerator<Product> {
    for (let index = 0; index < many; index++)
      yield variant(`N${index}`, `N${index}`, index % 100 === 0 ? 'rare boot' : 'boot', {
        attributes: { size: index === 4_321 ? '50' : '42' },
      });
  }
  await store.importProducts(rows(), { replace: true });
  expect(codes(await ask('rare boots in size 50', 300))).toContain('N4321');
}, 120_000);

it('answers from the old index, with rows as they are now, while a large one is renewed', async () => {
  async function* rows(price: number): AsyncGenerator<Product> {
    for (let index = 0; index < 300; index++)
      yield variant(`N${index}`, `N${index}`, `boot ${index}x`, { price: euro(price) });
  }
  await store.importProducts(rows(100), { replace: true });
  await finder.refresh();
  let stalled: () => void = () => undefined;
  const open = new Promise<void>((resolve) => (stalled = resolve));
  const slow: CatalogueStore = {
    ...store,
    listProducts: async (page) => {
      if (renewed) await open;
      return store.listProducts(page);
    },
  };
  let renewed = false;
  const own = createProductFinder(slow);
  await own.refresh();
  renewed = true;
  await store.importProducts(rows(200), { replace: true });
  const { hits } = await own.search('boot 7x', { signal });
  expect(hits[0]!.products[0]!.price).toEqual(euro(200));
  stalled();
  await own.refresh();
});

describe('before the first index is built', () => {
  it('finds codes and holds nobody up for words', async () => {
    await fill(variant('AL-42-M', 'AL', 'Alder trail boot'), variant('AL-42-R', 'AL', 'Alder trail boot'));
    // The index never comes: reading the catalogue for it hangs.
    const hanging = { ...store, listProducts: () => new Promise<never>(() => undefined) };
    finder = createProductFinder(hanging, { firstWaitMs: 1 });
    expect(codes(await ask('is al 42 m in stock?'))).toEqual(['AL-42-M']);
    expect(await ask('trail boot')).toEqual([]);
    expect(await finder.hasCode('al 42 r')).toBe(true);
    expect(await finder.hasCode('al 42 x')).toBe(false);
  });
});
