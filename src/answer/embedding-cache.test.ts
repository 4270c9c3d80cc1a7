import { expect, it } from 'vitest';
import { createFakeModelHost } from '../inference/fakes.ts';
import type { Embedder } from '../inference/contracts.ts';
import { createVolatileCache } from '../testing/volatile-stores.ts';
import { bytesOf, cachedEmbedder, vectorOf } from './embedding-cache.ts';

/** Vectors that no rounding survives unnoticed, and a record of what was asked. */
function recordingEmbedder(identity = 'one'): { embedder: Embedder; asked: string[][] } {
  const asked: string[][] = [];
  const { embedder } = createFakeModelHost({
    dimensions: 3,
    embed: async (texts) => {
      asked.push([...texts]);
      return texts.map((text) => Float32Array.of(text.length / 7, Math.PI, -1e-30));
    },
  });
  return { embedder: { ...embedder, identity }, asked };
}

it('asks the model for what is not known alone, once each, and keeps the order', async () => {
  const { embedder, asked } = recordingEmbedder();
  const cached = cachedEmbedder(embedder, createVolatileCache());
  const [boots] = await cached.embed(['boots']);
  const vectors = await cached.embed(['returns', 'boots', 'returns']);
  expect(asked).toEqual([['boots'], ['returns']]);
  expect(vectors).toEqual(await embedder.embed(['returns', 'boots', 'returns']));
  expect(vectors[1]).toEqual(boots);
});

it('does not ask at all when everything is known', async () => {
  const { embedder, asked } = recordingEmbedder();
  const cached = cachedEmbedder(embedder, createVolatileCache());
  await cached.embed(['a', 'b']);
  await cached.embed(['b', 'a']);
  expect(await cached.embed([])).toEqual([]);
  expect(asked).toHaveLength(1);
});

it('never serves a vector of another model, nor one of another length', async () => {
  const cache = createVolatileCache();
  const [one, two] = [recordingEmbedder('one'), recordingEmbedder('two')];
  await cachedEmbedder(one.embedder, cache).embed(['boots']);
  await cachedEmbedder(two.embedder, cache).embed(['boots']);
  expect(two.asked).toEqual([['boots']]);
  await cache.put('embedding', 'boots', 'two', new Uint8Array(8));
  expect((await cachedEmbedder(two.embedder, cache).embed(['boots']))[0]).toHaveLength(3);
});

it('lets ingest past the cache', async () => {
  const cache = createVolatileCache();
  const { embedder, asked } = recordingEmbedder();
  const cached = cachedEmbedder(embedder, cache);
  await cached.embed(['a chunk'], { priority: 'ingest' });
  await cached.embed(['a chunk'], { priority: 'ingest' });
  expect(asked).toHaveLength(2);
  expect((await cache.counts()).embedding).toEqual({ entries: 0, hits: 0, misses: 0 });
});

it('hands on the signal, and keeps nothing of a call that failed', async () => {
  const cache = createVolatileCache();
  const failing = createFakeModelHost({
    embed: async (_, options) => {
      options?.signal?.throwIfAborted();
      return [];
    },
  });
  const signal = AbortSignal.abort(new Error('gone'));
  await expect(cachedEmbedder(failing.embedder, cache).embed(['a'], { signal })).rejects.toThrow('gone');
  expect((await cache.counts()).embedding.entries).toBe(0);
});

it('turns vectors into bytes and back, wherever the bytes lie', () => {
  const vector = Float32Array.of(1, -0.1, 3e-38, Math.fround(Math.E));
  const shifted = new Uint8Array(17);
  shifted.set(bytesOf(vector), 1);
  expect(vectorOf(shifted.subarray(1), 4)).toEqual(vector);
  expect(vectorOf(shifted, 4)).toBeNull();
  expect(vectorOf(null, 4)).toBeNull();
});
