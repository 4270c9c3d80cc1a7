import { readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesHolding } from '../../testing/folder-bytes.ts';
import { DIMENSIONS, EMBEDDER, syntheticDocument, unitVectors } from '../../testing/synthetic-knowledge.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import type { KnowledgeStore } from '../contracts.ts';
import { createSqliteKnowledgeStore } from '../sqlite/knowledge-store.ts';
import { openDatabase } from '../sqlite/open-database.ts';
import { vectorIndexSuite } from '../suites/vector-index.suite.ts';
import { createHnswIndex } from './hnsw-index.ts';

const WIDTH = { identity: EMBEDDER, dimensions: DIMENSIONS };

function openStore(): { store: KnowledgeStore; close: () => void } {
  const database = openDatabase(':memory:');
  return { store: createSqliteKnowledgeStore(database), close: () => void database.close() };
}

vectorIndexSuite('HNSW', async () => {
  const folder = temporaryFolder();
  const { store, close } = openStore();
  const reopen = async () => createHnswIndex({ folder, store, embedder: WIDTH });
  return { store, index: await reopen(), reopen, close };
});

/** An index of twenty vectors, saved, and the vector of its first. */
async function savedIndex() {
  const folder = temporaryFolder();
  const { store } = openStore();
  const vector = unitVectors(31);
  const embeddings = Array.from({ length: 20 }, vector);
  const { added } = await store.putDocument(
    syntheticDocument(
      'a.md',
      embeddings.map((_, place) => `Words ${place}.`),
      { embeddings },
    ),
  );
  const index = createHnswIndex({ folder, store, embedder: WIDTH });
  await index.catchUp();
  await index.save();
  const graphFile = join(
    folder,
    readdirSync(folder).find((name) => name.endsWith('.hnsw'))!,
  );
  return { folder, store, index, embeddings, added, graphFile, stampFile: join(folder, 'vectors.json') };
}

type Saved = Awaited<ReturnType<typeof savedIndex>>;

function flipBit(path: string, at: number): void {
  const bytes = readFileSync(path);
  const place = Math.floor(bytes.length * at);
  bytes[place] = bytes[place]! ^ 0x10;
  writeFileSync(path, bytes);
}

const DAMAGES: [string, (saved: Saved) => void][] = [
  ['the graph is missing', ({ graphFile }) => rmSync(graphFile)],
  ['the stamp is missing', ({ stampFile }) => rmSync(stampFile)],
  [
    'the graph was cut short',
    ({ graphFile }) => truncateSync(graphFile, readFileSync(graphFile).length - 100),
  ],
  ['the graph is empty', ({ graphFile }) => truncateSync(graphFile, 0)],
  [
    'the graph has bytes too many',
    ({ graphFile }) => writeFileSync(graphFile, Buffer.concat([readFileSync(graphFile), Buffer.alloc(8)])),
  ],
  ['a bit flipped in the header', ({ graphFile }) => flipBit(graphFile, 0.0005)],
  ['a bit flipped in the vectors', ({ graphFile }) => flipBit(graphFile, 0.5)],
  ['a bit flipped at the end', ({ graphFile }) => flipBit(graphFile, 0.999)],
  ['the stamp was cut short', ({ stampFile }) => truncateSync(stampFile, 40)],
  ['the stamp is of another format', ({ stampFile }) => writeFileSync(stampFile, '{"format":2}')],
  [
    'the stamp names a file elsewhere',
    ({ stampFile, graphFile }) => {
      renameSync(graphFile, join(graphFile, '..', '..', 'outside.hnsw'));
      writeFileSync(
        stampFile,
        readFileSync(stampFile, 'utf8').replace(/vectors-\d+\.hnsw/, '../outside.hnsw'),
      );
    },
  ],
];

describe('a saved HNSW file', () => {
  it.each(DAMAGES)('is built anew when %s', async (_name, damage) => {
    const saved = await savedIndex();
    damage(saved);
    const index = createHnswIndex({ folder: saved.folder, store: saved.store, embedder: WIDTH });
    expect(await index.catchUp()).toEqual({ loaded: false, added: 20, removed: 0 });
    expect((await index.search(saved.embeddings[0]!, 1))[0]!.chunkId).toBe(saved.added[0]);
    await index.save();
    const again = createHnswIndex({ folder: saved.folder, store: saved.store, embedder: WIDTH });
    expect(await again.catchUp()).toEqual({ loaded: true, added: 0, removed: 0 });
  });

  it('is built anew when another embedder made it', async () => {
    const { folder, store } = await savedIndex();
    const ids = await store.chunkIds();
    const vector = unitVectors(32);
    const rows = ids.map((chunkId) => ({ chunkId, vector: vector() }));
    await store.putEmbeddings(rows, 'other@2');
    const index = createHnswIndex({
      folder,
      store,
      embedder: { identity: 'other@2', dimensions: DIMENSIONS },
    });
    expect(await index.catchUp()).toEqual({ loaded: false, added: 20, removed: 0 });
    expect((await index.search(rows[3]!.vector, 1))[0]!.chunkId).toBe(rows[3]!.chunkId);
  });

  it('is the only one in its folder, and is not written again when nothing changed', async () => {
    const { folder, index, store, graphFile } = await savedIndex();
    const before = readFileSync(graphFile);
    rmSync(graphFile);
    await index.save();
    expect(readdirSync(folder)).toEqual(['vectors.json']);
    writeFileSync(graphFile, before);
    await index.apply(await store.putDocument(syntheticDocument('b.md', ['More.'])));
    await index.save();
    expect(readdirSync(folder).filter((name) => name.endsWith('.hnsw'))).toHaveLength(1);
  });

  it.each([1, 19])('holds no removed vector: %i of 20 documents', async (removed) => {
    const folder = temporaryFolder();
    const { store } = openStore();
    const index = createHnswIndex({ folder, store, embedder: WIDTH });
    const vector = unitVectors(33);
    const documents = [];
    for (let place = 0; place < 20; place++) {
      const embedding = vector();
      const change = await store.putDocument(
        syntheticDocument(`${place}.md`, [`Words ${place}.`], { embeddings: [embedding] }),
      );
      await index.apply(change);
      documents.push({ id: change.documentId, bytes: Buffer.from(embedding.buffer) });
    }
    await index.save();
    for (const { bytes } of documents) expect(filesHolding(folder, bytes)).toHaveLength(1);
    for (const { id } of documents.slice(0, removed)) await index.apply((await store.removeDocument(id))!);
    await index.save();
    for (const { bytes } of documents.slice(0, removed)) {
      expect(filesHolding(folder, bytes)).toEqual([]);
      // Not a part of it either: hnswlib may move what it keeps.
      expect(filesHolding(folder, bytes.subarray(512, 576))).toEqual([]);
    }
    for (const { bytes } of documents.slice(removed)) expect(filesHolding(folder, bytes)).toHaveLength(1);
  });
});
