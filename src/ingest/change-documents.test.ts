import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createSqliteDisabledStore } from '../stores/sqlite/disabled-store.ts';
import { waitFor } from '../testing/http-client.ts';
import { openKnowledgeTools } from '../testing/knowledge-tools.ts';
import { syntheticDocument } from '../testing/synthetic-knowledge.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openCrawl } from './crawl/open-crawl.ts';
import { editText, readEditable } from './edit-text.ts';
import { createIngestQueue } from './jobs/ingest-queue.ts';
import { replaceOriginal } from './put-in-place.ts';
import { restoreVersion } from './restore-version.ts';
import { setGivenScope } from './set-given-scope.ts';
import { setDocumentEnabled, setPassageEnabled } from './set-enabled.ts';

vi.setConfig({ testTimeout: 60_000 });

/** A folder of one page that is followed, and what changes its document. */
async function openLibrary(text: string | Buffer, name = 'page.md') {
  const kit = openKnowledgeTools(temporaryFolder());
  const { jobs, sources, tools, versions } = kit;
  const { knowledge } = tools;
  const config = { crawl_private_hosts: '', crawl_every_hours: 0 };
  const log = (): void => undefined;
  const crawl = openCrawl({ config, jobs, sources, tools, wake: () => queue.wake(), log });
  const queue = createIngestQueue({ jobs, tools, pages: crawl.pages, log });
  onTestFinished(async () => {
    await queue.close();
    await crawl.close();
  });
  queue.start();
  const folder = join(temporaryFolder(), 'shop');
  mkdirSync(folder);
  const source = join(folder, name);
  const over = async (id: string) => {
    queue.wake();
    const job = await waitFor('the job', async () => {
      const found = await jobs.getJob(id);
      return found?.finishedAt ? found : null;
    });
    return job.counts;
  };
  const visit = async (words: string | Buffer) => {
    writeFileSync(source, words);
    return over((await crawl.visits.visitFolder(folder)).jobId);
  };
  await visit(text);
  const { id } = (await knowledge.findBySource(source))!;
  const restoreTools = { knowledge, versions, jobs };
  const disabled = createSqliteDisabledStore(kit.database);
  return {
    ...kit,
    id,
    source,
    visit,
    over,
    disabled,
    switches: { disabled, tools },
    record: async () => (await knowledge.getDocument(id))!,
    edit: async (words: string, sha256?: string) => {
      const written = await readEditable(id, restoreTools);
      return over(await editText(id, { text: words, sha256: sha256 ?? written.sha256 }, restoreTools));
    },
    restore: async (version: number) => over(await restoreVersion(id, version, restoreTools)),
    written: async () => (await readEditable(id, restoreTools)).text,
    /** As a question finds them. */
    found: async (word: string) =>
      (await knowledge.searchKeywords(word, 5, await knowledge.excludedChunks({}))).length,
  };
}

const filler = (about: string): string => `Words about ${about} in the shop of ropes and knots. `.repeat(30);
const page = (food: string, weather = 'It rains.'): string =>
  `# Page\n\n## Food\n\n${food} ${filler('food')}\n\n## Weather\n\n${weather} ${filler('weather')}\n`;

describe('a passage that is disabled', () => {
  it('is not found, also after its document was read again, until its words change', async () => {
    const { tools, id, switches, found, visit, disabled } = await openLibrary(page('Quokkas eat leaves.'));
    const { knowledge, vectors } = tools;
    const chunk = (await knowledge.getDocumentChunks(id)).find(({ text }) => text.includes('Quokkas'))!;
    const all = (await knowledge.counts()).chunks;
    expect(await found('quokkas')).toBe(1);
    await setPassageEnabled(id, chunk.id, false, switches);
    expect(await found('quokkas')).toBe(0);
    expect(await found('rains')).toBe(1);
    expect(await disabled.listPassages(id)).toEqual([chunk.id]);
    // What is derived has followed: nothing waits for a change that does not come.
    expect(vectors.generation).toBe((await knowledge.counts()).generation);
    expect([...(await knowledge.excludedChunks({ audiences: ['public'] }))]).toEqual([chunk.id]);

    expect(await visit(page('Quokkas eat leaves.'))).toEqual({ unchanged: 1 });
    expect(await found('quokkas')).toBe(0);
    expect(await visit(page('Quokkas eat leaves.', 'It snows.'))).toEqual({ changed: 1 });
    expect(await found('snows')).toBe(1);
    expect(await found('quokkas')).toBe(0);
    expect((await knowledge.counts()).chunks).toBe(all);

    await visit(page('Quokkas eat bark.', 'It snows.'));
    expect(await found('quokkas')).toBe(1);
    await visit(page('Quokkas eat leaves.', 'It snows.'));
    expect(await found('quokkas')).toBe(0);
    const [again] = await disabled.listPassages(id);
    await setPassageEnabled(id, again!, true, switches);
    expect(await found('quokkas')).toBe(1);
    expect(await disabled.listPassages(id)).toEqual([]);
  });

  it('is one of the document that is named', async () => {
    const { tools, id, switches } = await openLibrary(page('Leaves.'));
    const [chunk] = await tools.knowledge.getDocumentChunks(id);
    const missing = { code: 'passage_not_found' };
    await expect(setPassageEnabled('other', chunk!.id, false, switches)).rejects.toMatchObject(missing);
    await expect(setPassageEnabled(id, 9_999, false, switches)).rejects.toMatchObject(missing);
  });
});

it('a document that is disabled is not found, and goes on being one', async () => {
  const { tools, id, switches, found, visit, record } = await openLibrary(page('Quokkas eat leaves.'));
  const listed = async () =>
    (await tools.knowledge.listDocuments({ limit: 5, search: { state: 'disabled', at: '' } })).length;
  expect(await listed()).toBe(0);
  await setDocumentEnabled(id, false, switches);
  expect(await found('quokkas')).toBe(0);
  expect(await record()).toMatchObject({ disabled: true, chunks: expect.any(Number) as number });
  expect(await listed()).toBe(1);
  await visit(page('Quokkas eat leaves.', 'It snows.'));
  expect(await found('snows')).toBe(0);
  await setDocumentEnabled(id, true, switches);
  expect(await found('snows')).toBe(1);
  expect(await record()).not.toHaveProperty('disabled');
  await expect(setDocumentEnabled('none', false, switches)).rejects.toMatchObject({
    code: 'document_not_found',
  });
});

describe('what is changed while something newer of the same document waits', () => {
  /** Two jobs that wait together: nothing of them is begun before both are there. */
  async function newerFirst(change: (kit: Awaited<ReturnType<typeof openLibrary>>) => Promise<string>) {
    const kit = await openLibrary(page('Quokkas eat leaves.'));
    const { jobs, source, over } = kit;
    const bytes = Buffer.from(page('Marmots eat grass.'));
    const newer = await jobs.createJob({ items: [{ source, name: 'page.md', bytes }] });
    const later = await change(kit);
    expect(await over(newer)).toEqual({ changed: 1 });
    return { ...kit, counts: await over(later), later };
  }

  it('is a scope: it holds for the newer text, which stays', async () => {
    const { counts, found, record, embedded } = await newerFirst(({ id, tools, jobs }) =>
      setGivenScope(id, { audience: 'staff' }, { knowledge: tools.knowledge, jobs }),
    );
    expect(counts).toEqual({ changed: 1 });
    expect(await record()).toMatchObject({ audience: 'staff', givenScope: { audience: 'staff' } });
    expect([await found('marmots'), await found('quokkas')]).toEqual([1, 0]);
    expect(embedded.filter((text) => text.includes('Marmots'))).toHaveLength(1);
  });

  it('is a text: it is refused, and the newer one stays', async () => {
    const { counts, found, jobs, later } = await newerFirst(({ id, tools, record, versions, jobs: queued }) =>
      record().then(({ sha256 }) =>
        editText(
          id,
          { text: page('Wombats dig.'), sha256 },
          { knowledge: tools.knowledge, versions, jobs: queued },
        ),
      ),
    );
    expect(counts).toEqual({ failed: 1 });
    expect(await jobs.listItems(later, { limit: 1 })).toMatchObject([{ code: 'document_changed' }]);
    expect([await found('marmots'), await found('wombats')]).toEqual([1, 0]);
  });
});

describe('a file that is put in the place of a document', () => {
  it('stays when its folder is visited again, as a document of that folder', async () => {
    const { id, tools, jobs, versions, over, visit, found, record } = await openLibrary(page('Leaves.'));
    const { collection, source } = await record();
    const replace = (words: string, sha256?: string) =>
      replaceOriginal(
        id,
        { name: 'new.md', bytes: Buffer.from(page(words)), sha256 },
        { knowledge: tools.knowledge, jobs, versions },
      );
    expect(await over(await replace('Wombats dig.'))).toEqual({ changed: 1 });
    expect(await visit(page('Leaves.'))).toEqual({ unchanged: 1 });
    expect(await found('wombats')).toBe(1);
    expect(await record()).toMatchObject({ collection, source, ownText: 'edited' });
    expect(await versions.listVersions(id)).toHaveLength(1);
    const late = replace('Late.', '0'.repeat(64));
    await expect(late).rejects.toMatchObject({ code: 'document_changed' });
    expect(await visit(page('Bark.'))).toEqual({ changed: 1 });
    expect(await found('wombats')).toBe(0);
  });
});

describe('a text that is written in the place of its source', () => {
  it('stands before the same source, gives way to a changed one, and comes back as a version', async () => {
    const { visit, edit, record, found, versions, restore, written, id } = await openLibrary(page('Leaves.'));
    expect(await record()).not.toHaveProperty('ownText');
    expect(await edit(page('Wombats dig.'))).toEqual({ changed: 1 });
    expect(await found('wombats')).toBe(1);
    expect(await record()).toMatchObject({ ownText: 'edited', title: 'Page' });
    expect(await visit(page('Leaves.'))).toEqual({ unchanged: 1 });
    // Also when what was edited had been edited before.
    await edit(page('Marmots whistle.'));
    expect(await visit(page('Leaves.'))).toEqual({ unchanged: 1 });
    expect(await written()).toContain('Marmots whistle.');
    expect(await record()).toMatchObject({ ownText: 'edited' });

    expect(await visit(page('Bark.'))).toEqual({ changed: 1 });
    expect(await record()).toMatchObject({ ownText: 'overtaken' });
    expect(await found('marmots')).toBe(0);
    const [newest] = await versions.listVersions(id);
    await restore(newest!.version);
    expect(await found('marmots')).toBe(1);
    expect(await visit(page('Bark.'))).toEqual({ unchanged: 1 });
    expect(await record()).toMatchObject({ ownText: 'edited' });
  });

  it('stands before a page whose bytes differ at each visit though it says the same', async () => {
    const html = (words: string, token: string): string =>
      `<html><head><title>Sizes</title><meta name="token" content="${token}"></head><body><p>${words}</p></body></html>`;
    const { visit, edit, found, record } = await openLibrary(html('Leaves.', 'a'), 'sizes.html');
    await edit(html('Wombats dig.', 'a'));
    for (const token of ['b', 'c']) {
      expect(await visit(html('Leaves.', token))).toEqual({ unchanged: 1 });
      expect(await found('wombats')).toBe(1);
    }
    expect(await record()).toMatchObject({ ownText: 'edited' });
    await edit(html('Marmots whistle.', 'c'));
    expect(await visit(html('Leaves.', 'd'))).toEqual({ unchanged: 1 });
    expect(await visit(html('Bark.', 'd'))).toEqual({ changed: 1 });
    expect(await found('marmots')).toBe(0);
  });

  it('is kept as a version for as long as it was the last that a person wrote', async () => {
    const { visit, edit, versions, id, record } = await openLibrary(page('Leaves.'));
    await edit(page('Wombats dig.'));
    for (let place = 0; place < 23; place += 1) await visit(page(`Bark ${place}.`));
    const { sha256 } = (await versions.listVersions(id)).at(-1)!;
    expect((await versions.listVersions(id)).length).toBe(21);
    expect((await versions.getVersion(id, 2))?.sha256).toBe(sha256);
    expect(await record()).toMatchObject({ ownText: 'overtaken' });
  });

  it('is refused when somebody was quicker, or the format is none that is written', async () => {
    const { edit, tools } = await openLibrary(page('Leaves.'));
    await expect(edit('# Page\n\nOld.', '0'.repeat(64))).rejects.toMatchObject({ code: 'document_changed' });
    const { documentId } = await tools.knowledge.putDocument(
      syntheticDocument('a.pdf', ['Words.'], { mediaType: 'application/pdf' }),
    );
    await expect(readEditable(documentId, tools)).rejects.toMatchObject({ code: 'document_not_editable' });
  });

  it('is read as it was written, whatever encoding the page says that it has', async () => {
    const html = (words: string): string =>
      `<html><head><meta charset="iso-8859-1"><title>Gr\u00f6\u00dfen</title></head><body><p>${words}</p></body></html>`;
    const { written, edit, tools, id } = await openLibrary(
      Buffer.from(html('Stra\u00dfe und Gr\u00f6\u00dfe.'), 'latin1'),
      'sizes.html',
    );
    expect(await written()).toContain('Stra\u00dfe und Gr\u00f6\u00dfe.');
    await edit(html('Gr\u00f6\u00dfe 42 kostet 12 \u20ac.'));
    expect(await tools.knowledge.getText(id)).toContain('Gr\u00f6\u00dfe 42 kostet 12 \u20ac.');
  });
});
