import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMBEDDER, syntheticDocument, unitVectors } from '../../testing/synthetic-knowledge.ts';
import {
  UNLIMITED_SCOPE,
  type DocumentFilter,
  type DocumentSearch,
  type DocumentScope,
  type KnowledgeStore,
} from '../contracts.ts';

export type OpenStore<Store> = () => Promise<{ store: Store; close: () => void | Promise<void> }>;

/** What every knowledge store promises about documents, chunks and vectors; keyword search has a suite of its own. */
export function knowledgeStoreSuite(name: string, open: OpenStore<KnowledgeStore>): void {
  describe(`${name} as a knowledge store`, () => {
    let store: KnowledgeStore;
    let close: () => void | Promise<void>;
    beforeEach(async () => void ({ store, close } = await open()));
    afterEach(() => close());

    it('gives back what was put in, chunks as slices of the text', async () => {
      const document = syntheticDocument('a.md', ['Boots are waterproof.', 'Größe 42 – 12 €.'], {
        title: 'Boots',
        url: 'https://shop.example/boots',
      });
      const { documentId, added, removed } = await store.putDocument(document);
      expect(added).toHaveLength(2);
      expect(removed).toEqual([]);
      const { source, sha256, mediaType } = document;
      expect(await store.getDocument(documentId)).toMatchObject({
        id: documentId,
        source,
        sha256,
        mediaType,
        title: 'Boots',
        url: 'https://shop.example/boots',
        collection: 'documents',
        chunks: 2,
        bytes: document.original.byteLength,
      });
      expect(await store.findBySource('a.md')).toEqual(await store.getDocument(documentId));
      expect(await store.getText(documentId)).toBe(document.text);
      expect(Buffer.from((await store.getOriginal(documentId))!)).toEqual(document.original);
      const chunks = await store.getDocumentChunks(documentId);
      expect(chunks.map(({ id }) => id)).toEqual(added);
      expect(chunks.map(({ start, end }) => document.text.slice(start, end))).toEqual(
        chunks.map(({ text }) => text),
      );
      expect(await store.getChunks([added[1]!])).toEqual([chunks[1]]);
    });

    it('dates a document anew when its text, title or address changes, not when its category does', async () => {
      const options = { title: 'Boots', url: 'https://shop.example/boots' };
      const put = async (text: string, changed: object = {}): Promise<string> => {
        const document = syntheticDocument('a.md', [text], options);
        const { documentId } = await store.putDocument({ ...document, ...changed });
        const { updatedAt } = (await store.getDocument(documentId))!;
        while (new Date().toISOString() <= updatedAt) await Promise.resolve();
        return updatedAt;
      };
      const first = await put('Boots are waterproof.');
      const scope = { ...UNLIMITED_SCOPE, category: 'shoes' };
      expect(await put('Boots are waterproof.', { scope, collection: 'others' })).toBe(first);
      expect(await store.findBySource('a.md')).toMatchObject({ category: 'shoes', createdAt: first });
      // A page whose navigation changed, not its text.
      const bytes = { sha256: 'f'.repeat(64), original: Buffer.from('other bytes') };
      const html = { mediaType: 'text/html', ...bytes };
      expect(await put('Boots are waterproof.', html)).toBe(first);
      // Another picture in a file may say something else.
      const pictured = { mediaType: 'application/pdf', ...bytes, sha256: 'e'.repeat(64) };
      const dates = [
        first,
        await put('Boots are waterproof.', pictured),
        await put('Boots are warm.'),
        await put('Boots are warm.', { title: 'Shoes' }),
        await put('Boots are warm.', { title: 'Shoes', url: null }),
      ];
      expect([...new Set(dates)].sort()).toEqual(dates);
    });

    it('keeps for whom and when a document holds, and leaves out what a filter does not want', async () => {
      const put = async (source: string, scope: Partial<DocumentScope>): Promise<number> => {
        const document = syntheticDocument(source, [`Boots of ${source}.`], {
          scope: { ...UNLIMITED_SCOPE, ...scope },
        });
        return (await store.putDocument(document)).added[0]!;
      };
      const plain = await put('plain', {});
      const staff = await put('staff', { audience: 'staff', category: 'returns' });
      const german = await put('german', { language: 'de' });
      const summer = await put('summer', {
        validFrom: '2026-06-01T00:00:00.000Z',
        validUntil: '2026-09-01T00:00:00.000Z',
      });
      const excluded = async (filter: DocumentFilter): Promise<number[]> =>
        [...(await store.excludedChunks(filter))].sort((left, right) => left - right);
      expect(await store.findBySource('summer')).toMatchObject({
        audience: 'public',
        validUntil: '2026-09-01T00:00:00.000Z',
        givenScope: {},
      });
      expect(await excluded({})).toEqual([]);
      expect(await excluded({ audiences: ['public'] })).toEqual([staff]);
      expect(await excluded({ categories: ['returns'] })).toEqual([plain, german, summer]);
      expect(await excluded({ languages: ['en'] })).toEqual([german]);
      expect(await excluded({ at: '2026-05-31T23:59:59.999Z' })).toEqual([summer]);
      expect(await excluded({ at: '2026-06-01T00:00:00.000Z' })).toEqual([]);
      expect(await excluded({ at: '2026-09-01T00:00:00.000Z' })).toEqual([summer]);
      expect(await excluded({ audiences: ['public'], at: '2027-01-01T00:00:00.000Z' })).toEqual([
        staff,
        summer,
      ]);
      // What was asked before is not remembered past a change.
      const late = await put('late', { audience: 'staff' });
      expect(await excluded({ audiences: ['public'] })).toEqual([staff, late]);
      expect(await store.validityChange('2026-05-01T00:00:00.000Z')).toBe('');
      expect(await store.validityChange('2026-07-01T00:00:00.000Z')).toBe('2026-06-01T00:00:00.000Z');
      expect(await store.validityChange('2026-12-01T00:00:00.000Z')).toBe('2026-09-01T00:00:00.000Z');
    });

    it('finds as many keywords as are asked for, however many better ones are excluded', async () => {
      const added: number[] = [];
      for (let place = 0; place < 60; place += 1) {
        const words = `boots ${'boots '.repeat(60 - place)} laces ${'filler '.repeat(place)}`;
        added.push((await store.putDocument(syntheticDocument(`d${place}`, [words]))).added[0]!);
      }
      const all = (await store.searchKeywords('boots', 60)).map(({ chunkId }) => chunkId);
      const excluded = new Set(all.slice(0, 45));
      const left = await store.searchKeywords('boots', 10, excluded);
      expect(left.map(({ chunkId }) => chunkId)).toEqual(all.slice(45, 55));
      expect(added).toHaveLength(60);
    });

    it('answers null, not an error, for what it does not hold', async () => {
      expect(await store.getDocument('nothing')).toBeNull();
      expect(await store.findBySource('nothing')).toBeNull();
      expect(await store.getText('nothing')).toBeNull();
      expect(await store.getOriginal('nothing')).toBeNull();
      expect(await store.removeDocument('nothing')).toBeNull();
      expect(await store.getChunks([1, 2])).toEqual([]);
    });

    it('replaces the document of a source: its id stays, its chunks are new ones', async () => {
      const first = await store.putDocument(syntheticDocument('a.md', ['Old words.', 'More old words.']));
      const other = await store.putDocument(syntheticDocument('b.md', ['Another page.']));
      const second = await store.putDocument(syntheticDocument('a.md', ['New words.']));
      expect(second.documentId).toBe(first.documentId);
      expect(second.removed).toEqual(first.added);
      expect(await store.chunkIds()).toEqual([...other.added, ...second.added]);
      expect(await store.getText(first.documentId)).toBe('New words.');
      expect(await store.counts()).toMatchObject({ documents: 2, chunks: 2 });
      expect(await store.searchKeywords('old', 10)).toEqual([]);
    });

    it('leaves the old document whole when its replacement fails', async () => {
      const { documentId } = await store.putDocument(syntheticDocument('a.md', ['Old words.']));
      const before = await store.counts();
      const torn = syntheticDocument('a.md', ['New words.', 'Its vector is missing.']);
      await expect(store.putDocument({ ...torn, embeddings: torn.embeddings.slice(0, 1) })).rejects.toThrow(
        'without its embedding',
      );
      expect(await store.counts()).toEqual(before);
      expect(await store.getText(documentId)).toBe('Old words.');
      expect(await store.searchKeywords('old', 10)).toHaveLength(1);
      expect(await store.searchKeywords('new', 10)).toEqual([]);
    });

    it('removes a document; the same source comes back under the same id, its chunks under new ones', async () => {
      const first = await store.putDocument(syntheticDocument('a.md', ['Boots.']));
      const change = await store.removeDocument(first.documentId);
      expect(change).toMatchObject({ documentId: first.documentId, added: [], removed: first.added });
      expect(await store.counts()).toMatchObject({ documents: 0, chunks: 0 });
      expect(await store.searchKeywords('boots', 10)).toEqual([]);
      expect(await store.getEmbeddings(first.added, EMBEDDER)).toEqual([]);
      const again = await store.putDocument(syntheticDocument('a.md', ['Boots.']));
      expect(again.documentId).toBe(first.documentId);
      expect(again.added).not.toEqual(first.added);
    });

    it('keeps the bytes that another document still has', async () => {
      const bytes = ['The same words.'];
      const one = await store.putDocument(syntheticDocument('one.md', bytes));
      const two = await store.putDocument(syntheticDocument('two.md', bytes));
      await store.removeDocument(one.documentId);
      expect(await store.getOriginal(one.documentId)).toBeNull();
      expect(Buffer.from((await store.getOriginal(two.documentId))!).toString()).toBe('The same words.');
    });

    it('counts one generation for every change', async () => {
      const { generation } = await store.counts();
      const added = await store.putDocument(syntheticDocument('a.md', ['One.']));
      expect(added.generation).toBe(generation + 1);
      const changed = await store.putDocument(syntheticDocument('a.md', ['Two.']));
      expect(changed.generation).toBe(generation + 2);
      await store.putEmbeddings([{ chunkId: changed.added[0]!, vector: unitVectors(5)() }], EMBEDDER);
      expect((await store.counts()).generation).toBe(generation + 3);
      expect((await store.removeDocument(added.documentId))?.generation).toBe(generation + 4);
      await store.removeDocument(added.documentId);
      expect((await store.counts()).generation).toBe(generation + 4);
    });

    it('lists page by page in order of source, and by collection', async () => {
      for (const source of ['c', 'a', 'd', 'b']) {
        await store.putDocument(
          syntheticDocument(source, [`Page ${source}.`], { collection: source < 'c' ? 'demo' : 'documents' }),
        );
      }
      const sources = async (after?: string) =>
        (await store.listDocuments({ limit: 3, ...(after !== undefined && { after }) })).map(
          ({ source }) => source,
        );
      expect(await sources()).toEqual(['a', 'b', 'c']);
      expect(await sources('c')).toEqual(['d']);
      expect((await store.listCollection('demo')).map(({ source }) => source)).toEqual(['a', 'b']);
      expect(await store.listCollection('none')).toEqual([]);
    });

    it('finds documents by their words, their scope and their dates, and counts each value', async () => {
      const at = '2026-06-01T00:00:00.000Z';
      const put = (source: string, title: string, scope: Partial<DocumentScope> = {}) =>
        store.putDocument(
          syntheticDocument(source, [`Text of ${source}.`], {
            title,
            scope: { ...UNLIMITED_SCOPE, ...scope },
          }),
        );
      await put('a', '100 % wool', { category: 'care' });
      await put('b', 'Boots', { audience: 'staff', validUntil: at });
      await put('c', 'boot sizes', { language: 'de', validFrom: '2026-07-01T00:00:00.000Z' });
      const found = async (search: Partial<DocumentSearch>) => {
        const sources = (await store.listDocuments({ limit: 9, search: { at, ...search } })).map(
          ({ source }) => source,
        );
        expect(await store.countDocuments({ at, ...search })).toBe(sources.length);
        return sources.join('');
      };
      expect(await found({})).toBe('abc');
      expect(await found({ words: 'BOOT' })).toBe('bc');
      expect(await found({ words: '% w' })).toBe('a');
      expect(await found({ words: '_' })).toBe('');
      expect(await found({ audience: 'staff' })).toBe('b');
      expect(await found({ category: '' })).toBe('bc');
      expect(await found({ state: 'valid' })).toBe('a');
      expect(await found({ state: 'expired' })).toBe('b');
      expect(await found({ state: 'upcoming', language: 'de' })).toBe('c');
      expect(await found({ state: 'problems' })).toBe('');
      expect(await store.documentFacets()).toEqual({
        categories: { '': 2, care: 1 },
        languages: { '': 2, de: 1 },
        audiences: { public: 2, staff: 1 },
        collections: { documents: 3 },
      });
    });

    it('gives vectors back bit by bit, and only those of the embedder that is asked for', async () => {
      const document = syntheticDocument('a.md', ['One.', 'Two.', 'Three.']);
      const { added } = await store.putDocument(document);
      const rows = await store.getEmbeddings(added, EMBEDDER);
      expect(rows.sort((left, right) => left.chunkId - right.chunkId).map(({ vector }) => vector)).toEqual(
        document.embeddings,
      );
      expect(await store.getEmbeddings(added, 'other@2')).toEqual([]);
    });

    it('lists the chunks of another embedder until their vectors are made anew', async () => {
      const { added } = await store.putDocument(syntheticDocument('a.md', ['One.', 'Two.', 'Three.']));
      expect(await store.listStaleChunks(EMBEDDER, 10)).toEqual([]);
      expect((await store.listStaleChunks('other@2', 2)).map(({ id }) => id)).toEqual(added.slice(0, 2));
      const vector = unitVectors(9)();
      await store.putEmbeddings([{ chunkId: added[0]!, vector }], 'other@2');
      expect((await store.listStaleChunks('other@2', 10)).map(({ id }) => id)).toEqual(added.slice(1));
      expect(await store.getEmbeddings(added, 'other@2')).toEqual([{ chunkId: added[0], vector }]);
    });
  });
}
