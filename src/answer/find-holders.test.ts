import { describe, expect, it } from 'vitest';
import { splitPassage } from '../text/split-passage.ts';
import { holdSentence } from './hold-sentence.ts';
import type { ContextPassage, RankedPassage } from './path-types.ts';

function passage(index: number, headingPath: string, text: string): ContextPassage {
  const ranked = {
    chunk: { id: index, headingPath, text },
    sentences: splitPassage(text),
  } as unknown as RankedPassage;
  return { index, passage: ranked, chosen: ranked.sentences, text };
}
const CONTEXT = [
  passage(1, 'Lamps > Care', 'Dry the lamp with the flap open for a day.'),
  passage(2, 'Boots', 'Boots cost €90 in the web shop.'),
];

describe('holdSentence', () => {
  it('prefers the passage that is cited', () => {
    expect(
      holdSentence({ text: 'Dry the lamp with the flap open.', cited: [1] }, CONTEXT)?.passage.chunk.id,
    ).toBe(1);
  });

  it('finds the right passage behind a wrong number', () => {
    expect(
      holdSentence({ text: 'Boots cost €90 in the web shop.', cited: [1] }, CONTEXT)?.passage.chunk.id,
    ).toBe(2);
  });

  it('takes a repeated heading away', () => {
    expect(holdSentence({ text: 'Lamps > Care: Dry the lamp for a day.', cited: [1] }, CONTEXT)?.text).toBe(
      'Dry the lamp for a day.',
    );
    expect(holdSentence({ text: 'Care: Dry the lamp for a day.', cited: [1] }, CONTEXT)?.text).toBe(
      'Dry the lamp for a day.',
    );
  });

  it.each(['Yes.', 'Lamps and care:', 'Boots cost €90 in the web shop', 'Boots cost €80 in the web shop.'])(
    'holds no %j',
    (text) => {
      expect(holdSentence({ text, cited: [1, 2] }, CONTEXT)).toBeNull();
    },
  );
});
