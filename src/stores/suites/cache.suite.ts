import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CACHES, type Cache } from '../memory-contracts.ts';
import type { CacheLimit } from '../lmdb/memory-settings.ts';
import { createTestClock, type TestClock } from '../../testing/test-clock.ts';

export type OpenCache = (options: {
  now: () => number;
  limits: Record<(typeof CACHES)[number], CacheLimit>;
}) => Promise<{ store: Cache; close: () => void | Promise<void> }>;

const LIMIT: CacheLimit = { entries: 3, timeToLive: 60_000, valueBytes: 1_000 };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export function cacheSuite(name: string, open: OpenCache): void {
  describe(`${name} as a cache`, () => {
    let store: Cache;
    let close: () => void | Promise<void>;
    let clock: TestClock;
    beforeEach(async () => {
      clock = createTestClock();
      const limits = { embedding: LIMIT, intent: LIMIT, retrieval: LIMIT, answer: LIMIT };
      ({ store, close } = await open({ now: clock.now, limits }));
    });
    afterEach(() => close());

    it('gives back every byte of what it was given, under its name and key alone', async () => {
      const value = Uint8Array.from({ length: 512 }, (_, place) => place % 256);
      await store.put('embedding', 'a\u0000b 🥾', 'v', value);
      expect(Buffer.from((await store.get('embedding', 'a\u0000b 🥾', 'v'))!)).toEqual(Buffer.from(value));
      expect(await store.get('embedding', 'a', 'v')).toBeNull();
      expect(await store.get('answer', 'a\u0000b 🥾', 'v')).toBeNull();
      await store.put('embedding', 'empty', '', new Uint8Array());
      expect(await store.get('embedding', 'empty', '')).toHaveLength(0);
    });

    it('keeps its own copy: neither what was given nor what it gave changes it', async () => {
      const value = bytes('boots');
      await store.put('answer', 'a', 'v', value);
      value.fill(0);
      (await store.get('answer', 'a', 'v'))!.fill(0);
      expect(Buffer.from((await store.get('answer', 'a', 'v'))!).toString()).toBe('boots');
    });

    it('does not serve what was stored at other versions of its sources', async () => {
      await store.put('answer', 'returns', 'generation 4', bytes('60 days'));
      expect(await store.get('answer', 'returns', 'generation 5')).toBeNull();
      expect(await store.get('answer', 'returns', 'generation 4')).not.toBeNull();
      await store.put('answer', 'returns', 'generation 5', bytes('30 days'));
      expect(Buffer.from((await store.get('answer', 'returns', 'generation 5'))!).toString()).toBe('30 days');
      expect(await store.get('answer', 'returns', 'generation 4')).toBeNull();
    });

    it('does not serve what is older than its time to live, to the millisecond', async () => {
      await store.put('answer', 'a', 'v', bytes('x'));
      clock.advance(LIMIT.timeToLive - 1);
      expect(await store.get('answer', 'a', 'v')).not.toBeNull();
      clock.advance(1);
      expect(await store.get('answer', 'a', 'v')).toBeNull();
      await store.put('answer', 'a', 'v', bytes('y'));
      expect(await store.get('answer', 'a', 'v')).not.toBeNull();
    });

    it('lets go of the least recently used when it is full, each cache by itself', async () => {
      await store.put('retrieval', 'other', 'v', bytes('x'));
      for (const key of ['a', 'b', 'c']) await store.put('answer', key, 'v', bytes(key));
      await store.get('answer', 'a', 'v');
      await store.put('answer', 'd', 'v', bytes('d'));
      expect(await store.get('answer', 'b', 'v')).toBeNull();
      for (const key of ['a', 'c', 'd']) expect(await store.get('answer', key, 'v')).not.toBeNull();
      expect(await store.get('retrieval', 'other', 'v')).not.toBeNull();
      expect((await store.counts()).answer.entries).toBe(3);
    });

    it('does not keep a value that is too large, nor the one it was to replace', async () => {
      await store.put('answer', 'a', 'v', bytes('small'));
      await store.put('answer', 'a', 'v', new Uint8Array(LIMIT.valueBytes + 1));
      expect(await store.get('answer', 'a', 'v')).toBeNull();
      await store.put('answer', 'a', 'v', new Uint8Array(LIMIT.valueBytes));
      expect(await store.get('answer', 'a', 'v')).toHaveLength(LIMIT.valueBytes);
    });

    it('counts hits and misses', async () => {
      await store.put('answer', 'a', 'v', bytes('x'));
      await store.get('answer', 'a', 'v');
      await store.get('answer', 'a', 'w');
      await store.get('answer', 'b', 'v');
      expect(await store.counts()).toEqual({
        embedding: { entries: 0, hits: 0, misses: 0 },
        retrieval: { entries: 0, hits: 0, misses: 0 },
        answer: { entries: 1, hits: 1, misses: 2 },
      });
    });

    it('clears one cache, or all', async () => {
      for (const cache of CACHES) await store.put(cache, 'a', 'v', bytes('x'));
      await store.clear('answer');
      expect(await store.get('answer', 'a', 'v')).toBeNull();
      expect(await store.get('embedding', 'a', 'v')).not.toBeNull();
      await store.clear();
      for (const cache of CACHES) expect(await store.get(cache, 'a', 'v')).toBeNull();
      expect((await store.counts()).embedding.entries).toBe(0);
    });
  });
}
