import { expect, it } from 'vitest';
import { createTextGenerator } from './generate-text.ts';

const SEED_TEXT =
  'you can return the shoes within sixty days and we pay the postage for you if the shoes are unworn. '.repeat(
    8,
  );

it('writes the same text for the same seed, another for another', () => {
  const first = createTextGenerator(SEED_TEXT, 1).document(200);
  expect(createTextGenerator(SEED_TEXT, 1).document(200)).toEqual(first);
  expect(createTextGenerator(SEED_TEXT, 2).document(200).text).not.toBe(first.text);
  expect(first.text.split(' ')).toHaveLength(200);
});

it('has common words, rare words, and words of its own that a question asks for', () => {
  const generator = createTextGenerator(SEED_TEXT, 3);
  const documents = Array.from({ length: 200 }, () => generator.document(100));
  const frequency = new Map<string, number>();
  for (const { text } of documents) {
    for (const word of new Set<string>(text.toLowerCase().match(/[a-z]+/g) ?? []))
      frequency.set(word, (frequency.get(word) ?? 0) + 1);
  }
  const counts = [...frequency.values()];
  expect(Math.max(...counts)).toBeGreaterThan(190);
  expect(counts.filter((count) => count === 1).length).toBeGreaterThan(counts.length / 3);
  const [document] = documents;
  const asked: string[] =
    generator
      .question(document!)
      .toLowerCase()
      .match(/[a-z]+/g) ?? [];
  expect(document!.topic.some((word) => asked.includes(word))).toBe(true);
});
