import { expect, it } from 'vitest';
import { createVolatileCache } from '../testing/volatile-stores.ts';
import { createRetrievalCache } from './retrieval-cache.ts';

const request = { query: 'How long can I return boots?', scope: '', embedder: 'one' };
const found = {
  keywords: [{ chunkId: 3, score: 7.25 }],
  vectors: [{ chunkId: 9, score: 0.123_456_789 }],
  hinted: [{ chunkId: 4, score: 0.5 }],
};

it('finds the same search at the same generation alone', async () => {
  const cache = createRetrievalCache(createVolatileCache());
  expect(await cache.get(request, '4')).toBeNull();
  await cache.put(request, '4', found);
  expect(await cache.get(request, '4')).toEqual(found);
  expect(await cache.get(request, '5')).toBeNull();
});

it('keeps searches with other filters or another embedder apart', async () => {
  const cache = createRetrievalCache(createVolatileCache());
  await cache.put(request, '4', found);
  expect(await cache.get({ ...request, scope: 'audience=staff' }, '4')).toBeNull();
  expect(await cache.get({ ...request, embedder: 'two' }, '4')).toBeNull();
});
