import { describe, expect, it } from 'vitest';
import type { OrderClaim } from '../../sources/order-proof.ts';
import type { OrderFact } from '../../sources/source-contracts.ts';
import { testGuard } from '../../testing/test-guard.ts';
import { sayIn } from '../../messages/say.ts';
import { normalizeCode } from '../../text/normalize-code.ts';
import { findOrder } from './find-order.ts';
import type { Asker, LiveTools } from './live-types.ts';
import { ROUTES, routesWith } from './routes.ts';

const ORDER: OrderFact = {
  number: 'MO-104281',
  email: 'ann@post.example',
  state: 'shipped',
  items: [{ code: 'A-1', name: 'Lamp', quantity: 2 }],
  total: { minor: 4200, currency: 'EUR' },
  placedAt: '2026-11-18T10:00:00Z',
  shippedAt: '2026-11-19T10:00:00Z',
  expectedAt: '2026-11-23',
  carrier: 'Brieftaube',
  tracking: 'BT1',
};
const SIGNAL = new AbortController().signal;

/** A gate that knows one order and its address, and notes what it was asked. */
function toolsWith(asked: OrderClaim[], prefix: string | null = 'MO'): LiveTools {
  return {
    orders: {
      prove: async (claim: OrderClaim) => {
        asked.push(claim);
        if (claim.email === undefined) return { outcome: 'incomplete' };
        return claim.number.replace(/\W/g, '') === 'MO104281' && claim.email === ORDER.email
          ? { outcome: 'proven', order: ORDER, source: 'catalogue', readAt: '2026-11-21T10:00:00Z' }
          : { outcome: 'refused' };
      },
    },
    products: { hasCode: async (code: string) => normalizeCode(code) === normalizeCode('MF-2109') },
    guard: testGuard(),
    orderPrefix: async () => prefix,
    now: () => new Date('2026-11-21T12:00:00Z'),
    timeZone: () => 'Europe/Berlin',
  } as unknown as LiveTools;
}
const asker = (...before: string[]): Asker => ({
  conversationId: 'c',
  address: null,
  identity: null,
  before,
  say: sayIn('en'),
  provenOrder: null,
  asked: null,
  facts: [],
});
const route = routesWith({})('order_status');
const ask = (question: string, tools: LiveTools, who = asker()) =>
  findOrder(question, route, who, tools, SIGNAL);

describe('findOrder', () => {
  it.each([
    'Where is my order MO-104281? ann@post.example',
    'mo 104281, ann@post.example',
    '104281 ann@post.example',
  ])('shows an order that is proven: %s', async (question) => {
    const reply = await ask(question, toolsWith([]));
    expect(reply?.order?.number).toBe('MO-104281');
    expect(reply?.text).toContain('shipped on 19 November 2026');
    expect(reply?.text).toContain('(Read at 11:00.)');
    expect(JSON.stringify(reply)).not.toContain('ann@post.example');
  });
  it('says what was paid to whoever asks for it', async () => {
    const paid = await ask('what did I pay for MO-104281, ann@post.example', toolsWith([]));
    const where = await ask('Where is MO-104281? ann@post.example', toolsWith([]));
    expect(paid?.text.replace(where!.text, '')).not.toBe('');
    expect(paid?.text).toMatch(/In total: .*\d/);
    expect(where?.text).not.toContain('In total');
  });
  it('puts number and address together from two messages', async () => {
    const asked: OrderClaim[] = [];
    const reply = await ask('ann@post.example', toolsWith(asked), asker('how far is MO-104281?'));
    expect(reply?.order?.number).toBe('MO-104281');
    expect(asked).toHaveLength(1);
  });
  it('asks for what is missing, and shows nothing on a wrong address', async () => {
    expect((await ask("where's my parcel", toolsWith([])))?.outcome).toBe('clarify');
    expect((await ask('where is MO-104281', toolsWith([])))?.outcome).toBe('clarify');
    const wrong = await ask('MO-104281 bob@post.example', toolsWith([]));
    expect(wrong).toMatchObject({ outcome: 'declined', order: null });
  });
  it('goes on about the same order, and not about everything that follows', async () => {
    const who = asker('Where is MO-104281? ann@post.example');
    const later = await ask('and when will it arrive?', toolsWith([]), who);
    expect(later?.order?.number).toBe('MO-104281');
    const asked: OrderClaim[] = [];
    expect(await ask('What does express delivery to Austria cost?', toolsWith(asked), who)).toBeNull();
    expect(asked).toEqual([]);
  });
  it.each([
    'Could you tell me where my order is?',
    'Could you please tell me where my order is?',
    'Can you check where my parcel is, please?',
    'Can you please check my order?',
    'Do you know when my order will arrive?',
    'Do you happen to know where my package is?',
    'Can you tell me if my order has been shipped?',
    'Can you see whether my parcel has left?',
    'Could you let me know when my delivery comes?',
    'Would you please look where my shipment is?',
    'Can you track my parcel?',
    'Could you find out why my order is late?',
    'Can you help me with my order, it has not arrived',
    'Can you give me an update on my order?',
    'Do you have any news about my parcel?',
    'Can I ask when my order will be here?',
    'May I know the status of my order?',
    'Could I get an update on my order, please?',
    'Hello, can you tell me how far my parcel is?',
    'Is it possible to tell me when my order arrives?',
    'Please can you confirm that my order went out?',
  ])('takes a polite question for what it asks: %s', async (question) => {
    expect((await ask(question, toolsWith([])))?.outcome).toBe('clarify');
  });
  it.each([
    'Can I change my order?',
    'Could we add something to our order?',
    'May I pay for my order by invoice?',
    'Can you cancel my order?',
    'Can you deliver my order to a neighbour?',
    'Can my parcel be sent to a shop?',
    'Could you tell me how to track my parcel?',
    'Can you tell me how I can change my order?',
    'Could you tell me if I can return my order?',
    'Do you know how I can cancel my order?',
    'Can you tell me what happens if my parcel is lost?',
    'Do you ship my order on a Saturday?',
    'Do you offer insurance for my parcel?',
    'Hi, can I change the address of my order?',
    'Is it possible to split my order?',
    'My parcel arrived damaged, what should I do?',
    'Half of my order came broken',
    'my order has the wrong size in it, what now',
  ])('leaves to the documents what may be done: %s', async (question) => {
    expect(await ask(question, toolsWith([]))).toBeNull();
  });
  it('leaves questions about ordering, and products, to others', async () => {
    expect(await ask('How do I track my parcel?', toolsWith([]))).toBeNull();
    expect(await ask('If I order MF-2109 today, when is it sent?', toolsWith([]))).toBeNull();
    expect(await ask("where's my parcel", toolsWith([], null))).toBeNull();
  });
});

it('lets the owner change a row of the routing table and leaves the others', () => {
  const routeOf = routesWith({ price: { productWords: 1 } });
  expect(routeOf('price')).toEqual({ ...ROUTES['price'], productWords: 1 });
  expect(routeOf('order_status')).toEqual(ROUTES['order_status']);
  expect(routeOf('returns').order).toBe(true);
  expect(routeOf(null).order).toBe(false);
});
