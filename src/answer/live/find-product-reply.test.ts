import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createProductFinder, type ProductFinder } from '../../catalogue/find-products.ts';
import { readProducts } from '../../catalogue/read-products.ts';
import { sayIn } from '../../messages/say.ts';
import { createEmbeddedSource } from '../../sources/embedded-source.ts';
import { createLiveFacts, factKeyOf, type LiveFacts } from '../../sources/live-facts.ts';
import type { CatalogueStore, Product } from '../../stores/catalogue-contracts.ts';
import { createMemoryCatalogue, createMemoryOrders } from '../../testing/memory-catalogue.ts';
import { productRow, rowsOf } from '../../testing/shop-rows.ts';
import { testGuard } from '../../testing/test-guard.ts';
import { findProductReply, wantedProducts } from './find-product-reply.ts';
import type { LiveReply, LiveTools } from './live-types.ts';
import { routesWith } from './routes.ts';

const SIGNAL = new AbortController().signal;
const route = routesWith({})('product_search');

/** Everything real but the vectors: nothing here is found by its sense. */
function toolsOn(catalogue: CatalogueStore, products = createProductFinder(catalogue)): LiveTools {
  const orders = createMemoryOrders();
  const kinds = ['price', 'stock', 'delivery'] as const;
  const source = createEmbeddedSource({ name: 'catalogue', kinds, catalogue, orders });
  return {
    products,
    facts: createLiveFacts([source], { budgetMs: 10_000 }),
    guard: testGuard(),
    now: () => new Date(),
    timeZone: () => 'Europe/London',
  } as unknown as LiveTools;
}

describe('products of a garden centre', () => {
  let tools: LiveTools;
  const ask = (question: string): Promise<LiveReply | null> =>
    findProductReply(question, route, sayIn('en'), tools, SIGNAL);
  const codes = async (question: string): Promise<string[]> =>
    (await ask(question))?.products.map(({ code }) => code) ?? [];

  beforeAll(async () => {
    const catalogue = createMemoryCatalogue();
    const bytes = readFileSync('models/training/dev/garden/catalogue.csv');
    await catalogue.importProducts(readProducts(bytes, { source: 'catalogue.csv', format: 'csv' }).rows, {
      replace: true,
    });
    tools = toolsOn(catalogue);
  });

  it.each([
    'What does a repair of a watering can cost?',
    'how much is it to rent a mower for a weekend?',
    'What do you charge for mending a parasol?',
  ])('%j is about work, not about a thing for sale', async (question) => {
    const near = { vector: new Float32Array(384), nearest: 0, lead: 1, speak: sayIn('en') };
    expect(await wantedProducts(question, near, tools, SIGNAL)).toBeNull();
    expect(await ask(question)).toBeNull();
  });

  it.each([
    ['your cheapest watering can', ['TG3210-5']],
    ['the dearest mower you sell', ['TG3111']],
    ['watering cans up to 30 quid', ['TG3210-5']],
    ["bistro sets that aren't more than £150?", ['TG6011-AN', 'TG6011-SG', 'TG6011-YE']],
    ['Which Kelham planters come in blue?', ['TG2011-30BL', 'TG2011-45BL']],
    ['the large Swiss cheese plant, have you got one?', ['TG1410-L']],
    ['how much is the 35cm long tom pot?', ['TG2010-35']],
    ['strawberry runners, the pack of twelve', ['TG1213-12']],
    ['sunflower hearts, twelve and a half kilos', ['TG5012-12']],
  ])('%j: %j', async (question, expected) => {
    expect((await codes(question)).sort()).toEqual(expected);
  });

  it.each([
    ['Falcon 7 or Falcon 9, what is the difference?', ['TG3012', 'TG3013']],
    ['Is the peace lily or the snake plant cheaper?', ['TG1411', 'TG1413']],
    ['TG3114 vs TG3115?', ['TG3114', 'TG3115']],
    ['compare the peanut feeder and the hedgehog house', ['TG5011', 'TG5014']],
  ])('sets against one another what %j names', async (question, expected) => {
    expect(await codes(question)).toEqual(expected);
  });

  it('compares nothing where one of two is no product of the shop', async () => {
    expect(await ask('Is a tractor or a helicopter better?')).toBeNull();
  });

  it('says the price of a sale', async () => {
    expect((await ask('price of the telescopic lopper'))?.text).toContain('47.60');
  });
});

it('tells the price as it is when it is told, though it changed after the product was found', async () => {
  const catalogue = createMemoryCatalogue();
  const lamp = productRow({ code: 'LA-1', family: 'LA-1', name: 'Beacon lamp', attributes: {} });
  await catalogue.importProducts(rowsOf(lamp), { replace: true });
  const finder = createProductFinder(catalogue);
  const changing: ProductFinder = {
    ...finder,
    search: async (question, options) => {
      const found = await finder.search(question, options);
      const price = { minor: 777, currency: 'EUR' };
      await catalogue.importProducts(rowsOf({ ...lamp, price }), { replace: true });
      return found;
    },
  };
  const reply = await findProductReply(
    'How much is the Beacon lamp?',
    route,
    sayIn('en'),
    toolsOn(catalogue, changing),
    SIGNAL,
  );
  expect(reply?.text).toContain('7.77');
  expect(reply?.text).not.toContain('189.90');
});

describe('a boot in many variants', () => {
  const boots = (colour: string, stock: number | null, minor: number, sizes: number): Product[] =>
    Array.from({ length: sizes }, (_, place) =>
      productRow({
        // Black comes first by its code, as it does in an export.
        code: `FB-${colour === 'black' ? 'A' : 'B'}${String(place + 10)}`,
        family: 'FB',
        name: 'Falcon boot',
        attributes: { size: String(30 + place / 2), colour },
        price: { minor, currency: 'EUR' },
        stock,
      }),
    );
  const askOf = async (question: string, products: Product[], fails?: string): Promise<string> => {
    const catalogue = createMemoryCatalogue();
    await catalogue.importProducts(rowsOf(...products), { replace: true });
    const tools = toolsOn(catalogue);
    const { read } = tools.facts;
    const facts: LiveFacts = {
      ...tools.facts,
      read: async (requests, options) => {
        const results = await read(requests, options);
        for (const request of requests)
          if (fails !== undefined && request.key.startsWith(fails))
            results.set(factKeyOf(request), { outcome: 'failed', reason: 'down' });
        return results;
      },
    };
    const reply = await findProductReply(question, route, sayIn('en'), { ...tools, facts }, SIGNAL);
    return reply?.text ?? '';
  };

  it.each([12, 24])('is not sold out when the last 12 of %i + 12 variants are there', async (black) => {
    const all = [...boots('black', 0, 10_000, black), ...boots('brown', 5, 15_000, 12)];
    const said = await askOf('Is the Falcon boot in stock?', all);
    expect(said).toContain('in stock in: 30 brown');
    expect(said).not.toContain('sold out');
  });
  it('is told with the prices of all its variants', async () => {
    const all = [...boots('black', 5, 10_000, 24), ...boots('brown', 5, 15_000, 12)];
    const said = await askOf('How much is the Falcon boot?', all);
    expect(said).toContain('100.00 EUR');
    expect(said).toContain('150.00 EUR');
    // No more than 24 are asked for, and who reads it must know.
    expect(said).toContain("I don't know about its other variants.");
    expect(await askOf('How much is the Falcon boot?', all.slice(12))).not.toContain("don't know");
  });
  it('finds the size that is named among them all', async () => {
    const all = [...boots('black', 0, 10_000, 24), ...boots('brown', 5, 15_000, 12)];
    expect(await askOf('Is the Falcon boot in stock in brown, 35?', all)).toContain('5 pieces');
  });
  it.each([
    ['could not be checked', 5, 'FB-B'],
    ['has no known stock', null, undefined],
  ])('is not sold out when a variant %s', async (_, stock, fails) => {
    const all = [...boots('black', 0, 10_000, 1), ...boots('brown', stock, 15_000, 11)];
    const said = await askOf('Is the Falcon boot in stock?', all, fails);
    expect(said).toContain('Falcon boot is sold out in: 30 black.');
    expect(said).toContain("I don't know about its other variants.");
  });
});

describe('prices in two currencies', () => {
  const bag = (code: string, minor: number, currency: string): Product =>
    productRow({
      ...{ code, family: code.slice(0, 2), name: `Heron sleeping bag ${code.slice(0, 2)}`, category: 'Bags' },
      attributes: { size: code },
      price: { minor, currency },
    });
  const askOf = async (question: string, ...products: Product[]): Promise<LiveReply | null> => {
    const catalogue = createMemoryCatalogue();
    await catalogue.importProducts(rowsOf(...products), { replace: true });
    return findProductReply(question, route, sayIn('en'), toolsOn(catalogue), SIGNAL);
  };
  // 9,000 JPY are 9,000 minor units, and 120.00 EUR are 12,000.
  const BAGS = [
    ...[bag('AA-1', 12_000, 'EUR'), bag('BB-1', 15_000, 'EUR')],
    ...[bag('CC-1', 9_000, 'JPY'), bag('DD-1', 20_000, 'JPY')],
  ];

  it.each([
    ['the cheapest sleeping bag', ['AA-1', 'CC-1']],
    ['your most expensive sleeping bag', ['BB-1', 'DD-1']],
    ['the cheapest sleeping bag under 500 euros', ['AA-1']],
  ])('finds one in each: %s', async (question, codes) => {
    const reply = await askOf(question, ...BAGS);
    expect(reply?.products.map(({ code }) => code)).toEqual(codes);
  });
  it('puts what fits in order within each', async () => {
    const dollars = [bag('CC-1', 14_000, 'USD'), bag('DD-1', 16_000, 'USD')];
    const reply = await askOf('sleeping bags under 300', ...BAGS.slice(0, 2), ...dollars);
    expect(reply?.products.map(({ code }) => code)).toEqual(['AA-1', 'BB-1', 'CC-1', 'DD-1']);
  });
  it('tells the price of each, and no range from one to the other', async () => {
    const two = await askOf('How much is the Heron AA?', bag('AA-1', 100, 'EUR'), bag('AA-2', 100, 'JPY'));
    expect(two?.text).toContain('1.00 EUR (AA-1), 100 JPY (AA-2)');
    const euros = [1, 2, 3].map((place) => bag(`AA-${place}`, place * 1_000, 'EUR'));
    const yen = [4, 5].map((place) => bag(`AA-${place}`, place * 1_000, 'JPY'));
    const many = await askOf('How much is the Heron AA?', ...euros, ...yen);
    expect(many?.text).toContain('10.00 EUR to 30.00 EUR');
    expect(many?.text).toContain('4000 JPY to 5000 JPY');
  });
});
