import { expect, it } from 'vitest';
import { createFakeModelHost } from '../inference/fakes.ts';
import { createVolatileCache } from '../testing/volatile-stores.ts';
import { cachedIntents } from './intent-cache.ts';

it('asks the model once for a vector, and again for another vector or another model', async () => {
  let asked = 0;
  const { intents } = createFakeModelHost({
    classify: async () => ({
      intent: `intent ${++asked}`,
      confidence: 0.9,
      act: 'question',
      urgency: 0.1,
      frustration: 0,
    }),
  });
  const cache = createVolatileCache();
  const [one, other] = [Float32Array.of(1, 0), Float32Array.of(0, 1)];
  const first = await cachedIntents(intents, cache).classify(one);
  expect(await cachedIntents(intents, cache).classify(Float32Array.of(1, 0))).toEqual(first);
  expect(asked).toBe(1);
  await cachedIntents(intents, cache).classify(other);
  await cachedIntents({ ...intents, identity: 'another' }, cache).classify(one);
  expect(asked).toBe(3);
});
