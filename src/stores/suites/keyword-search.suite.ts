import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { syntheticDocument } from '../../testing/synthetic-knowledge.ts';
import type { KnowledgeStore } from '../contracts.ts';
import type { OpenStore } from './knowledge-store.suite.ts';

/** Every operator of FTS5's language, and what injections usually look like. */
const HOSTILE = [
  '"',
  '""',
  '"""boots',
  "boots'",
  'boots" OR "laces',
  'NEAR(boots laces, 1)',
  'NEAR(',
  'boots NEAR/2 laces',
  'boot*',
  '^boots',
  'heading_path:boots',
  '{heading_path text}: boots',
  '-heading_path: boots',
  'boots AND',
  'AND OR NOT',
  'boots NOT laces',
  '(((',
  ')',
  ':',
  '*',
  '+boots + laces',
  "'; DROP TABLE chunks; --",
  'chunk_words MATCH "boots"',
  'boots\u0000laces',
  '\ud800boots',
  '\u202eboots',
  '%',
  '?1',
  '$1',
];

/** Words of a question find chunks: ranked, stemmed, and never read as a query language. */
export function keywordSearchSuite(name: string, open: OpenStore<KnowledgeStore>): void {
  describe(`${name} as a keyword index`, () => {
    let store: KnowledgeStore;
    let close: () => void | Promise<void>;
    beforeEach(async () => void ({ store, close } = await open()));
    afterEach(() => close());
    const put = async (source: string, text: string, title = source): Promise<number> =>
      (await store.putDocument(syntheticDocument(source, [text], { title }))).added[0]!;
    const found = async (query: string, limit = 10): Promise<number[]> =>
      (await store.searchKeywords(query, limit)).map(({ chunkId }) => chunkId);

    it('ranks what holds more and rarer words of the question first, scores falling', async () => {
      const both = await put('1', 'The warranty of the tent covers broken poles for two years.');
      const rare = await put('2', 'A warranty claim needs the receipt and a picture of the damage.');
      for (const color of ['red', 'green', 'blue', 'grey'])
        await put(color, `The ${color} tent has a porch and room for two.`);
      const hits = await store.searchKeywords('Is there a warranty on the tent?', 10);
      expect(hits.map(({ chunkId }) => chunkId).slice(0, 2)).toEqual([both, rare]);
      expect(hits.map(({ score }) => score)).toEqual(
        hits.map(({ score }) => score).sort((left, right) => right - left),
      );
      expect(hits[0]!.score).toBeGreaterThan(0);
    });

    it('finds words in headings too, and lets them weigh more', async () => {
      const inText = await put('1', 'Ask for a refund at the till within a week.', 'Shops');
      const inHeading = await put('2', 'Ask for the money at the till within a week.', 'Refund');
      expect(await found('refund')).toEqual([inHeading, inText]);
    });

    it('finds other forms of a word, whatever the case or the accents', async () => {
      const chunk = await put('1', 'We repaired the boots in our café.');
      for (const query of ['repairing', 'REPAIRS', 'Boot', 'cafe', 'CAFÉ'])
        expect(await found(query), query).toEqual([chunk]);
      expect(await found('repainting')).toEqual([]);
    });

    it('gives no more than asked for, and nothing for a text without words', async () => {
      for (const part of ['1', '2', '3']) await put(part, `Boots, part ${part}.`);
      expect(await found('boots', 2)).toHaveLength(2);
      for (const query of ['', '   ', '?!…', '🥾', '\u0007'])
        expect(await found(query), JSON.stringify(query)).toEqual([]);
    });

    it('falls back on words like "what" when nothing else is asked', async () => {
      const chunk = await put('1', 'Who are we?');
      expect(await found('who are you')).toEqual([chunk]);
    });

    it.each(HOSTILE)('takes %j as words', async (query) => {
      const boots = await put('1', 'Boots with new soles.', 'Shoes');
      const laces = await put(
        '2',
        'Laces of one metre, sold in pairs for boots of every kind.',
        'Small things',
      );
      const bootlace = await put('3', 'A bootlacing guide.');
      const hits = await found(query);
      // Never a prefix, never a column of ours, never an exclusion.
      expect(hits).not.toContain(bootlace);
      if (/boot/.test(query)) expect(hits).toEqual(expect.arrayContaining([boots, laces]));
      else expect(hits.filter((id) => ![boots, laces].includes(id))).toEqual([]);
      expect(await store.counts()).toMatchObject({ documents: 3, chunks: 3 });
    });

    it('still finds a rare word among thousands of chunks that share the common ones', async () => {
      const many = Array.from({ length: 2_100 }, (_, index) => `The shop sells item ${index}.`);
      await store.putDocument(
        syntheticDocument('many', many, { embeddings: many.map(() => new Float32Array(4)) }),
      );
      const zebra = await put('zebra', 'The shop sells zebra covers.');
      expect((await found('does the shop sell zebra covers'))[0]).toBe(zebra);
      expect(await found('shop', 5)).toHaveLength(5);
    });
  });
}
