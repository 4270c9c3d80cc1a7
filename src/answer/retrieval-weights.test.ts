import { expect, it } from 'vitest';
import { DEFAULT_WEIGHTS, readWeights } from './retrieval-weights.ts';

it('stored weights are read, and the defaults where they do not fit', () => {
  expect(readWeights(null)).toEqual(DEFAULT_WEIGHTS);
  expect(readWeights('')).toEqual(DEFAULT_WEIGHTS);
  expect(readWeights('{"keywordWeight":0.3}')).toEqual({ ...DEFAULT_WEIGHTS, keywordWeight: 0.3 });
  expect(readWeights('{"candidates":40.5}')).toEqual(DEFAULT_WEIGHTS);
  expect(readWeights('{"fusionWeight":-1}')).toEqual(DEFAULT_WEIGHTS);
});
