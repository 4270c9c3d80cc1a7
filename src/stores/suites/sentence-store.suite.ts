import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMBEDDER, syntheticDocument, unitVectors } from '../../testing/synthetic-knowledge.ts';
import type { KnowledgeStore } from '../contracts.ts';
import type { SentenceStore } from '../sentence-contracts.ts';
import type { OpenStore } from './knowledge-store.suite.ts';

export interface SentencesWithDocuments {
  sentences: SentenceStore;
  knowledge: KnowledgeStore;
}

export function sentenceStoreSuite(name: string, open: OpenStore<SentencesWithDocuments>): void {
  describe(`${name} as a store of sentence vectors`, () => {
    let store: SentencesWithDocuments;
    let close: () => void | Promise<void>;
    beforeEach(async () => void ({ store, close } = await open()));
    afterEach(() => close());

    it('lists what is missing, keeps vectors in order, and loses them with their passage', async () => {
      const { sentences, knowledge } = store;
      const { added, documentId } = await knowledge.putDocument(
        syntheticDocument('a.md', ['One.', 'Two. Three.']),
      );
      const [first, second] = added as [number, number];
      expect(await sentences.listMissing(EMBEDDER, { after: 0, limit: 10 })).toEqual([first, second]);
      expect(await sentences.listMissing(EMBEDDER, { after: 0, limit: 1 })).toEqual([first]);
      expect(await sentences.listMissing(EMBEDDER, { after: first, limit: 10 })).toEqual([second]);

      const make = unitVectors(9);
      const vectors = [make(), make()];
      await sentences.put([{ chunkId: second, vectors }], EMBEDDER);
      expect(await sentences.listMissing(EMBEDDER, { after: 0, limit: 10 })).toEqual([first]);
      const [row, ...others] = await sentences.get(added, EMBEDDER);
      expect(others).toEqual([]);
      expect(row?.chunkId).toBe(second);
      for (const [index, vector] of vectors.entries())
        for (const [place, value] of vector.entries())
          expect(Math.abs(value - row!.vectors[index]![place]!)).toBeLessThan(0.002);

      await knowledge.removeDocument(documentId);
      expect(await sentences.get(added, EMBEDDER)).toEqual([]);
      await sentences.put([{ chunkId: second, vectors }], EMBEDDER);
      expect(await sentences.get(added, EMBEDDER)).toEqual([]);
    });

    it('gives no vectors of another embedder, and replaces them', async () => {
      const { sentences, knowledge } = store;
      const { added } = await knowledge.putDocument(syntheticDocument('b.md', ['One.']));
      const [chunkId] = added as [number];
      await sentences.put([{ chunkId, vectors: [unitVectors(3)()] }], 'another@1');
      expect(await sentences.get([chunkId], EMBEDDER)).toEqual([]);
      expect(await sentences.listMissing(EMBEDDER, { after: 0, limit: 10 })).toEqual([chunkId]);
      await sentences.put([{ chunkId, vectors: [] }], EMBEDDER);
      expect(await sentences.get([chunkId], EMBEDDER)).toEqual([{ chunkId, vectors: [] }]);
      expect(await sentences.listMissing(EMBEDDER, { after: 0, limit: 10 })).toEqual([]);
      expect(await sentences.listMissing('another@1', { after: 0, limit: 10 })).toEqual([chunkId]);
    });
  });
}
