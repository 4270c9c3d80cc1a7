import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createProductFinder, type ProductFinder } from '../../catalogue/find-products.ts';
import { readProducts } from '../../catalogue/read-products.ts';
import { sayIn } from '../../messages/say.ts';
import { createEmbeddedSource } from '../../sources/embedded-source.ts';
import { createLiveFacts } from '../../sources/live-facts.ts';
import type { CatalogueStore } from '../../stores/catalogue-contracts.ts';
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
