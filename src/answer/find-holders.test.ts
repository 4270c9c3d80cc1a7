import { describe, expect, it } from 'vitest';
import { splitPassage } from '../text/split-passage.ts';
import { findHolders } from './find-holders.ts';
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

const holdersOf = (text: string, cited: number[]) => [...findHolders({ text, cited }, CONTEXT)];

describe('findHolders', () => {
  it('prefers the passage that is cited', () => {
    expect(holdersOf('Dry the lamp with the flap open.', [1])[0]?.passage.chunk.id).toBe(1);
  });

  it('finds the right passage behind a wrong number', () => {
    expect(holdersOf('Boots cost €90 in the web shop.', [1])[0]?.passage.chunk.id).toBe(2);
  });

  it('gives every passage that holds it, the cited one first', () => {
    const twice = [...CONTEXT, passage(3, 'Prices', 'In the web shop boots cost €90.')];
    const holders = [...findHolders({ text: 'Boots cost €90 in the web shop.', cited: [3] }, twice)];
    expect(holders.map((held) => held.passage.chunk.id)).toEqual([3, 2]);
  });

  it('takes a repeated heading away', () => {
    expect(holdersOf('Lamps > Care: Dry the lamp for a day.', [1])[0]?.text).toBe('Dry the lamp for a day.');
    expect(holdersOf('Care: Dry the lamp for a day.', [1])[0]?.text).toBe('Dry the lamp for a day.');
  });

  it.each(['Yes.', 'Lamps and care:', 'Boots cost €90 in the web shop', 'Boots cost €80 in the web shop.'])(
    'holds no %j',
    (text) => expect(holdersOf(text, [1, 2])).toEqual([]),
  );
});
