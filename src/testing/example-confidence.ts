import type { Confidence, ConfidenceModel } from '../answer/confidence.ts';

/** A fit that was in use once: tests that rest on its numbers do not change with the built-in one. */
export const EXAMPLE_MODEL: ConfidenceModel = {
  bias: -1.0299,
  weights: { answerable: 4.3838, sentence: 1.3484, passages: 0 },
  map: null,
  decline: 0.5,
  caveat: 0.65,
};

export const EXAMPLE_CONFIDENCE: Confidence = { name: 'example', modelFor: () => EXAMPLE_MODEL };
