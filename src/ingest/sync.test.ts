import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { AnswerboxError } from '../errors.ts';
import { waitFor } from '../testing/http-client.ts';
import { openKnowledgeTools } from '../testing/knowledge-tools.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openCrawl } from './crawl/open-crawl.ts';
import { createIngestQueue } from './jobs/ingest-queue.ts';
import { walkSources } from './read-sources-walk.ts';
import { restoreVersion } from './restore-version.ts';
import { watchFolders } from './watch-folders.ts';

// Real files and a real watcher, on machines of any speed.
vi.setConfig({ testTimeout: 120_000 });

function openSync(walk: typeof walkSources = walkSources) {
  const kit = openKnowledgeTools(temporaryFolder());
  const { jobs, sources, tools } = kit;
  const wake = (): void => queue.wake();
  const log = (): void => undefined;
  const config = { crawl_private_hosts: '', crawl_every_hours: 0 };
  const crawl = openCrawl({ config, jobs, sources, tools, wake, log, walk });
  const queue = createIngestQueue({ jobs, tools, pages: crawl.pages, log });
  onTestFinished(async () => {
    await queue.close();
    await crawl.close();
  });
  queue.start();
  const over = (id: string) =>
    waitFor('the job', async () => {
      const job = await jobs.getJob(id);
      return job?.finishedAt ? job : null;
    });
  return { ...kit, crawl, queue, wake, log, over };
}

function writeFolder(): string {
  const folder = join(temporaryFolder(), 'handbook');
  mkdirSync(folder);
  for (let place = 0; place < 8; place += 1)
    writeFileSync(join(folder, `page-${place}.md`), page(place, 'Ropes are checked in spring.'));
  return folder;
}

/** Several passages, one of which holds the sentence. */
function page(place: number, sentence: string): string {
  const part = (name: string): string =>
    `## ${name} of page ${place}\n\n${`Words about the ${name} on page ${place} of the handbook. `.repeat(30)}\n`;
  return `# Page ${place}\n\n${part('weather')}\n${part('food')}\n## Checks of page ${place}\n\n${sentence}\n\n${part('people')}`;
}

describe('a folder that is read again', () => {
  it('embeds only the passages that one changed sentence touches, and finds the new one', async () => {
    const { crawl, over, tools, embedded, jobs } = openSync();
    const folder = writeFolder();
    const first = await over((await crawl.visits.visitFolder(folder)).jobId);
    expect(first.counts).toEqual({ added: 8 });
    const { chunks } = await tools.knowledge.counts();
    expect(chunks).toBeGreaterThan(20);
    const all = [...embedded];
    const before = new Set(await tools.knowledge.chunkIds());

    writeFileSync(join(folder, 'page-3.md'), page(3, 'Ropes are checked in autumn.'));
    const second = await over((await crawl.visits.visitFolder(folder)).jobId);
    expect(second.counts).toEqual({ changed: 1, unchanged: 7 });
    expect(embedded.slice(all.length).every((text) => text.includes('autumn'))).toBe(true);
    expect(embedded.length - all.length).toBe(1);
    expect(second).toMatchObject({ chunksEmbedded: 1 });
    const after = await tools.knowledge.chunkIds();
    expect(after.filter((id) => !before.has(id))).toHaveLength(1);
    expect(tools.vectors.size).toBe(after.length);
    expect(await tools.knowledge.searchKeywords('autumn', 5)).toHaveLength(1);
    expect(
      (await jobs.listItems(second.id, { limit: 20 })).find(({ state }) => state === 'changed')?.name,
    ).toBe('page-3.md');
  });

  it('gives back an earlier version, and the same file does not undo it, but a new one does', async () => {
    const { crawl, over, tools, versions, jobs, wake } = openSync();
    const folder = writeFolder();
    await over((await crawl.visits.visitFolder(folder)).jobId);
    const file = join(folder, 'page-1.md');
    writeFileSync(file, page(1, 'Ropes are checked by nobody.'));
    await over((await crawl.visits.visitFolder(folder)).jobId);
    const { id } = (await tools.knowledge.findBySource(file))!;
    const [version, ...others] = await versions.listVersions(id);
    expect(others).toEqual([]);
    expect(version).toMatchObject({ version: 1, title: 'Page 1' });
    expect(Date.parse(version!.until)).toBeGreaterThanOrEqual(Date.parse(version!.from));

    const restoring = await restoreVersion(id, 1, { knowledge: tools.knowledge, versions, jobs });
    wake();
    expect((await over(restoring)).counts).toEqual({ changed: 1 });
    expect(await tools.knowledge.getText(id)).toContain('in spring');
    expect((await versions.listVersions(id)).map((one) => one.version)).toEqual([2, 1]);
    const again = await over((await crawl.visits.visitFolder(folder)).jobId);
    expect(again.counts).toEqual({ unchanged: 8 });
    expect(await tools.knowledge.getText(id)).toContain('in spring');
    writeFileSync(file, page(1, 'Ropes are checked by Ada.'));
    expect((await over((await crawl.visits.visitFolder(folder)).jobId)).counts).toMatchObject({ changed: 1 });
    expect(await tools.knowledge.getText(id)).toContain('by Ada');
    await expect(restoreVersion(id, 9, { knowledge: tools.knowledge, versions, jobs })).rejects.toMatchObject(
      {
        code: 'version_not_found',
      },
    );
  });
});

/** As the walk tells of a folder whose disk fails, or that may not be entered: permissions do not bind root. */
function failingUnder(folder: { current: string | null }): typeof walkSources {
  return async function* (paths, callbacks, signal) {
    for await (const path of walkSources(paths, callbacks, signal))
      if (folder.current === null || !path.startsWith(`${folder.current}/`)) yield path;
    const source = folder.current;
    if (source === null) return;
    const error = new AnswerboxError('source_unreadable', { source, reason: 'the disk failed' });
    callbacks.onFailure({ source, error });
  };
}

describe('a folder that cannot be read for a while', () => {
  it('keeps the documents and versions of the part that fails, and says which it is; the rest follows', async () => {
    const failing = { current: null as string | null };
    const { crawl, over, tools, versions, jobs } = openSync(failingUnder(failing));
    const folder = writeFolder();
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    const kept = join(closed, 'kept.md');
    writeFileSync(kept, '# Kept\n\nThe quokka moved in.\n');
    await over((await crawl.visits.visitFolder(folder)).jobId);
    writeFileSync(kept, '# Kept\n\nThe marmot moved in.\n');
    await over((await crawl.visits.visitFolder(folder)).jobId);
    const { id } = (await tools.knowledge.findBySource(kept))!;

    failing.current = closed;
    rmSync(join(folder, 'page-7.md'));
    const job = await over((await crawl.visits.visitFolder(folder)).jobId);
    expect(job.counts).toEqual({ unchanged: 7, removed: 1, failed: 1 });
    const [failed] = await jobs.listItems(job.id, { limit: 20, state: 'failed' });
    expect(failed).toMatchObject({ source: closed, code: 'folder_unreadable' });
    expect(failed!.message).toContain('the disk failed');
    expect(await tools.knowledge.searchKeywords('marmot', 5)).toHaveLength(1);
    expect(await versions.listVersions(id)).toHaveLength(1);
    // There is no file to be read again: the next visit is the second try.
    expect(await jobs.retryItems(job.id, null)).toBe(0);
    failing.current = null;
    const again = await over((await crawl.visits.visitFolder(folder)).jobId);
    expect(again.counts).toEqual({ unchanged: 8 });
  });

  it('keeps everything when nothing is left in it: a share that is not mounted', async () => {
    const { crawl, over, tools, jobs } = openSync();
    const folder = writeFolder();
    await over((await crawl.visits.visitFolder(folder)).jobId);
    renameSync(folder, `${folder}-unmounted`);
    mkdirSync(folder);
    const job = await over((await crawl.visits.visitFolder(folder)).jobId);
    expect(job).toMatchObject({ state: 'failed', counts: { failed: 1 } });
    const [item] = await jobs.listItems(job.id, { limit: 20 });
    expect(item).toMatchObject({ source: folder, code: 'folder_empty' });
    expect((await tools.knowledge.counts()).documents).toBe(8);
  });

  it('holds removals of more than half of it, until its owner asks for them', async () => {
    const { crawl, over, tools, jobs, wake } = openSync();
    const folder = writeFolder();
    await over((await crawl.visits.visitFolder(folder)).jobId);
    const aside = `${folder}-aside`;
    mkdirSync(aside);
    for (const name of readdirSync(folder).slice(0, 6)) renameSync(join(folder, name), join(aside, name));
    const job = await over((await crawl.visits.visitFolder(folder)).jobId);
    expect(job.counts).toEqual({ unchanged: 2, failed: 6 });
    for (const { code, message } of await jobs.listItems(job.id, { limit: 20, state: 'failed' })) {
      expect(code).toBe('removal_held');
      expect(message).toContain('6 of 8');
    }
    expect((await tools.knowledge.counts()).documents).toBe(8);
    // One came back before its owner asked for the removals.
    renameSync(join(aside, 'page-0.md'), join(folder, 'page-0.md'));
    expect(await jobs.retryItems(job.id, null)).toBe(6);
    wake();
    expect((await over(job.id)).counts).toEqual({ unchanged: 3, removed: 5 });
    expect((await tools.knowledge.counts()).documents).toBe(3);
  });
});

describe('a watched folder that is away', () => {
  it('is told of, and followed once it is there', async () => {
    const { crawl, jobs, tools, wake, log } = openSync();
    const folder = writeFolder();
    const aside = `${folder}-aside`;
    renameSync(folder, aside);
    const told: number[] = [];
    const onAway = (away: ReadonlyMap<string, string>): void => void told.push(away.size);
    const watcher = watchFolders({
      ...{ folders: [folder], jobs, visits: crawl.visits, wake, log, onAway },
      retryMs: 50,
    });
    await watcher.ready;
    expect(told).toEqual([1]);
    renameSync(aside, folder);
    const found = async (word: string) => (await tools.knowledge.searchKeywords(word, 5)).length > 0;
    await waitFor('the first visit', () => found('spring'));
    await waitFor('the word that it is followed', () => Promise.resolve(told.length === 2));
    expect(told).toEqual([1, 0]);
    await watcher.close();
  });

  it('loses no change when its job could not be stored', async () => {
    const { crawl, jobs, tools, wake, log } = openSync();
    const folder = writeFolder();
    let failures = 0;
    const failing: typeof jobs = {
      ...jobs,
      createJob: async (job) => {
        failures += 1;
        if (failures === 1) throw new AnswerboxError('storage_full', { path: folder });
        return jobs.createJob(job);
      },
    };
    const watcher = watchFolders({
      ...{ folders: [folder], jobs: failing, visits: crawl.visits, wake, log },
      retryMs: 50,
    });
    await watcher.ready;
    writeFileSync(join(folder, 'new.md'), '# New\n\nThe quokka moved in.\n');
    const found = async (word: string) => (await tools.knowledge.searchKeywords(word, 5)).length > 0;
    await waitFor('the new file', () => found('quokka'));
    expect(failures).toBeGreaterThan(1);
    await watcher.close();
  });
});

describe('a watched folder', () => {
  it('is followed: what comes, changes and goes, and what happened while nobody looked', async () => {
    const { crawl, jobs, tools, wake, log } = openSync();
    const folder = writeFolder();
    const watch = () => watchFolders({ folders: [folder], jobs, visits: crawl.visits, wake, log });
    const watcher = watch();
    await watcher.ready;
    const found = async (word: string) => (await tools.knowledge.searchKeywords(word, 5)).length > 0;
    await waitFor('the first visit', () => found('spring'));
    writeFileSync(join(folder, 'new.md'), '# New\n\nThe quokka moved in.\n');
    await waitFor('the new file', () => found('quokka'));
    writeFileSync(join(folder, 'new.md'), '# New\n\nThe marmot moved in.\n');
    await waitFor('the change', async () => (await found('marmot')) && !(await found('quokka')));
    writeFileSync(join(folder, 'picture.bin'), 'no document');
    rmSync(join(folder, 'new.md'));
    await waitFor('the removal', async () => !(await found('marmot')));
    const names = readdirSync(folder);
    for (const name of names) renameSync(join(folder, name), join(folder, '..', name));
    await waitFor('the word about the empty folder', async () =>
      (await jobs.listJobs({ limit: 1 })).find(({ state }) => state === 'failed'),
    );
    expect(await found('spring')).toBe(true);
    for (const name of names) renameSync(join(folder, '..', name), join(folder, name));
    await waitFor('the files again', async () =>
      (await jobs.listJobs({ limit: 1 })).find(({ state }) => state === 'completed'),
    );
    await watcher.close();

    rmSync(join(folder, 'page-7.md'));
    writeFileSync(join(folder, 'page-6.md'), '# Six\n\nThe wombat stayed.\n');
    const later = watch();
    await later.ready;
    await waitFor('what happened meanwhile', async () => {
      const there = await tools.knowledge.findBySource(join(folder, 'page-7.md'));
      return there === null && (await found('wombat'));
    });
    await later.close();
  });
});
