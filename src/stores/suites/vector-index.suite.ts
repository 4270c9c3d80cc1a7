import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { syntheticDocument, unitVectors } from '../../testing/synthetic-knowledge.ts';
import type { KnowledgeChange, KnowledgeStore, VectorIndex } from '../contracts.ts';

export interface OpenIndex {
  store: KnowledgeStore;
  index: VectorIndex;
  /** Another index on the same saved state, as after a restart. */
  reopen(): Promise<VectorIndex>;
  close(): void | Promise<void>;
}

const TOP = 10;
/** Milliseconds for tests that link thousands of vectors on a machine that does other work. */
const SLOW = 120_000;

/** An index follows its store: what the store holds is found, what it dropped never is. */
export function vectorIndexSuite(name: string, open: () => Promise<OpenIndex>): void {
  describe(`${name} as a vector index`, () => {
    let opened: OpenIndex;
    let store: KnowledgeStore;
    let index: VectorIndex;
    beforeEach(async () => {
      opened = await open();
      ({ store, index } = opened);
    });
    afterEach(() => opened.close());
    let edition = 0;
    const add = async (source: string, embeddings: readonly Float32Array[]): Promise<KnowledgeChange> => {
      edition += 1;
      // A paragraph that is the same as before would keep its vector.
      const paragraphs = embeddings.map((_, place) => `${source} ${place}, edition ${edition}`);
      return store.putDocument(syntheticDocument(source, paragraphs, { embeddings }));
    };
    const found = async (vector: Float32Array, limit = TOP, of = index): Promise<number[]> =>
      (await of.search(vector, limit)).map(({ chunkId }) => chunkId);

    it('finds nothing while it is empty', async () => {
      await index.catchUp();
      expect(index.size).toBe(0);
      expect(await index.search(unitVectors(1)(), TOP)).toEqual([]);
    });

    it('finds a vector itself first, with its cosine, and no more than there are', async () => {
      const vector = unitVectors(2);
      const own = vector();
      const { added } = await add('a', [own, vector(), vector()]);
      await index.catchUp();
      const hits = await index.search(own, TOP);
      expect(hits).toHaveLength(3);
      expect(hits[0]!.chunkId).toBe(added[0]);
      expect(hits[0]!.score).toBeCloseTo(1, 4);
      expect(hits.map(({ score }) => score)).toEqual(
        hits.map(({ score }) => score).sort((left, right) => right - left),
      );
    });

    it(
      'finds at least 98 % of what an exact search finds among 2,000 random vectors',
      async () => {
        const vector = unitVectors(3);
        const embeddings = Array.from({ length: 2_000 }, vector);
        const { added } = await add('many', embeddings);
        await index.catchUp();
        let hits = 0;
        for (let query = 0; query < 50; query++) {
          const asked = vector();
          const exact = exactNearest(embeddings, asked).map((place) => added[place]);
          const near = await found(asked);
          hits += exact.filter((id) => near.includes(id!)).length;
        }
        expect(hits / (50 * TOP)).toBeGreaterThanOrEqual(0.98);
      },
      SLOW,
    );

    it(
      'misses nothing that a filter leaves, whether it leaves a few or most',
      async () => {
        const vector = unitVectors(9);
        const embeddings = Array.from({ length: 2_400 }, vector);
        const { added } = await add('many', embeddings);
        await index.catchUp();
        for (const kept of [20, 1_200, 2_300]) {
          // The kept are the places that a step through all of them meets first: spread, not a block.
          const left = new Set(added.filter((_, place) => (place * 7) % embeddings.length < kept));
          const excluded = new Set(added.filter((id) => !left.has(id)));
          let hits = 0;
          for (let question = 0; question < 20; question++) {
            const asked = vector();
            const exact = exactNearest(
              embeddings.filter((_, place) => left.has(added[place]!)),
              asked,
            ).map((place) => [...left][place]);
            const near = (await index.search(asked, TOP, excluded)).map(({ chunkId }) => chunkId);
            expect(near.filter((id) => excluded.has(id))).toEqual([]);
            expect(near).toHaveLength(TOP);
            hits += exact.filter((id) => near.includes(id!)).length;
          }
          expect(hits / (20 * TOP)).toBeGreaterThanOrEqual(0.98);
        }
      },
      SLOW,
    );

    it('follows changes: added is found, replaced and removed never again', async () => {
      const vector = unitVectors(4);
      const [kept, old, fresh] = [vector(), vector(), vector()];
      await index.apply(await add('kept', [kept]));
      const before = await add('changing', [old]);
      await index.apply(before);
      const after = await add('changing', [fresh]);
      await index.apply(after);
      expect(index.size).toBe(2);
      expect(await found(old)).not.toContain(before.added[0]);
      expect((await found(fresh))[0]).toBe(after.added[0]);
      await index.apply((await store.removeDocument(after.documentId))!);
      expect(index.size).toBe(1);
      expect(await found(fresh)).not.toContain(after.added[0]);
    });

    it('says up to which change it holds all, whatever the order in which they come', async () => {
      const vector = unitVectors(9);
      await index.catchUp();
      const start = index.generation;
      const [first, second, third] = [
        await add('a', [vector()]),
        await add('b', [vector()]),
        await add('c', [vector()]),
      ];
      await index.apply(second);
      await index.apply(third);
      expect(index.generation).toBe(start);
      await index.apply(first);
      expect(index.generation).toBe((await store.counts()).generation);
      await index.save();
      const again = await opened.reopen();
      await again.catchUp();
      expect(again.generation).toBe(index.generation);
    });

    it('never returns the erased, however many they are and however it is searched', async () => {
      const vector = unitVectors(5);
      const embeddings = Array.from({ length: 120 }, vector);
      const changes = [];
      for (const [place, embedding] of embeddings.entries())
        changes.push(await add(`d${place}`, [embedding]));
      await index.catchUp();
      const erased = changes.filter((_, place) => place % 3 > 0);
      for (const { documentId } of erased) await index.apply((await store.removeDocument(documentId))!);
      const gone = new Set(erased.flatMap(({ added }) => added));
      for (const embedding of embeddings) {
        const ids = await found(embedding, 40);
        expect(ids.filter((id) => gone.has(id))).toEqual([]);
        expect(ids).toHaveLength(40);
      }
    });

    it('is recognised after a save, without building anything again', async () => {
      const vector = unitVectors(6);
      const own = vector();
      const { added } = await add('a', [own, vector()]);
      await index.catchUp();
      await index.save();
      const again = await opened.reopen();
      expect(await again.catchUp()).toEqual({ loaded: true, added: 0, removed: 0 });
      expect((await found(own, 1, again))[0]).toBe(added[0]);
    });

    it('catches up with what changed while it was away', async () => {
      const vector = unitVectors(7);
      const [removed, late] = [vector(), vector()];
      const first = await add('removed', [removed]);
      await add('kept', [vector()]);
      await index.catchUp();
      await index.save();
      await store.removeDocument(first.documentId);
      const second = await add('late', [late]);
      const again = await opened.reopen();
      expect(await again.catchUp()).toEqual({ loaded: true, added: 1, removed: 1 });
      expect(await found(removed, TOP, again)).not.toContain(first.added[0]);
      expect((await found(late, 1, again))[0]).toBe(second.added[0]);
    });

    it('stops catching up when it is cancelled, and goes on at the next call', async () => {
      await add('a', [unitVectors(8)()]);
      await expect(index.catchUp(AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
      await index.catchUp();
      expect(index.size).toBe(1);
    });
  });
}

function exactNearest(vectors: readonly Float32Array[], asked: Float32Array): number[] {
  const scored = vectors.map((vector, place) => ({
    place,
    score: vector.reduce((sum, value, at) => sum + value * asked[at]!, 0),
  }));
  return scored
    .sort((left, right) => right.score - left.score)
    .slice(0, TOP)
    .map(({ place }) => place);
}
