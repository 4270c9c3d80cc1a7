import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { filesHolding } from '../../testing/folder-bytes.ts';
import { syntheticDocument, unitVectors } from '../../testing/synthetic-knowledge.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { keywordSearchSuite } from '../suites/keyword-search.suite.ts';
import { knowledgeStoreSuite } from '../suites/knowledge-store.suite.ts';
import { buildKeywordQuery } from './keyword-query.ts';
import { createSqliteKnowledgeStore } from './knowledge-store.ts';
import { MIGRATIONS } from './migrations.ts';
import { createSqliteVersionStore } from './version-store.ts';
import { openDatabase } from './open-database.ts';

const open = async () => {
  const database = openDatabase(':memory:');
  return { store: createSqliteKnowledgeStore(database), close: () => void database.close() };
};
knowledgeStoreSuite('SQLite', open);
keywordSearchSuite('SQLite', open);

describe('SQLite knowledge on the disk', () => {
  it('holds no byte of a removed document after the log is written back', async () => {
    const folder = temporaryFolder();
    const database = openDatabase(join(folder, 'answerbox.sqlite'));
    const store = createSqliteKnowledgeStore(database);
    const vector = unitVectors(77)();
    const secret = ['Zanzibarquokka discounts are for staff.', 'The code is wombatmarzipan.'];
    for (let place = 0; place < 20; place++)
      await store.putDocument(
        syntheticDocument(`before-${place}`, [`Ordinary words ${place}.`, 'Zebra crossing.']),
      );
    const { documentId } = await store.putDocument(
      syntheticDocument('secretsource.md', secret, {
        title: 'Confidentialtitle',
        url: 'https://hiddenaddress.example/',
        embeddings: [vector, unitVectors(78)()],
      }),
    );
    for (let place = 0; place < 20; place++)
      await store.putDocument(syntheticDocument(`after-${place}`, [`More ordinary words ${place}.`]));
    database.pragma('wal_checkpoint(TRUNCATE)');
    // Terms lie in the keyword index as lower-case stems.
    const traces = [
      'Zanzibarquokka',
      'anzibarquokka',
      'wombatmarzipan',
      'ombatmarzipan',
      'Confidentialtitle',
      'onfidentialtitl',
      'secretsource',
      'hiddenaddress',
      documentId,
      Buffer.from(vector.buffer),
      Buffer.from(vector.buffer, 400, 64),
    ];
    for (const trace of traces)
      expect(filesHolding(folder, trace), `before: ${String(trace)}`).toEqual(['answerbox.sqlite']);
    await store.removeDocument(documentId);
    database.pragma('wal_checkpoint(TRUNCATE)');
    for (const trace of traces) expect(filesHolding(folder, trace), `after: ${String(trace)}`).toEqual([]);
    expect(filesHolding(folder, 'Ordinary words 7.')).toEqual(['answerbox.sqlite']);
    database.close();
  });

  it('keeps the old text as a version when it is replaced, and no byte of either once the document is removed', async () => {
    const folder = temporaryFolder();
    const database = openDatabase(join(folder, 'answerbox.sqlite'));
    const store = createSqliteKnowledgeStore(database);
    await store.putDocument(syntheticDocument('a.md', ['Zanzibarquokka discounts are for staff.']));
    database.pragma('wal_checkpoint(TRUNCATE)');
    expect(filesHolding(folder, 'anzibarquokka')).toEqual(['answerbox.sqlite']);
    const { documentId } = await store.putDocument(syntheticDocument('a.md', ['Nothing to see.']));
    const versions = createSqliteVersionStore(database);
    const [version] = await versions.listVersions(documentId);
    expect(version).toMatchObject({ version: 1, title: 'a.md' });
    expect(Buffer.from((await versions.getVersion(documentId, 1))!.original).toString()).toContain(
      'Zanzibarquokka',
    );
    expect(await store.searchKeywords('zanzibarquokka', 5)).toEqual([]);
    await store.removeDocument(documentId);
    database.pragma('wal_checkpoint(TRUNCATE)');
    expect(filesHolding(folder, 'anzibarquokka')).toEqual([]);
    database.close();
  });

  it('keeps everything over a close, and the keyword index stays sound', async () => {
    const path = join(temporaryFolder(), 'answerbox.sqlite');
    const first = openDatabase(path);
    const { documentId, generation } = await createSqliteKnowledgeStore(first).putDocument(
      syntheticDocument('a.md', ['Boots.']),
    );
    await createSqliteKnowledgeStore(first).putDocument(syntheticDocument('a.md', ['New boots.']));
    first.close();
    const database = openDatabase(path);
    const store = createSqliteKnowledgeStore(database);
    expect(await store.getText(documentId)).toBe('New boots.');
    expect((await store.counts()).generation).toBe(generation + 1);
    // Compares the index with the chunks themselves; throws when they differ.
    database.exec(`INSERT INTO chunk_words(chunk_words, rank) VALUES ('integrity-check', 1)`);
    expect(await store.searchKeywords('boots', 5)).toHaveLength(1);
    database.close();
  });

  it('gives the chunks of an older database their words, and keeps the rest', async () => {
    const path = join(temporaryFolder(), 'answerbox.sqlite');
    const older = new Database(path);
    older.exec(MIGRATIONS[0] as string);
    older.pragma('user_version = 1');
    older.exec(`
      INSERT INTO originals VALUES ('x', x'00');
      INSERT INTO documents VALUES ('d', 's', 't', NULL, 'text/plain', 'x', 'all', 'documents', '', '');
      INSERT INTO chunks (document_id, ordinal, heading_path, text, start, "end", tokens) VALUES
        ('d', 0, '退货', '收到商品后三十天内可以退货', 0, 1, 1), ('d', 1, 'Boots', 'Repaired boots.', 1, 2, 1);`);
    older.close();
    const database = openDatabase(path);
    const store = createSqliteKnowledgeStore(database);
    expect((await store.searchKeywords('商品可以退货吗', 5)).map(({ chunkId }) => chunkId)).toEqual([1]);
    expect((await store.searchKeywords('repairing', 5)).map(({ chunkId }) => chunkId)).toEqual([2]);
    expect((await store.getChunks([1]))[0]?.text).toBe('收到商品后三十天内可以退货');
    database.exec(`INSERT INTO chunk_words(chunk_words, rank) VALUES ('integrity-check', 1)`);
    await store.removeDocument('d');
    expect(await store.searchKeywords('商品', 5)).toEqual([]);
    database.exec(`INSERT INTO chunk_words(chunk_words, rank) VALUES ('integrity-check', 1)`);
    database.close();
  });

  it('leaves words that many chunks share out of the search, in any script', async () => {
    const database = openDatabase(':memory:');
    const store = createSqliteKnowledgeStore(database);
    const many = Array.from({ length: 2_100 }, (_, index) => `我们的商品 ${index}`);
    await store.putDocument(
      syntheticDocument('many', many, { embeddings: many.map(() => new Float32Array(4)) }),
    );
    await store.putDocument(syntheticDocument('one', ['我们的帐篷 café größe']));
    const query = buildKeywordQuery(database, '我们的帐篷 商品 CAFÉ Größe unheard');
    expect(query).toContain('"帐篷"');
    expect(query).toContain('"café"');
    expect(query).toContain('"größe"');
    expect(query).not.toContain('商品');
    expect(query).not.toContain('我们');
    database.close();
  });

  it('says that the disk is full, stores nothing of the document, and goes on when there is room', async () => {
    const database = openDatabase(join(temporaryFolder(), 'answerbox.sqlite'));
    const store = createSqliteKnowledgeStore(database);
    await store.putDocument(syntheticDocument('a.md', ['Boots.']));
    const before = await store.counts();
    const pages = database.pragma('page_count', { simple: true }) as number;
    database.pragma(`max_page_count = ${pages + 4}`);
    const big = syntheticDocument(
      'big.md',
      Array.from({ length: 100 }, (_, place) => `Zebra ${place} ${'words '.repeat(100)}`),
    );
    await expect(store.putDocument(big)).rejects.toMatchObject({ code: 'storage_full', status: 507 });
    expect(await store.counts()).toEqual(before);
    expect(await store.searchKeywords('zebra', 5)).toEqual([]);
    expect(await store.searchKeywords('boots', 5)).toHaveLength(1);
    database.pragma('max_page_count = 1000000');
    await store.putDocument(big);
    expect(await store.searchKeywords('zebra', 5)).toHaveLength(5);
    database.close();
  });
});
