import { describe, expect, it } from 'vitest';
import { EXAMPLE_MODEL } from '../testing/example-confidence.ts';
import type { ScoredSentence } from './path-types.ts';
import { partConfidence } from './read-confidence.ts';

const SAID = 'You can return unworn goods within 30 days.';
const best = (absent: number, codes: number): ScoredSentence =>
  ({
    text: SAID,
    answerable: 0.97,
    absent,
    codes,
    passage: { reading: { answerable: 0.97 } },
  }) as ScoredSentence;
const confidence = (absent: number, lastAnswer = '', codes = 0): number =>
  partConfidence({ ranked: [], sentences: [best(absent, codes)] }, EXAMPLE_MODEL, lastAnswer);

describe('partConfidence', () => {
  it('counts against a follow-up what it names and the evidence does not hold', () => {
    expect(confidence(0)).toBeGreaterThan(EXAMPLE_MODEL.caveat);
    expect(confidence(0.5)).toBeLessThan(confidence(0));
    expect(confidence(1)).toBeLessThan(confidence(0.5));
  });

  it('counts for a sentence that it speaks of the code that is asked about, and against it that it speaks of another', () => {
    expect(confidence(0, '', 1)).toBeGreaterThan(confidence(0, '', 0.5));
    expect(confidence(0, '', 0.5)).toBeGreaterThan(confidence(0));
    expect(confidence(0, '', -1)).toBeLessThan(EXAMPLE_MODEL.decline);
  });

  it('declines what would repeat the last answer to a question about something else', () => {
    expect(confidence(1, `${SAID} [1]`)).toBeLessThan(EXAMPLE_MODEL.decline);
    // The same answer may well be right for what is said in it.
    expect(confidence(0, `${SAID} [1]`)).toBe(confidence(0));
  });
});
