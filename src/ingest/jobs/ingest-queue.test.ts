import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { AnswerboxError } from '../../errors.ts';
import type { JobStore, NewJobItem } from '../../stores/job-contracts.ts';
import { waitFor } from '../../testing/http-client.ts';
import { openKnowledgeTools } from '../../testing/knowledge-tools.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { createIngestQueue, type IngestQueue } from './ingest-queue.ts';
import type { PageReader } from './read-item.ts';

// Real sockets and files, on machines of any speed.
vi.setConfig({ testTimeout: 120_000 });

const NO_PAGES: PageReader = {
  pace: () => Promise.reject(new Error('no page was meant to be read')),
  readPage: () => Promise.reject(new Error('no page was meant to be read')),
};

function item(name: string, words = `The ${name} is checked in spring by a person.`): NewJobItem {
  return { source: name, name: `${name}.md`, bytes: Buffer.from(`# About ${name}\n\n${words}\n`) };
}

function startQueue(fails?: (texts: readonly string[]) => Error | null) {
  const folder = temporaryFolder();
  const kit = openKnowledgeTools(folder, fails && { fails });
  let asking = false;
  const queue = createIngestQueue({
    jobs: kit.jobs,
    tools: kit.tools,
    pages: NO_PAGES,
    isAnswering: () => asking,
    log: () => undefined,
  });
  onTestFinished(() => queue.close());
  return { ...kit, folder, queue, ask: (now: boolean) => (asking = now) };
}

function over(jobs: JobStore, id: string) {
  return waitFor('the job to be over', async () => {
    const job = await jobs.getJob(id);
    return job?.finishedAt ? job : null;
  });
}

async function submit(jobs: JobStore, queue: IngestQueue, ...items: NewJobItem[]): Promise<string> {
  const id = await jobs.createJob({ items });
  queue.wake();
  return id;
}

describe('the queue', () => {
  it('makes files searchable, and says of each other one why not; one retry reads it when it is mended', async () => {
    const { jobs, queue, tools, folder } = startQueue();
    queue.start();
    const path = join(folder, 'late.md');
    const late = { source: path, name: 'late.md', path };
    const id = await submit(
      jobs,
      queue,
      item('tents'),
      { ...item('nothing'), bytes: Buffer.from('  ') },
      late,
    );
    expect(await over(jobs, id)).toMatchObject({ state: 'completed', counts: { added: 1, failed: 2 } });
    const failed = await jobs.listItems(id, { limit: 10, state: 'failed' });
    expect(failed.map(({ code }) => code)).toEqual(['document_empty', 'source_vanished']);
    for (const { message, source } of failed) expect(message).toContain(source);

    writeFileSync(path, '# Late\n\nThe marmot came after all.\n');
    expect(await jobs.retryItems(id, 2)).toBe(1);
    queue.wake();
    expect(await over(jobs, id)).toMatchObject({ counts: { added: 2, failed: 1 } });
    expect(await tools.knowledge.searchKeywords('marmot', 5)).toHaveLength(1);
    expect(tools.vectors.size).toBe((await tools.knowledge.counts()).chunks);
  });

  it('stands still while paused, goes on where it was, and keeps what was done when cancelled', async () => {
    let release: () => void = () => undefined;
    const { jobs, queue, tools } = startQueue();
    const embed = tools.embedder.embed.bind(tools.embedder);
    let calls = 0;
    tools.embedder.embed = async (texts, options) => {
      calls += 1;
      if (calls === 1) {
        await new Promise<void>((resolve, reject) => {
          release = resolve;
          options?.signal?.addEventListener('abort', () => reject(new AnswerboxError('cancelled')));
        });
      }
      return embed(texts, options);
    };
    queue.start();
    const id = await submit(jobs, queue, item('ropes'), item('maps'));
    await waitFor('the embedder', async () => calls === 1);
    const { current } = queue.progress({ id, total: 2, done: 0 });
    expect(current.map(({ step }) => step)).toEqual(['embed', 'embed']);
    await jobs.pauseJob(id);
    queue.interrupt(id);
    await waitFor(
      'the batch to be dropped',
      async () => queue.progress({ id, total: 2, done: 0 }).current.length === 0,
    );
    expect(await jobs.getJob(id)).toMatchObject({ state: 'paused', done: 0 });
    expect((await jobs.listItems(id, { limit: 9 })).map(({ state }) => state)).toEqual([
      'waiting',
      'waiting',
    ]);
    await jobs.resumeJob(id);
    queue.wake();
    release();
    expect(await over(jobs, id)).toMatchObject({ state: 'completed', done: 2, failed: 0 });
  });

  it('isolates a file on which the models end each time: the others are read, it fails with a reason', async () => {
    const fails = (texts: readonly string[]) =>
      texts.some((text) => text.includes('dynamite'))
        ? new AnswerboxError('model_failed', { reason: 'boom' })
        : null;
    const { jobs, queue, tools, database } = startQueue(fails);
    const id = await jobs.createJob({
      items: [item('lamps'), item('bombs', 'Here is dynamite.'), item('stoves')],
    });
    // As after five ends of the program: one more, and it is given up.
    database.prepare(`UPDATE job_items SET attempts = 5 WHERE source = 'bombs'`).run();
    queue.start();
    expect(await over(jobs, id)).toMatchObject({ counts: { added: 2, failed: 1 } });
    const [lost] = await jobs.listItems(id, { limit: 9, state: 'failed' });
    expect(lost).toMatchObject({ source: 'bombs', code: 'document_gave_up' });
    expect((await tools.knowledge.counts()).documents).toBe(2);
  });

  it('lets questions go first, but never stops for good', async () => {
    const { jobs, queue, ask } = startQueue();
    ask(true);
    queue.start();
    const id = await submit(jobs, queue, item('boots'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await jobs.getJob(id))!.done).toBe(0);
    expect((await over(jobs, id)).done).toBe(1);
    ask(false);
  });

  it('removes the document of a file that is gone from a followed folder', async () => {
    const { jobs, queue, tools, sources, folder } = startQueue();
    queue.start();
    const settings = { depth: 0, pages: 1, include: [], exclude: [] };
    const { id: sourceId } = await sources.putSource({
      kind: 'folder',
      address: folder,
      settings,
      everyHours: null,
    });
    const path = join(folder, 'a.md');
    writeFileSync(path, '# A\n\nThe quokka is in.\n');
    const file = { source: path, name: 'a.md', path };
    const first = await jobs.createJob({ kind: 'folder', sourceId, items: [file] });
    queue.wake();
    await over(jobs, first);
    expect(await sources.getSource(sourceId)).toMatchObject({ documents: 1 });
    rmSync(path);
    const second = await jobs.createJob({ kind: 'folder', sourceId, items: [{ ...file, action: 'remove' }] });
    queue.wake();
    expect(await over(jobs, second)).toMatchObject({ counts: { removed: 1 } });
    expect(await tools.knowledge.searchKeywords('quokka', 5)).toEqual([]);
    expect(tools.vectors.size).toBe(0);
  });
});
