import { beforeAll, expect, it } from 'vitest';
import { createProductFinder } from '../../catalogue/find-products.ts';
import { sayIn } from '../../messages/say.ts';
import { createEmbeddedSource } from '../../sources/embedded-source.ts';
import { createLiveFacts } from '../../sources/live-facts.ts';
import { createMemoryCatalogue, createMemoryOrders } from '../../testing/memory-catalogue.ts';
import { productRow, rowsOf } from '../../testing/shop-rows.ts';
import { testGuard } from '../../testing/test-guard.ts';
import { preprocessQuestion } from '../preprocess-question.ts';
import { findShopFacts } from './find-live.ts';
import type { LiveReply, LiveTools } from './live-types.ts';
import { routesWith } from './routes.ts';

let tools: LiveTools;
beforeAll(async () => {
  const catalogue = createMemoryCatalogue();
  const lamp = { category: 'Lamps', brand: '', description: 'It glows.' };
  await catalogue.importProducts(
    rowsOf(
      productRow({ ...lamp, code: 'EM-10', family: 'EM', name: 'Ember One', attributes: { colour: 'red' } }),
      productRow({
        ...lamp,
        code: 'EM-11',
        family: 'EM',
        name: 'Ember One',
        attributes: { colour: 'black' },
      }),
      productRow({ ...lamp, code: 'RI-20', family: 'RI', name: 'Ridge lantern', attributes: {}, stock: 0 }),
    ),
    { replace: true },
  );
  const kinds = ['price', 'stock', 'delivery'] as const;
  const orders = createMemoryOrders();
  const source = createEmbeddedSource({ name: 'catalogue', kinds, catalogue, orders });
  tools = {
    products: createProductFinder(catalogue),
    facts: createLiveFacts([source], { budgetMs: 10_000 }),
    guard: testGuard(),
    routeOf: routesWith({}),
    hours: () => null,
    now: () => new Date(),
    timeZone: () => 'Europe/London',
  } as unknown as LiveTools;
});
const ask = (question: string): Promise<LiveReply | null> =>
  findShopFacts(
    preprocessQuestion(question, 4_000),
    null,
    { say: sayIn('en'), facts: [] },
    tools,
    new AbortController().signal,
  );

it.each([
  ['How much is the Ember One and is it in stock?', ['EM-10', 'EM-11']],
  ['How much is the Ember One? Do you have it in black?', ['EM-11']],
  ['What does the Ember One cost, and is the Ember One in stock?', ['EM-10', 'EM-11']],
  ['How much is EM-10 and do you have it in stock?', ['EM-10']],
  ['Hello, how are you? Is the Ember One in stock and how much is it?', ['EM-10', 'EM-11']],
])('answers two questions about one product: %s', async (question, codes) => {
  const reply = await ask(question);
  expect(reply?.products.map(({ code }) => code)).toEqual(codes);
  expect(reply?.text).toContain('189.90 EUR');
  expect(reply?.text).toContain('in stock');
});

it.each([
  'How much is the Ember One and is the Ridge lantern in stock?',
  'How much is the Ember One and can I wash it?',
  'How much is the Ember One and when are you open?',
  'How much is EM-10 and do you have spare bulbs for it?',
  'How much is the Ember One and how many people read by it?',
])('leaves to the documents what is not all about one: %s', async (question) => {
  expect(await ask(question)).toBeNull();
});
