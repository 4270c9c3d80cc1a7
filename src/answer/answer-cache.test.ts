import { describe, expect, it } from 'vitest';
import type { AnswerProduct } from './answer-types.ts';
import { exampleAnswer } from '../testing/example-answer.ts';
import { createVolatileCache } from '../testing/volatile-stores.ts';
import { answerCacheKey, createAnswerCache, type AnswerQuery } from './answer-cache.ts';

const versions = 'four';
const query: AnswerQuery = {
  standalone: 'How long can I return boots?',
  audience: 'public',
  language: 'en',
  mode: 'auto',
};
const key = answerCacheKey(query);
const keyOf = (standalone: string) => answerCacheKey({ ...query, standalone });
/** A unit vector at this angle, in degrees. */
const at = (degrees: number) =>
  Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180));

describe('the key of an answer', () => {
  it('is the same for questions that differ in case, spacing and closing marks', () => {
    expect(keyOf('  how LONG can I  return boots ?! ')).toBe(key);
    expect(keyOf('Boots')).not.toBe(key);
  });

  it('differs where the meaning does', () => {
    const pairs = [
      ['Is it 10.5?', 'Is it 10 5?'],
      ['Is $50 enough?', 'Is €50 enough?'],
      ['Does it stand -5 °C?', 'Does it stand 5 °C?'],
      ['Is C++ taught?', 'Is C taught?'],
    ] as const;
    for (const [one, other] of pairs) expect(keyOf(one)).not.toBe(keyOf(other));
  });

  it('differs for another audience, language or mode', () => {
    const others = [{ audience: 'staff' }, { language: 'de' }, { mode: 'extractive' as const }];
    const keys = others.map((other) => answerCacheKey({ ...query, ...other }));
    expect(new Set([key, ...keys]).size).toBe(4);
  });
});

describe('the answer cache', () => {
  it('serves an answer until any of its sources changes', async () => {
    const cache = createAnswerCache(createVolatileCache());
    expect(await cache.put(key, versions, exampleAnswer())).toBe(true);
    expect(await cache.get(key, versions)).toMatchObject({ answer: exampleAnswer().answer, confidence: 0.9 });
    expect(await cache.get(key, 'five')).toBeNull();
  });

  it('keeps nothing that is one conversation’s own', async () => {
    const cache = createAnswerCache(createVolatileCache());
    await cache.put(key, versions, exampleAnswer());
    expect(await cache.get(key, versions)).toMatchObject({ conversation_id: '', message_id: '' });
    const own = [
      { outcome: 'handed_off' as const },
      { outcome: 'clarify' as const },
      { mode: 'cached' as const },
      { order: { number: 'A-1001' } as unknown as null },
      { products: [{ code: 'TB-204' } as unknown as AnswerProduct] },
    ];
    for (const changes of own) {
      expect(await cache.put(keyOf('own'), versions, exampleAnswer(changes))).toBe(false);
      expect(await cache.get(keyOf('own'), versions)).toBeNull();
    }
  });
});

describe('a near question', () => {
  const near = keyOf('How long may I send boots back?');

  it('finds the nearest above the floor, never itself', async () => {
    const cache = createAnswerCache(createVolatileCache());
    await cache.put(key, versions, exampleAnswer(), { question: 'first', vector: at(0) });
    await cache.put(keyOf('other'), versions, exampleAnswer(), { question: 'second', vector: at(8) });
    const found = await cache.findNear(at(5), near, versions);
    expect(found).toMatchObject({ question: 'second' });
    expect(found?.similarity).toBeCloseTo(Math.cos((3 * Math.PI) / 180), 6);
    // The cosine of 18.2 degrees is 0.95.
    expect(await cache.findNear(at(-18), near, versions)).toMatchObject({ question: 'first' });
    expect(await cache.findNear(at(-19), near, versions)).toBeNull();
    expect(await cache.findNear(at(-19), key, versions)).toBeNull();
  });

  it('does not find one of another audience or of older sources', async () => {
    const cache = createAnswerCache(createVolatileCache());
    const staff = answerCacheKey({ ...query, audience: 'staff' });
    await cache.put(staff, versions, exampleAnswer(), { question: 'staff', vector: at(0) });
    await cache.put(key, versions, exampleAnswer(), { question: 'public', vector: at(1) });
    expect(await cache.findNear(at(0), near, versions)).toMatchObject({ question: 'public' });
    expect(await cache.findNear(at(0), near, 'five')).toBeNull();
  });

  it('goes on to the next when the nearest is no longer kept', async () => {
    const stored = createVolatileCache();
    const cache = createAnswerCache(stored);
    await cache.put(key, versions, exampleAnswer(), { question: 'first', vector: at(0) });
    await cache.put(keyOf('other'), versions, exampleAnswer(), { question: 'second', vector: at(4) });
    await stored.put('answer', key, 'older', new Uint8Array(2));
    expect(await cache.findNear(at(0), near, versions)).toMatchObject({ question: 'second' });
  });

  it('is compared with a bounded number, the most recent, that cite something', async () => {
    const cache = createAnswerCache(createVolatileCache(), { recent: 2 });
    for (const question of ['a', 'b', 'c'])
      await cache.put(keyOf(question), versions, exampleAnswer(), {
        question,
        vector: at(question === 'a' ? 0 : 60),
      });
    expect(await cache.findNear(at(0), near, versions)).toBeNull();
    const vague = exampleAnswer({ citations: [] });
    await cache.put(keyOf('d'), versions, vague, { question: 'd', vector: at(0) });
    expect(await cache.findNear(at(0), near, versions)).toBeNull();
  });
});
