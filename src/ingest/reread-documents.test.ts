import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { AnswerboxError } from '../errors.ts';
import { zipSync } from 'fflate';
import { waitFor } from '../testing/http-client.ts';
import { openKnowledgeTools } from '../testing/knowledge-tools.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openCrawl } from './crawl/open-crawl.ts';
import { editText, readEditable } from './edit-text.ts';
import type { ParsedFile } from './ingest-types.ts';
import { createIngestQueue } from './jobs/ingest-queue.ts';
import { parseFile } from './parse/parse-file.ts';
import { rereadDocuments } from './reread-documents.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Documents of a folder and of uploads, and a parser that may become another one. */
function openLibrary() {
  const kit = openKnowledgeTools(temporaryFolder());
  const { jobs, sources, tools, versions } = kit;
  const { knowledge } = tools;
  const log = (): void => undefined;
  const config = { crawl_private_hosts: '', crawl_every_hours: 0 };
  const crawl = openCrawl({ config, jobs, sources, tools, wake: () => queue.wake(), log });
  const queue = createIngestQueue({ jobs, tools, pages: crawl.pages, log });
  onTestFinished(async () => {
    await queue.close();
    await crawl.close();
  });
  queue.start();
  const over = async (id: string) => {
    queue.wake();
    return waitFor('the job', async () => {
      const found = await jobs.getJob(id);
      return found?.finishedAt ? found : null;
    });
  };
  const upload = async (name: string, text: string | Uint8Array, title?: string) => {
    const bytes = typeof text === 'string' ? Buffer.from(text) : text;
    const items = [{ source: `upload:${name}`, name, bytes, ...(title !== undefined && { title }) }];
    await over(await jobs.createJob({ items }));
  };
  const find = async (source: string) => (await knowledge.findBySource(source))!;
  return {
    ...kit,
    knowledge,
    crawl,
    queue,
    over,
    upload,
    find,
    textOf: async (source: string) => (await knowledge.getText((await find(source)).id))!,
    reread: async (wanted: object = {}) =>
      over(await rereadDocuments({ at: new Date().toISOString(), ...wanted }, { knowledge, jobs })),
    edit: async (source: string, text: string) => {
      const { id } = await find(source);
      const { sha256 } = await readEditable(id, { knowledge });
      return over(await editText(id, { text, sha256 }, { knowledge, versions, jobs }));
    },
    /** From now on files are read like this. */
    improve: (change: (parsed: ParsedFile) => ParsedFile) => {
      tools.parser = { parse: async (file) => change(await parseFile(file)), close: () => Promise.resolve() };
    },
  };
}

const filler = (about: string): string => `Words about ${about} in the shop of ropes and knots. `.repeat(30);
const page = (food: string): string =>
  `# Page\n\n## Food\n\n${food} ${filler('food')}\n\n## Weather\n\nIt rains. ${filler('weather')}\n`;

/** A word that an earlier parser got wrong, in the same number of letters. */
function spelling(wrong: string, right: string) {
  return (parsed: ParsedFile): ParsedFile => ({
    ...parsed,
    document: { ...parsed.document, text: parsed.document.text.replaceAll(wrong, right) },
  });
}

describe('documents that are read again', () => {
  it('are unchanged while the same comes out, and embed only the passages that come out otherwise', async () => {
    const { reread, upload, improve, embedded, textOf, find, versions, knowledge } = openLibrary();
    await upload('a.md', page('Quokkas eat fig5.'));
    await upload('b.md', page('Wombats dig.'));
    const before = await knowledge.chunkIds();
    const count = embedded.length;
    expect((await reread()).counts).toEqual({ unchanged: 2 });
    expect(embedded).toHaveLength(count);

    improve(spelling('fig5', 'figs'));
    const job = await reread();
    expect(job).toMatchObject({ kind: 'reread', counts: { changed: 1, unchanged: 1 }, chunksEmbedded: 1 });
    expect(embedded.slice(count)).toHaveLength(1);
    expect(embedded.at(-1)).toContain('figs');
    expect(await textOf('upload:a.md')).toContain('figs');
    expect((await knowledge.chunkIds()).filter((id) => !before.includes(id))).toHaveLength(1);
    // The bytes are the same: there is nothing earlier to go back to.
    expect(await versions.listVersions((await find('upload:a.md')).id)).toEqual([]);
    expect((await reread()).counts).toEqual({ unchanged: 2 });
  });

  it('are those of a source, of a format, or named; none is an error', async () => {
    const { reread, upload, crawl, over, find, sources, knowledge } = openLibrary();
    const folder = join(temporaryFolder(), 'shop');
    mkdirSync(folder);
    writeFileSync(join(folder, 'page.md'), page('Leaves.'));
    await over((await crawl.visits.visitFolder(folder)).jobId);
    await upload('a.md', page('Bark.'));
    await upload('b.html', '<html><body><main><h1>B</h1><p>Roots are eaten.</p></main></body></html>');
    const [source] = await sources.listSources();
    const collection = `source:${source!.id}`;
    expect((await reread({ collection })).total).toBe(1);
    expect((await reread({ mediaType: 'text/html' })).total).toBe(1);
    const { id } = await find('upload:a.md');
    expect((await reread({ ids: [id] })).total).toBe(1);
    expect(await knowledge.listCollection(collection)).toHaveLength(1);
    await expect(reread({ ids: [id, 'none'] })).rejects.toMatchObject({ code: 'document_not_found' });
    await expect(reread({ mediaType: 'application/pdf' })).rejects.toMatchObject({ code: 'request_invalid' });
  });

  it('keep what a person wrote, their collection and what was said of them; a visit undoes nothing', async () => {
    const { reread, crawl, over, edit, improve, textOf, find } = openLibrary();
    const folder = join(temporaryFolder(), 'shop');
    mkdirSync(folder);
    const source = join(folder, 'page.md');
    writeFileSync(source, page('Leaves.'));
    const visit = async () => (await over((await crawl.visits.visitFolder(folder)).jobId)).counts;
    await visit();
    const { collection } = await find(source);
    await edit(source, page('Wombats d1g.'));
    improve(spelling('d1g', 'dig'));
    expect((await reread()).counts).toEqual({ changed: 1 });
    expect(await textOf(source)).toContain('Wombats dig.');
    expect(await find(source)).toMatchObject({ ownText: 'edited', collection, title: 'Page' });
    expect(await visit()).toEqual({ unchanged: 1 });
    expect(await textOf(source)).toContain('Wombats dig.');
  });

  it('get a better title where the old one was read, and keep one that was given', async () => {
    const { reread, upload, improve, find, over, jobs } = openLibrary();
    await upload('a.md', page('Bark.'));
    const item = { source: 'api:given', name: 'x.md', bytes: Buffer.from(page('Roots.')), title: 'Given' };
    await over(await jobs.createJob({ items: [item] }));
    improve((parsed) => ({ ...parsed, document: { ...parsed.document, title: 'Better' } }));
    await reread();
    expect(await find('upload:a.md')).toMatchObject({ title: 'Better' });
    expect(await find('api:given')).toMatchObject({ title: 'Given' });
  });

  it('inside a file come with their whole file, and go when nothing is there any more', async () => {
    const { reread, upload, improve, find, knowledge } = openLibrary();
    const zip = zipSync({ 'one.md': Buffer.from(page('One.')), 'two.md': Buffer.from(page('Two.')) });
    await upload('all.zip', zip);
    const { id } = await find('upload:all.zip!/one.md');
    expect(await reread({ ids: [id] })).toMatchObject({ total: 1, counts: { unchanged: 1 } });
    improve((parsed) => ({ ...parsed, parts: parsed.parts.filter(({ name }) => name === 'one.md') }));
    expect((await reread({ ids: [id] })).counts).toEqual({ changed: 1 });
    expect(await knowledge.findBySource('upload:all.zip!/two.md')).toBeNull();
    expect(await find('upload:all.zip!/one.md')).toMatchObject({ id });
  });
});

describe('a job that reads again', () => {
  it('says which failed and keeps what was there; retried, paused and cancelled as any other', async () => {
    const { reread, upload, improve, jobs, over, textOf, tools, knowledge, queue } = openLibrary();
    await upload('a.md', page('Bark.'));
    await upload('b.md', page('Roots.'));
    tools.parser = {
      parse: (file) =>
        file.name === 'a.md'
          ? Promise.reject(new AnswerboxError('document_empty', { source: file.source }))
          : parseFile(file),
      close: () => Promise.resolve(),
    };
    const job = await reread();
    expect(job).toMatchObject({ counts: { failed: 1, unchanged: 1 }, retriable: 1 });
    expect(await textOf('upload:a.md')).toContain('Bark.');
    improve(spelling('Bark', 'Twig'));
    expect(await jobs.retryItems(job.id, null)).toBe(1);
    expect((await over(job.id)).counts).toEqual({ changed: 1, unchanged: 1 });
    expect(await textOf('upload:a.md')).toContain('Twig.');

    await queue.close();
    const at = new Date().toISOString();
    const next = await rereadDocuments({ at }, { knowledge, jobs });
    expect(await jobs.pauseJob(next)).toBe(true);
    const limits = { items: 10, bytes: 1_000_000, aloneFrom: 2 };
    expect(await jobs.nextItems(limits)).toEqual([]);
    await jobs.resumeJob(next);
    expect(await jobs.nextItems(limits)).toMatchObject([{ action: 'reread' }, { action: 'reread' }]);
    await jobs.cancelJob(next);
    expect(await jobs.getJob(next)).toMatchObject({ state: 'cancelled', counts: { cancelled: 2 } });
  });

  it('reads what is there when its turn comes: nothing of what was removed meanwhile', async () => {
    const { upload, jobs, over, knowledge, find } = openLibrary();
    await upload('a.md', page('Bark.'));
    const id = await rereadDocuments({ at: new Date().toISOString() }, { knowledge, jobs });
    await knowledge.removeDocument((await find('upload:a.md')).id);
    expect((await over(id)).counts).toEqual({ skipped: 1 });
    expect(await jobs.listItems(id, { limit: 1 })).toMatchObject([{ code: 'document_gone' }]);
    expect(await knowledge.findBySource('upload:a.md')).toBeNull();
  });
});
