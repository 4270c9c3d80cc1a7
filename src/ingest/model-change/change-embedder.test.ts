import { describe, expect, it, vi } from 'vitest';
import { createFakeModelHost } from '../../inference/fakes.ts';
import { createSqliteEmbeddingChangeStore } from '../../stores/sqlite/embedding-change-store.ts';
import { createHnswIndex } from '../../stores/vectors/hnsw-index.ts';
import { openKnowledgeTools } from '../../testing/knowledge-tools.ts';
import { syntheticDocument, unitVectors } from '../../testing/synthetic-knowledge.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { changeEmbedder } from './change-embedder.ts';
import { createSwitchableIndex } from './switchable-index.ts';

vi.setConfig({ testTimeout: 60_000 });

const OLD = 'fake-embedder@0';

async function openChange() {
  const folder = temporaryFolder();
  const { tools, database } = openKnowledgeTools(folder);
  const { knowledge, vectors } = tools;
  const put = async (source: string, count: number) => {
    const words = Array.from({ length: count }, (_, place) => `${source} passage ${place}.`);
    const change = await knowledge.putDocument(syntheticDocument(source, words, { embedder: OLD }));
    await vectors.apply(change);
    return change.added;
  };
  const added = await put('a.md', 70);
  const store = createSqliteEmbeddingChangeStore(database);
  const made: string[] = [];
  const vectorOf = new Map<string, Float32Array>();
  const next = unitVectors(77, 16);
  const { embedder } = createFakeModelHost({
    dimensions: 16,
    embed: async (texts) =>
      texts.map((text) => {
        made.push(text);
        const vector = vectorOf.get(text) ?? next();
        vectorOf.set(text, vector);
        return vector;
      }),
  });
  const fresh = { ...embedder, identity: 'new@1' };
  const openIndex = () => createHnswIndex({ folder: `${folder}/vectors`, store: knowledge, embedder: fresh });
  return { knowledge, vectors, put, added, store, made, vectorOf, fresh, openIndex };
}

describe('a new embedder', () => {
  it('sees every passage while the old index serves, those that come meanwhile too, then serves at once', async () => {
    const { knowledge, vectors, put, added, store, made, vectorOf, fresh, openIndex } = await openChange();
    const serving = createSwitchableIndex(vectors, 384);
    const [old] = await knowledge.getEmbeddings([added[3]!], OLD);
    const next = openIndex();
    let late: readonly number[] = [];
    let switches = 0;
    await changeEmbedder(
      {
        store,
        embedder: fresh,
        index: next,
        isAnswering: () => false,
        switchOver: () => {
          switches += 1;
          serving.switchTo(next, 16);
        },
        onProgress: (done) => {
          if (done !== 64 || late.length > 0) return;
          late = [-1];
          void put('late.md', 3).then((ids) => (late = ids));
        },
      },
      new AbortController().signal,
    );
    expect(switches).toBe(1);
    expect(made).toHaveLength(73);
    expect(new Set(made).size).toBe(73);
    expect(serving.index.size).toBe(73);
    for (const [text, vector] of vectorOf) {
      const [hit] = await serving.index.search(vector, 1);
      const [chunk] = await knowledge.getChunks([hit!.chunkId]);
      expect(text).toContain(chunk!.text);
    }
    expect(late).toHaveLength(3);
    // A question embedded just before the switch finds nothing by its vector, and breaks nothing.
    expect(await serving.index.search(old!.vector, 5)).toEqual([]);
    expect(await store.storedEmbedder()).toBe('new@1');
    expect(await knowledge.listStaleChunks('new@1', 5)).toEqual([]);
  });

  it('leaves the old index as it is while it works, and goes on where it was after an end in the middle', async () => {
    const { knowledge, vectors, added, store, made, fresh, openIndex } = await openChange();
    const stop = new AbortController();
    const change = (signal: AbortSignal, switchOver: () => void) =>
      changeEmbedder(
        {
          store,
          embedder: fresh,
          index: openIndex(),
          isAnswering: () => false,
          switchOver,
          onProgress: (done) => done >= 32 && stop.abort(),
        },
        signal,
      );
    await expect(change(stop.signal, () => expect.unreachable())).rejects.toMatchObject({
      code: 'cancelled',
    });
    const begun = made.length;
    expect(begun).toBeGreaterThan(0);
    expect(begun).toBeLessThan(70);
    const [old] = await knowledge.getEmbeddings([added[3]!], OLD);
    expect((await vectors.search(old!.vector, 1))[0]).toMatchObject({ chunkId: added[3] });
    expect(store.adoptPrepared('new@1')).toBe(false);
    await change(new AbortController().signal, () => undefined);
    expect(new Set(made).size).toBe(70);
    expect(made).toHaveLength(70);
  });
});
