import { describe, expect, it } from 'vitest';
import type { RankedPassage, ScoredSentence } from '../path-types.ts';
import { findChoices } from './find-choices.ts';

function passage(
  title: string,
  text: string,
  {
    score = 10,
    answerable = 0.9,
    headingPath = title,
  }: { score?: number; answerable?: number; headingPath?: string } = {},
): RankedPassage {
  return {
    chunk: { id: title.length + text.length, documentId: title, title, headingPath, text },
    reranked: { rank: 1, score },
    reading: { answerable, sentenceLogits: [5] },
    sentences: [{ start: 0, end: text.length }],
  } as unknown as RankedPassage;
}
/** The first one holds the best sentence. */
function choicesOf(text: string, ranked: readonly RankedPassage[]): string[] {
  const sentences = ranked
    .slice(0, 1)
    .map((one) => ({ text: one.chunk.text, answerable: 0.9, score: 10, passage: one }));
  return findChoices({ text, ranked: [...ranked], sentences: sentences as unknown as ScoredSentence[] });
}
const DELIVERY = [
  passage('Delivery to Germany', 'Standard delivery costs €4.90.', { score: 10 }),
  passage('Delivery to Austria', 'Standard delivery costs €9.90.', { score: 9.5 }),
  passage('Delivery to Switzerland', 'Standard delivery costs CHF 14.', { score: 9 }),
];

describe('findChoices', () => {
  it('offers the documents that answer equally well, the likeliest first', () => {
    expect(choicesOf('How much is delivery?', DELIVERY)).toEqual([
      'Delivery to Germany',
      'Delivery to Austria',
      'Delivery to Switzerland',
    ]);
  });

  it('asks nothing when the question names one of them, in any form of the word', () => {
    expect(choicesOf('How much is delivery to Austria?', DELIVERY)).toEqual([]);
  });

  it('asks nothing when all of them say the same', () => {
    const same = DELIVERY.map(({ chunk }) => passage(chunk.title, 'Standard delivery costs €4.90.'));
    expect(choicesOf('How much is delivery?', same)).toEqual([]);
  });

  it('asks nothing when the others stand far below, or do not hold the answer', () => {
    const [best, ...others] = DELIVERY;
    const far = others.map(({ chunk }) => passage(chunk.title, chunk.text, { score: 2 }));
    const poor = others.map(({ chunk }) => passage(chunk.title, chunk.text, { answerable: 0.2 }));
    expect(choicesOf('How much is delivery?', [best!, ...far])).toEqual([]);
    expect(choicesOf('How much is delivery?', [best!, ...poor])).toEqual([]);
  });

  it('asks nothing of documents that are no siblings: about other things, or one about all', () => {
    const unlike = [
      passage('Returns', 'You have 60 days.'),
      passage('Gift cards', 'A gift card is valid for 3 years.'),
    ];
    const whole = [
      passage('Warranty', 'The warranty is 2 years.'),
      passage('Warranty for tents', 'The warranty is 5 years.'),
    ];
    expect(choicesOf('How long do I have?', unlike)).toEqual([]);
    expect(choicesOf('How long is the warranty?', whole)).toEqual([]);
  });

  it('tells sections of one document apart too', () => {
    const sections = [
      passage('Rucksacks', 'Load it with up to 15 kg.', { headingPath: 'Rucksacks > Curlew 45' }),
      passage('Rucksacks', 'Load it with up to 20 kg.', { headingPath: 'Rucksacks > Curlew 65' }),
    ];
    expect(choicesOf('What load for the Curlew?', sections)).toEqual(['Curlew 45', 'Curlew 65']);
    expect(choicesOf('What load for the Curlew 65?', sections)).toEqual([]);
  });

  it('asks nothing when the question is not about what they share', () => {
    expect(choicesOf('How much is express?', DELIVERY)).toEqual([]);
  });

  it('asks nothing of titles that share one word of many', () => {
    const loose = [
      passage('Resoling boots', 'It takes 3 weeks.'),
      passage('Size chart: boots and shoes', 'Boots run 1 size small.'),
    ];
    expect(choicesOf('How long do my boots take?', loose)).toEqual([]);
  });

  it('asks nothing without sentences', () => {
    expect(choicesOf('How much?', [])).toEqual([]);
  });
});
