import { expect, it } from 'vitest';
import type { ChunkRecord } from '../stores/contracts.ts';
import { seededRandom } from '../testing/synthetic-knowledge.ts';
import { findNearDuplicates } from './near-duplicates.ts';

const WORDS = Array.from({ length: 400 }, (_, index) => `word${index}`);

function knowledgeOf(texts: readonly string[]) {
  const chunks = texts.map((text, index) => ({
    id: index + 1,
    documentId: `d${index}`,
    title: 'T',
    url: null,
    updatedAt: '',
    ordinal: 0,
    headingPath: 'T',
    text,
    start: 0,
    end: text.length,
    tokens: 1,
  }));
  return {
    chunkIds: () => Promise.resolve(chunks.map(({ id }) => id)),
    getChunks: (ids: readonly number[]) =>
      Promise.resolve(chunks.filter(({ id }) => ids.includes(id)) as ChunkRecord[]),
  };
}

function passage(random: () => number, words = 60): string {
  return Array.from({ length: words }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' ');
}

it('finds what was copied and changed a little, among a thousand others, and nothing else', async () => {
  const random = seededRandom(3);
  const texts = Array.from({ length: 1000 }, () => passage(random));
  const copy = texts[10]!
    .split(' ')
    .map((word, index) => (index === 30 ? 'changed' : word))
    .join(' ');
  const groups = await findNearDuplicates(
    knowledgeOf([...texts, copy, texts[10]!.toUpperCase(), texts[500]!]),
  );
  expect(groups.map(({ passages }) => passages.map(({ id }) => id))).toEqual([
    [11, 1001, 1002],
    [501, 1003],
  ]);
  expect(groups[0]!.similarity).toBeGreaterThan(0.85);
  expect(groups[1]!.similarity).toBe(1);
});

it('takes no notice of short passages', async () => {
  expect(await findNearDuplicates(knowledgeOf(['Call us.', 'Call us.']))).toEqual([]);
});
