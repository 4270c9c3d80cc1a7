import { expect, it, onTestFinished, vi } from 'vitest';
import { createFakeModelHost } from '../inference/fakes.ts';
import { createSqliteKnowledgeStore } from '../stores/sqlite/knowledge-store.ts';
import { openDatabase } from '../stores/sqlite/open-database.ts';
import { createSqliteSentenceStore } from '../stores/sqlite/sentence-store.ts';
import { DIMENSIONS, syntheticDocument, unitVectors } from '../testing/synthetic-knowledge.ts';
import { indexSentences } from './index-sentences.ts';
import { createSentenceIndex } from './sentence-index.ts';

function open() {
  const database = openDatabase(':memory:');
  onTestFinished(() => void database.close());
  const make = unitVectors(11);
  const seen: string[] = [];
  const { embedder } = createFakeModelHost({
    dimensions: DIMENSIONS,
    embed: (texts) => {
      seen.push(...texts);
      return Promise.resolve(texts.map(() => make()));
    },
  });
  const knowledge = createSqliteKnowledgeStore(database);
  return { knowledge, embedder, seen, sentences: createSqliteSentenceStore(database) };
}

it('embeds each sentence under its heading once, and only those of passages that are new', async () => {
  const tools = open();
  const paragraphs = Array.from({ length: 40 }, (_, index) => `Line ${index} is here. It has two sentences.`);
  await tools.knowledge.putDocument(syntheticDocument('a.md', paragraphs));
  expect(await indexSentences(tools)).toBe(40);
  expect(tools.seen).toHaveLength(80);
  expect(tools.seen[0]).toBe('a.md: Line 0 is here.');
  expect(await indexSentences(tools)).toBe(0);

  const { added } = await tools.knowledge.putDocument(syntheticDocument('b.md', ['Only this.']));
  expect(await indexSentences(tools)).toBe(1);
  expect(tools.seen).toHaveLength(81);
  const [row] = await tools.sentences.get(added, tools.embedder.identity);
  expect(row?.vectors).toHaveLength(1);
});

it('goes on where it was cut off', async () => {
  const tools = open();
  await tools.knowledge.putDocument(
    syntheticDocument(
      'a.md',
      Array.from({ length: 40 }, (_, index) => `Line ${index}.`),
    ),
  );
  const leaving = new AbortController();
  const { embedder } = tools;
  const cut = {
    ...tools,
    embedder: {
      ...embedder,
      embed: async (texts: readonly string[]) => {
        const vectors = await embedder.embed(texts);
        if (tools.seen.length > 20) leaving.abort();
        return vectors;
      },
    },
  };
  await expect(indexSentences(cut, leaving.signal)).rejects.toMatchObject({ code: 'cancelled' });
  const done = 40 - (await tools.sentences.listMissing(embedder.identity, { after: 0, limit: 100 })).length;
  expect(done).toBeGreaterThan(0);
  expect(await indexSentences(tools)).toBe(40 - done);
  expect(tools.seen).toHaveLength(40);
});

it('runs once at a time, and ends with the appliance', async () => {
  const tools = open();
  await tools.knowledge.putDocument(syntheticDocument('a.md', ['One.', 'Two.']));
  const index = createSentenceIndex({ ...tools, log: () => undefined });
  await Promise.all([index.catchUp(), index.catchUp()]);
  expect(tools.seen).toHaveLength(2);
  await index.close();
  await tools.knowledge.putDocument(syntheticDocument('b.md', ['Three.']));
  await expect(index.catchUp()).rejects.toMatchObject({ code: 'cancelled' });
});

it('is left at once by who no longer waits, while an earlier run goes on', async () => {
  const tools = open();
  await tools.knowledge.putDocument(syntheticDocument('a.md', ['One.', 'Two.']));
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const { embedder } = tools;
  const slow = {
    ...embedder,
    embed: async (texts: readonly string[]) => {
      await held;
      return embedder.embed(texts);
    },
  };
  const index = createSentenceIndex({ ...tools, embedder: slow, log: () => undefined });
  const first = index.catchUp();
  const leaving = new AbortController();
  const second = index.catchUp(leaving.signal);
  leaving.abort();
  await expect(second).rejects.toMatchObject({ code: 'cancelled' });
  letGo();
  await first;
  expect(tools.seen).toHaveLength(2);
  await index.close();
});

it('leaves the models to an ingest that goes on, and goes on when that rests', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const tools = open();
  const paragraphs = Array.from({ length: 40 }, (_, index) => `Line ${index}.`);
  const { added } = await tools.knowledge.putDocument(syntheticDocument('a.md', paragraphs));
  let changes = 1;
  const { embed } = tools.embedder;
  const embedder = {
    ...tools.embedder,
    embed: async (texts: readonly string[]) => {
      // A document comes while the first slice is made.
      if (changes-- > 0) await index.apply({ added });
      return embed(texts);
    },
  };
  const warnings: string[] = [];
  const index = createSentenceIndex({ ...tools, embedder, log: (_, message) => void warnings.push(message) });
  onTestFinished(() => index.close());
  const missing = () => tools.sentences.listMissing(tools.embedder.identity, { after: 0, limit: 100 });
  await index.apply({ added });
  await vi.advanceTimersByTimeAsync(3_000);
  await vi.waitFor(() => expect(tools.seen).not.toEqual([]));
  await vi.advanceTimersByTimeAsync(2_900);
  expect((await missing()).length).toBeGreaterThan(0);
  await vi.advanceTimersByTimeAsync(200);
  await vi.waitFor(async () => expect(await missing()).toEqual([]));
  expect(tools.seen).toHaveLength(40);
  expect(warnings).toEqual([]);
});
