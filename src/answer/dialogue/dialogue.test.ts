import { afterEach, describe, expect, it } from 'vitest';
import type { Identity } from '../../sources/identity-token.ts';
import type { Order } from '../../stores/catalogue-contracts.ts';
import { filesHolding } from '../../testing/folder-bytes.ts';
import { answerJson, listenHttp } from '../../testing/listen-http.ts';
import { openPath, type OpenPath, type PathOptions } from '../../testing/path-tools.ts';

let path: OpenPath;
afterEach(() => path.close());

const ADA: Identity = { subject: 'customer-7', email: 'ada@post.example', orders: [] };
const order = (number: string, email: string): Order => ({
  number,
  email,
  state: 'paid',
  items: [],
  total: null,
  placedAt: '2026-11-18T10:00:00Z',
  shippedAt: null,
  expectedAt: null,
  carrier: null,
  tracking: null,
});
async function* rows<Row>(...all: Row[]): AsyncGenerator<Row> {
  yield* all;
}

/** A shop that cancels orders over a real socket, and the path with its action. */
async function openShop(
  answer: Parameters<typeof listenHttp>[0] = (_, response) =>
    answerJson(response, { refund: 'by 25 November' }),
  options: PathOptions = {},
) {
  const server = await listenHttp(answer);
  path = await openPath({
    ...options,
    actions: [
      {
        name: 'cancel_order',
        description: 'Cancels an order.',
        method: 'POST',
        url: `http://${server.host}/orders/{number}/cancel`,
        input: {
          number: {
            type: 'string',
            required: true,
            entity: 'order-number',
            ask: 'Which order is it? Please send me its number.',
          },
        },
        changes: true,
        confirm: 'Cancel order {number}?',
        done: 'Order {number} is cancelled. Refund: {refund}.',
        intents: ['cancel_order'],
        patterns: ['cancel (?:my|the|this|that) order'],
        own_order: 'number',
        allow_hosts: [server.host],
      },
    ],
  });
  await path.orders.importOrders(
    rows(order('MO-104281', 'ada@post.example'), order('MO-104282', 'bob@post.example')),
    { replace: true },
  );
  return server;
}
/** A conversation that goes on. */
async function talk(...messages: [string, ...string[]]) {
  const answers = [await path.ask(messages[0])];
  const { conversation_id: conversationId } = answers[0]!;
  for (const message of messages.slice(1)) answers.push(await path.ask(message, { conversationId }));
  return { conversationId, texts: answers.map(({ answer }) => answer), last: answers.at(-1)! };
}
const auditLines = async (): Promise<string[]> =>
  (await path.audit.list({ limit: 50 })).reverse().map(({ action, outcome }) => `${action} ${outcome}`);

describe('an action of the owner’s', () => {
  it('asks for what is missing, has the order proven, asks before the change, and says what came of it', async () => {
    const server = await openShop();
    const { texts, conversationId } = await talk('Please cancel my order', 'MO-104281', 'ada@post.example');
    expect(texts).toEqual([
      'Which order is it? Please send me its number.',
      expect.stringContaining('I need the e-mail address'),
      'Cancel order MO-104281? Please answer yes or no.',
    ]);
    expect(server.received).toEqual([]);
    const done = await path.ask('yes please', { conversationId });
    expect(done.answer).toBe('Order MO-104281 is cancelled. Refund: by 25 November.');
    expect(server.received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /orders/MO-104281/cancel',
    ]);
    expect(await auditLines()).toEqual(['cancel_order asked', 'cancel_order confirmed', 'cancel_order done']);
    await path.ask('yes', { conversationId });
    expect(server.received).toHaveLength(1);
  });

  it('is found by its intent too, and not by a question about how it is done', async () => {
    const server = await openShop(undefined, { intentOf: () => 'cancel_order' });
    await path.write('cancelling', ['An order is cancelled on your account page.']);
    const { texts } = await talk('I do not want MO-104281 any more, ada@post.example');
    expect(texts[0]).toBe('Cancel order MO-104281? Please answer yes or no.');
    expect((await path.ask('How is an order cancelled?')).answer).toContain('account page');
    expect(server.received).toEqual([]);
  });

  it.each(['no', 'Yes, but what does it cost?', 'cancel it and MO-104282', 'Maybe', 'Where are you?'])(
    'does nothing on "%s", and a later yes confirms nothing',
    async (said) => {
      const server = await openShop();
      const { last, conversationId } = await talk(
        'Cancel my order MO-104281, I am ada@post.example',
        said,
        'yes',
      );
      expect(server.received).toEqual([]);
      expect(last.mode === 'curated' && /cancelled/.test(last.answer)).toBe(false);
      expect((await auditLines()).slice(0, 2)).toEqual(['cancel_order asked', 'cancel_order refused']);
      expect((await path.memory.sessions.get(conversationId))?.asked?.kind).not.toBe('confirm');
    },
  );

  it('never touches somebody else’s order', async () => {
    const server = await openShop();
    const { texts } = await talk('Cancel my order MO-104282, ada@post.example', 'yes', 'yes');
    expect(texts[0]).toContain("can't find an order with this number");
    const vouched = await path.ask('Cancel my order MO-104282', { identity: ADA });
    expect(vouched.answer).toContain("can't find");
    const own = await path.ask('Cancel my order MO-104281', { identity: ADA });
    expect(own.answer).toContain('Cancel order MO-104281?');
    expect(server.received).toEqual([]);
  });

  it('says what happened when it fails, once, and that it may have been done', async () => {
    const server = await openShop((_, response) => answerJson(response, {}, 500));
    const { last } = await talk('Cancel my order MO-104281, I am ada@post.example', 'yes', 'yes');
    const { texts } = await talk('Cancel my order MO-104281, I am ada@post.example', 'yes');
    expect(texts[1]).toBe('That did not work: it answered 500; whether it was done is not known.');
    expect(last.answer).not.toContain('cancelled');
    expect(server.received).toHaveLength(2);
    expect((await auditLines()).filter((line) => line.endsWith('failed'))).toHaveLength(2);
  });

  it('cannot be confirmed from another conversation', async () => {
    const server = await openShop();
    await talk('Cancel my order MO-104281, I am ada@post.example');
    await talk('yes', 'yes');
    expect(server.received).toEqual([]);
  });
});

describe('an order that a conversation proved', () => {
  it('is known when the address was said long ago, to this conversation and for this order alone', async () => {
    await openShop(undefined, { intentOf: () => 'order_status' });
    await path.write('tents', ['There is news about tents in every part.']);
    const small = Array.from({ length: 14 }, (_, place) => `Is there news about tents, part ${place}?`);
    const { last, conversationId } = await talk(
      'Where is MO-104281? ada@post.example',
      ...small,
      'And where is my order now?',
    );
    expect(last.order?.number).toBe('MO-104281');
    const other = await path.ask('Where is my order MO-104282?', { conversationId });
    expect(other.order).toBeNull();
    const stranger = await path.ask('Where is my order MO-104281?');
    expect(stranger.order).toBeNull();
  });

  it('does not stay in the conversation when a token proved it', async () => {
    await openShop(undefined, { intentOf: () => 'order_status' });
    const first = await path.ask('Where is my order MO-104281?', { identity: ADA });
    expect(first.order?.number).toBe('MO-104281');
    const conversationId = first.conversation_id;
    expect((await path.ask('Where is my order MO-104281?', { conversationId })).order).toBeNull();
  });
});

describe('what a customer wants remembered', () => {
  const say = (message: string, conversationId?: string, identity: Identity | null = ADA) =>
    path.ask(message, { ...(conversationId && { conversationId }), ...(identity && { identity }) });

  it('is kept over conversations with consent alone, and gone to the last byte when that is withdrawn', async () => {
    path = await openPath();
    const asked = await say('Remember that my favourite is zanzibarquokka');
    expect(asked.answer).toContain('May I remember this');
    expect(await path.memory.customers.facts(ADA.subject)).toEqual([]);
    await say('yes', asked.conversation_id);
    await say('Please remember that I wear size 44');
    expect((await say('What do you know about me?')).answer).toContain('favourite zanzibarquokka; size 44');
    expect((await say('Please forget me')).answer).toContain('forgotten');
    expect((await say('What do you know about me?')).answer).toContain('I remember nothing');
    expect(await path.memory.customers.hasConsent(ADA.subject)).toBe(false);
    await path.memory.sessions.remove(asked.conversation_id);
    await path.memory.dropRemovedBytes();
    const left = filesHolding(path.folder, 'zanzibarquokka').filter((file) => file.includes('personal'));
    expect(left).toEqual([]);
  });

  it.each(['no', 'not sure', 'What is a boot?'])('is not kept on "%s"', async (said) => {
    path = await openPath();
    const asked = await say('Remember that my shoe size is 42');
    await say(said, asked.conversation_id);
    await say('yes', asked.conversation_id);
    expect(await path.memory.customers.hasConsent(ADA.subject)).toBe(false);
  });

  it('is nothing of who is not identified, and nobody’s but their own', async () => {
    path = await openPath();
    expect((await say('Remember that my size is 42', undefined, null)).answer).toContain('signed in');
    await path.memory.customers.setConsent(ADA.subject, true);
    await say('Remember that my size is 42');
    const bob: Identity = { ...ADA, subject: 'customer-8' };
    expect((await say('What do you know about me?', undefined, bob)).answer).toContain('nothing');
  });

  it('chooses the variant that a question leaves open, and says so', async () => {
    path = await openPath();
    const boot = (size: string, stock: number) => ({
      code: `BO-10${size}`,
      name: 'Oxbow boots',
      family: 'BO-10',
      category: 'Shoes',
      brand: 'Ox',
      description: 'Boots.',
      url: null,
      attributes: { size },
      price: { minor: 20000, currency: 'EUR' },
      stock,
      deliveryDays: 2,
    });
    await path.catalogue.importProducts(rows(boot('42', 3), boot('44', 0)), { replace: true });
    await path.tools.live.products.refresh();
    await path.memory.customers.setConsent(ADA.subject, true);
    await path.memory.customers.note(ADA.subject, { name: 'size', value: '44' });
    const own = await say('Are the Oxbow boots in stock?');
    expect(own.answer).toMatch(/sold out.*\(As you told me: size 44\.\)/s);
    expect((await say('Are the Oxbow boots in stock in 42?')).answer).toMatch(/in stock \(3 pieces\)/);
    expect((await say('Are the Oxbow boots in stock?', undefined, null)).answer).not.toContain('told me');
  });
});

describe('a conversation', () => {
  it('of 500 turns stays quick to hold: bounded history, a bounded summary that invents nothing', async () => {
    path = await openPath();
    await path.write('weights', ['Boots weigh 900 grams.', 'Tents weigh 2 kilograms.']);
    const first = await path.ask('How many grams do boots weigh?');
    const conversationId = first.conversation_id;
    const limits: number[] = [];
    const { conversations } = path.tools;
    path.tools.conversations = {
      ...conversations,
      listMessages: () => Promise.reject(new Error('a long conversation is not read whole')),
      listRecentMessages: (id, limit) => {
        limits.push(limit);
        return conversations.listRecentMessages(id, limit);
      },
    };
    for (let turn = 1; turn < 500; turn++)
      await path.ask(
        turn % 2 === 0 ? 'How many grams do boots weigh?' : `Do tents of type ${turn} weigh kilograms?`,
        {
          conversationId,
        },
      );
    expect(await conversations.countMessages(conversationId)).toBe(1000);
    expect(Math.max(...limits)).toBeLessThanOrEqual(60);
    const session = (await path.memory.sessions.get(conversationId))!;
    expect(session.summarised).toBe(985);
    expect(session.summary.length).toBeLessThanOrEqual(600);
    const said = (await conversations.listMessages(conversationId)).map(({ text }) => text).join('\n');
    for (const line of session.summary.split('\n')) expect(said).toContain(line.slice(3));
    expect(path.logged).toEqual([]);
  }, 600_000);

  it('with two messages at once answers them one after the other, each with what was said before', async () => {
    path = await openPath();
    await path.write('weights', ['Boots weigh 900 grams.']);
    const { conversation_id: conversationId } = await path.ask('How many grams do boots weigh?');
    await Promise.all([
      path.ask('Do boots weigh grams?', { conversationId }),
      path.ask('How many grams is it?', { conversationId }),
    ]);
    const messages = await path.tools.conversations.listMessages(conversationId);
    expect(messages.map(({ role }) => role)).toEqual(
      Array.from({ length: 6 }, (_, place) => (place % 2 === 0 ? 'customer' : 'assistant')),
    );
    expect(messages.map(({ text }) => text)[4]).toBe('How many grams is it?');
  });

  it('is answered when its session cannot be read or kept', async () => {
    path = await openPath();
    await path.write('weights', ['Boots weigh 900 grams.']);
    path.tools.sessions = {
      get: () => Promise.reject(new Error('torn')),
      put: () => Promise.reject(new Error('full')),
      remove: () => Promise.resolve(),
    };
    const { conversation_id: conversationId } = await path.ask('How many grams do boots weigh?');
    const { answer } = await path.ask('How many grams do boots weigh?', { conversationId });
    expect(answer).toContain('900');
    await path.ask('Remember that my shoe size is 42', { conversationId, identity: ADA });
    expect(path.logged.join('\n')).toMatch(/torn[\s\S]*full|full[\s\S]*torn/);
  });
});
