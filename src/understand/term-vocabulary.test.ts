import { expect, it } from 'vitest';
import { createSqliteKnowledgeStore } from '../stores/sqlite/knowledge-store.ts';
import { openDatabase } from '../stores/sqlite/open-database.ts';
import { syntheticDocument } from '../testing/synthetic-knowledge.ts';
import { correctSpelling } from './correct-spelling.ts';
import { letterSet, openTermVocabulary, TermCounts } from './term-vocabulary.ts';

const corrected = (text: string, vocabulary: ReturnType<typeof openTermVocabulary>): string =>
  correctSpelling(text, vocabulary.current()).text;

it('follows the documents of the store', async () => {
  const database = openDatabase(':memory:');
  const store = createSqliteKnowledgeStore(database);
  await store.putDocument(syntheticDocument('a', ['Tents with a porch.', 'Every tent is waterproof.']));
  const vocabulary = openTermVocabulary(store);
  expect(corrected('a waterprof tent', vocabulary)).toBe('a waterprof tent');
  await vocabulary.rebuild();
  expect(corrected('a waterprof tent', vocabulary)).toBe('a waterproof tent');
  const change = await store.putDocument(syntheticDocument('b', ['Sandals and other shoes.', 'x', 'y', 'z']));
  await vocabulary.apply(change);
  expect(corrected('sandlas', vocabulary)).toBe('sandals');
  await vocabulary.apply((await store.removeDocument(change.documentId))!);
  expect(corrected('sandlas', vocabulary)).toBe('sandlas');
  expect(corrected('a waterprof tent', vocabulary)).toBe('a waterproof tent');
  database.close();
});

it('holds names of products as well', async () => {
  const database = openDatabase(':memory:');
  const vocabulary = openTermVocabulary(createSqliteKnowledgeStore(database), {
    productNames: async function* () {
      yield* await Promise.resolve(['Kestrel tambourine']);
    },
  });
  await vocabulary.rebuild();
  expect(corrected('Kestral tamborine', vocabulary)).toBe('Kestrel tambourine');
  database.close();
});

it('stops when it is told to, and keeps what it had', async () => {
  const database = openDatabase(':memory:');
  const store = createSqliteKnowledgeStore(database);
  await store.putDocument(syntheticDocument('a', ['Every tent is waterproof.']));
  const vocabulary = openTermVocabulary(store);
  await vocabulary.rebuild();
  await expect(vocabulary.rebuild(AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  expect(corrected('waterprof', vocabulary)).toBe('waterproof');
  database.close();
});

it('stays within its size, and still knows what it dropped', () => {
  const counts = new TermCounts(new Set(), 100);
  counts.add('delivery delivery');
  const words = Array.from(
    { length: 300 },
    (_, index) =>
      `word${'abcdefghij'[index % 10]}${'klmnopqrst'[Math.floor(index / 10) % 10]}${'uvw'[Math.floor(index / 100)]}`,
  );
  for (const word of words) counts.add(word);
  expect(counts.size).toBeGreaterThanOrEqual(100);
  expect(counts.size).toBeLessThanOrEqual(125);
  expect([...counts.terms()].some(({ word }) => word === 'delivery')).toBe(true);
  for (const word of words) expect(counts.knows(word)).toBe(true);
});

it('sets a bit for each letter, and none beyond 32', () => {
  expect(letterSet('abba')).toBe(0b11);
  expect(letterSet('größe')).not.toBe(letterSet('groe'));
});
