import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sayIn } from '../messages/say.ts';
import type { Product } from '../stores/catalogue-contracts.ts';
import { openPath, type OpenPath } from '../testing/path-tools.ts';
import { seededRandom } from '../testing/synthetic-knowledge.ts';

let path: OpenPath;
let hold: (() => Promise<void>) | null = null;
beforeEach(async () => {
  hold = null;
  path = await openPath({ onRead: () => hold?.() });
});
afterEach(() => path.close());

const product = (minor: number): Product => ({
  code: 'LA-1001',
  name: 'Beacon lamp',
  family: 'LA-1001',
  category: 'Lamps',
  brand: 'Glow',
  description: 'A lamp.',
  url: null,
  attributes: {},
  price: { minor, currency: 'EUR' },
  stock: 3,
  deliveryDays: 2,
});
async function* rows(...products: Product[]): AsyncGenerator<Product> {
  yield* products;
}
const QUESTION = 'Within how many days can boots be returned?';

describe('an answer that was given before', () => {
  it('is served again, word for word, without reading anything, and counted', async () => {
    await path.write('returns', ['Boots can be returned within 60 days.']);
    const first = await path.ask(QUESTION);
    expect(first).toMatchObject({ outcome: 'answered', mode: 'extractive' });
    const { read } = path.calls;
    const second = await path.ask(' within how many days can BOOTS be returned');
    expect(second).toMatchObject({ mode: 'cached', answer: first.answer, citations: first.citations });
    expect(path.calls.read).toBe(read);
    expect(second.message_id).not.toBe(first.message_id);
    expect(path.tools.reuse?.counts).toEqual({ exact: 1, near: 0, joined: 0, miss: 1 });
  });

  it.each(['en', 'de', 'fr', 'es', 'zh'])(
    'is in the language of the one who asks, its own words and its choices too: %s',
    async (language) => {
      const say = sayIn(language);
      const refused = await path.ask('Are boots waterproof?', { language });
      expect(refused).toMatchObject({
        outcome: 'declined',
        language,
        answer: say('outOfScope', { shop: 'Test shop' }),
      });
      await path.write('Delivery to Austria', ['The delivery of a parcel costs 5 euros.']);
      await path.write('Delivery to Germany', ['The delivery of a parcel costs 7 euros.']);
      const asked = await path.ask('How much does the delivery of a parcel cost?', { language });
      expect(asked.quick_replies.at(-1)).toBe(say('talkToPerson'));
      expect(path.tools.reuse?.counts.miss).toBe(2);
    },
  );

  it('is never served once anything that it rests on has changed, over many changes in any order', async () => {
    const random = seededRandom(41);
    let [days, synonyms] = [1, 0];
    await path.write('returns', ['Boots can be returned within 1 days.']);
    const change: (() => Promise<void>)[] = [
      async () => path.write('returns', [`Boots can be returned within ${++days} days.`]),
      async () => path.write(`other ${days} ${random()}`, ['Tents are blue.']),
      async () => {
        await path.catalogue.importProducts(rows(product(++days * 100)), { replace: true });
      },
      async () => path.settings.set('threshold', String(random())),
      async () => {
        synonyms += 1;
        path.tools.words = { ...path.tools.words, version: () => `synonyms ${synonyms}` };
      },
      async () => {
        path.tools.confidence = { ...path.tools.confidence, name: `fit ${random()}` };
      },
      async () => {
        const { live } = path.tools;
        path.tools.live = { ...live, version: async () => `${await live.version()} ${random()}` };
      },
      async () => {
        const { models } = path.tools;
        const reader = { ...models.reader, identity: `reader ${random()}` };
        path.tools.models = Object.assign(Object.create(models), { reader });
      },
    ];
    let said = /within (\d+) days/.exec((await path.ask(QUESTION)).answer)![1];
    for (let step = 0; step < 60; step++) {
      const which = Math.floor(random() * change.length);
      if (which !== 6 || step % 5 === 0) await change[which]!();
      else await change[0]!();
      const known = (await path.tools.knowledge.getText(
        (await path.tools.knowledge.findBySource('returns'))!.id,
      ))!;
      const { mode, answer } = await path.ask(QUESTION);
      expect(mode, `change ${which}`).not.toBe('cached');
      said = /within (\d+) days/.exec(answer)![1];
      expect(known).toContain(`within ${said} days`);
    }
    expect((await path.ask(QUESTION)).answer).toContain(`within ${said} days`);
  }, 120_000);

  it('is not served while an index lags behind, nor what was found meanwhile once it caught up', async () => {
    await path.write('returns', ['Boots can be returned within 60 days.']);
    await path.ask(QUESTION);
    const { generation } = path.tools.vectors;
    const lagging = Object.create(path.tools.vectors, { generation: { value: generation - 1 } });
    const { vectors } = path.tools;
    path.tools.vectors = lagging;
    expect((await path.ask(QUESTION)).mode).toBe('extractive');
    expect((await path.ask(QUESTION)).mode).toBe('cached');
    path.tools.vectors = vectors;
    // Kept again at the old place: what was found while it lagged took its room.
    expect((await path.ask(QUESTION)).mode).toBe('extractive');
  });

  it('is not kept when a document changed while it was being found', async () => {
    await path.write('returns', ['Boots can be returned within 60 days.']);
    let changed = false;
    hold = async () => {
      if (changed) return;
      changed = true;
      await path.write('returns', ['Boots can be returned within 30 days.']);
    };
    await path.ask(QUESTION);
    hold = null;
    expect(await path.ask(QUESTION)).toMatchObject({
      mode: 'extractive',
      answer: expect.stringContaining('30'),
    });
  });

  it('does not hide a changed price: live sources come before', async () => {
    await path.catalogue.importProducts(rows(product(2000)), { replace: true });
    for (let price = 2000; price < 2020; price++) {
      await path.catalogue.importProducts(rows(product(price)), { replace: true });
      await path.tools.live.products.refresh();
      const { answer, mode } = await path.ask('How much is the Beacon lamp?');
      expect(answer).toContain((price / 100).toFixed(2));
      expect(mode).toBe('curated');
    }
    expect((await path.memory.cache.counts()).answer.entries).toBe(0);
  });

  it('is not taken for the answer to the same words in a conversation about something else', async () => {
    await path.write('repairs', ['The repair of tents takes three weeks.']);
    await path.write('delivery', ['The delivery of tents takes two days.']);
    const repairs = await path.ask('How long is the repair of tents?');
    const again = { conversationId: repairs.conversation_id };
    await path.ask('How long does it take?', again);
    const delivery = await path.ask('How long is the delivery of tents?');
    const { answer, mode } = await path.ask('How long does it take?', {
      conversationId: delivery.conversation_id,
    });
    expect(answer).toMatch(/^The delivery of tents takes two days/);
    expect(mode).toBe('extractive');
  });

  it('is kept apart for those who may read other documents', async () => {
    await path.write('returns', ['Boots can be returned within 60 days.']);
    const staff = { filter: { audiences: ['public', 'staff'] } };
    await path.ask(QUESTION, staff);
    expect((await path.ask(QUESTION)).mode).toBe('extractive');
    expect((await path.ask(QUESTION, staff)).mode).toBe('cached');
  });

  it('leaves no word of a document in any answer once that is gone', async () => {
    await path.write('returns', ['Boots can be returned within 60 days.']);
    await path.ask(QUESTION);
    await path.memory.forgetAnswers();
    expect((await path.memory.cache.counts()).answer.entries).toBe(0);
    expect((await path.ask(QUESTION)).mode).toBe('extractive');
  });
});

describe('a near question', () => {
  it('gets the answer when rules and reader agree, and then at once', async () => {
    await path.write('returns', ['Boots can be returned within 60 days.']);
    const first = await path.ask('Can boots be returned within days?');
    const near = await path.ask('Within days, can boots be returned?');
    expect(near).toMatchObject({ mode: 'cached', answer: first.answer });
    await path.ask('Within days, can boots be returned?');
    expect(path.tools.reuse?.counts).toEqual({ exact: 1, near: 1, joined: 0, miss: 1 });
  });

  const PAIRS: [string, string][] = [
    ['Can boots be returned within 60 days?', 'Can boots be returned within 61 days?'],
    ['Can boots be returned within 60 days?', "Can't boots be returned within 60 days?"],
    ['Can boots be returned within 60 days?', 'Can boots not be returned within 60 days?'],
    ['Can boots be returned within 60 days?', 'Can boots be returned after 60 days?'],
    ['Can boots be returned within 60 days?', 'Can boots be returned within sixteen or 16 days?'],
    ['Can two boots be returned within 60 days?', 'Can three boots be returned within 60 days?'],
  ];
  it.each(PAIRS)(
    'that differs in one number, negation or relation never does: %s / %s',
    async (one, other) => {
      await path.write('returns', ['Boots, one, two or three, can be returned within 60 days.']);
      for (const [first, second] of [
        [one, other],
        [other, one],
      ] as const) {
        await path.memory.forgetAnswers();
        await path.ask(first);
        expect((await path.ask(second)).mode).not.toBe('cached');
      }
      expect(path.tools.reuse?.counts.near).toBe(0);
    },
  );
});

describe('equal questions at the same moment', () => {
  it('are computed once, and each asker gets a whole answer of their own', async () => {
    await path.write('returns', ['Boots can be returned within 60 days.']);
    await path.ask('A first question about returned boots?');
    const alone = await readsOf(() => path.ask('Can I return the boots within 60 days?'));
    await path.memory.forgetAnswers();
    const gate = withResolvers();
    hold = () => gate.promise;
    let answers: Awaited<ReturnType<OpenPath['ask']>>[] = [];
    const together = await readsOf(async () => {
      const asked = Array.from({ length: 5 }, () => path.ask('Can I return the boots within 60 days?'));
      while ((path.tools.reuse?.counts.joined ?? 0) < 4) await new Promise((go) => setImmediate(go));
      gate.resolve();
      answers = await Promise.all(asked);
    });
    expect(together).toBe(alone);
    expect(new Set(answers.map(({ answer }) => answer)).size).toBe(1);
    expect(answers[0]).toMatchObject({ outcome: 'answered', citations: [{ index: 1 }] });
    for (const field of ['conversation_id', 'message_id'] as const)
      expect(new Set(answers.map((answer) => answer[field])).size).toBe(5);
    for (const { conversation_id: id, answer } of answers)
      expect((await path.tools.conversations.listMessages(id)).map(({ text }) => text)[1]).toBe(answer);
  });

  it('go on for the others when one leaves, the first one too', async () => {
    await path.write('returns', ['Boots can be returned within 60 days.']);
    const gate = withResolvers();
    hold = () => gate.promise;
    const leaving = new AbortController();
    const first = path.ask(QUESTION, { signal: leaving.signal });
    const gone = expect(first).rejects.toMatchObject({ code: 'cancelled' });
    const stays = path.ask(QUESTION);
    while (path.tools.reuse?.counts.joined !== 1) await new Promise((go) => setImmediate(go));
    leaving.abort();
    await gone;
    gate.resolve();
    expect((await stays).answer).toContain('60 days');
  });
});

async function readsOf(work: () => Promise<unknown>): Promise<number> {
  const before = path.calls.read;
  await work();
  return path.calls.read - before;
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}
