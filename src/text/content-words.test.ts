import { describe, expect, it } from 'vitest';
import { contentWords, stemsOf } from './content-words.ts';

describe('contentWords', () => {
  it('leaves stop words out, stems ASCII words and keeps exact places', () => {
    const text = "Don't return the parcel's boxes: naïve Größe 4.90 v2.1 GPT4";
    const words = contentWords(text);
    expect(words.map(({ word, stem }) => `${word}/${stem}`)).toEqual([
      'return/return',
      'parcel/parcel',
      'boxes/box',
      'naïve/naïve',
      'größe/größe',
      '4.90/4.90',
      'v2.1/v2.1',
      'gpt4/gpt4',
    ]);
    expect(words.map(({ start, end }) => text.slice(start, end))).toEqual([
      'return',
      "parcel's",
      'boxes',
      'naïve',
      'Größe',
      '4.90',
      'v2.1',
      'GPT4',
    ]);
  });

  it('reads e-mail and email as one word', () => {
    expect(stemsOf('E-mail us')).toEqual(stemsOf('email'));
  });

  it('finds the same stem in other forms', () => {
    expect([...stemsOf('returning returned returns')]).toEqual(['return']);
  });

  it('cuts scripts without spaces into several words', () => {
    expect(contentWords('返品は三十日以内').length).toBeGreaterThan(1);
  });

  it('is empty on text without words', () => {
    expect(contentWords(' ?! the … 🙂')).toEqual([]);
  });

  it.each(['a', "a'", '1,', '漢', '\u0301'])(
    'is linear on a run of %j',
    (unit) => {
      const began = performance.now();
      contentWords(unit.repeat(500_000));
      expect(performance.now() - began).toBeLessThan(8000);
    },
    20_000,
  );
});
