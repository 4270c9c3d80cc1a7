import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JobItemRecord, JobStore, NewJobItem } from '../contracts.ts';
import type { OpenStore } from './knowledge-store.suite.ts';

const ADDED: Omit<JobItemRecord, 'source'> = { state: 'added', documentId: 'd', code: null, message: null };
const FAILED: Omit<JobItemRecord, 'source'> = {
  state: 'failed',
  documentId: null,
  code: 'document_empty',
  message: 'It is empty.',
};

export function jobItem(source: string): NewJobItem {
  return { source, name: `${source}.md`, bytes: Buffer.from(`# ${source}`) };
}

export function jobStoreSuite(name: string, open: OpenStore<JobStore>): void {
  describe(`${name} as a job store`, () => {
    let store: JobStore;
    let close: () => void | Promise<void>;
    beforeEach(async () => void ({ store, close } = await open()));
    afterEach(() => close());
    const state = async (id: string) => (await store.getJob(id))?.state;

    it('hands out the items of the oldest job first, in order, with everything that came along', async () => {
      const first = await store.createJob([
        { ...jobItem('a'), mediaType: 'text/markdown', title: 'A', url: 'https://a.example' },
        jobItem('b'),
      ]);
      const second = await store.createJob([jobItem('c')]);
      const item = (await store.nextItem())!;
      expect(item).toMatchObject({
        jobId: first,
        ordinal: 0,
        source: 'a',
        name: 'a.md',
        mediaType: 'text/markdown',
        title: 'A',
        url: 'https://a.example',
      });
      expect(Buffer.from(item.bytes).toString()).toBe('# a');
      expect(await store.nextItem()).toEqual(item);
      await store.finishItem(first, 0, ADDED);
      expect(await store.nextItem()).toMatchObject({
        jobId: first,
        ordinal: 1,
        source: 'b',
        mediaType: null,
        title: null,
        url: null,
      });
      await store.finishItem(first, 1, ADDED);
      expect(await store.nextItem()).toMatchObject({ jobId: second, source: 'c' });
      await store.finishItem(second, 0, ADDED);
      expect(await store.nextItem()).toBeNull();
    });

    it('goes from queued over running to done, counting', async () => {
      const id = await store.createJob([jobItem('a'), jobItem('b')]);
      expect(await store.getJob(id)).toMatchObject({
        state: 'queued',
        total: 2,
        done: 0,
        failed: 0,
        finishedAt: null,
      });
      await store.finishItem(id, 0, FAILED);
      expect(await store.getJob(id)).toMatchObject({
        state: 'running',
        done: 1,
        failed: 1,
        finishedAt: null,
      });
      await store.finishItem(id, 1, ADDED);
      const job = (await store.getJob(id))!;
      expect(job).toMatchObject({ state: 'done', done: 2, failed: 1 });
      expect(Date.parse(job.finishedAt!)).not.toBeNaN();
      expect(job.items).toEqual([
        { source: 'a', ...FAILED },
        { source: 'b', ...ADDED },
      ]);
    });

    it('has failed when every item failed, and is done when there was none', async () => {
      const failing = await store.createJob([jobItem('a')]);
      await store.finishItem(failing, 0, FAILED);
      expect(await state(failing)).toBe('failed');
      expect(await state(await store.createJob([]))).toBe('done');
      expect(await store.getJob('nothing')).toBeNull();
    });

    it('cancels what is still queued and keeps what was done', async () => {
      const id = await store.createJob([jobItem('a'), jobItem('b')]);
      await store.finishItem(id, 0, ADDED);
      expect(await store.cancelJob(id)).toBe(true);
      expect(await store.getJob(id)).toMatchObject({ state: 'cancelled', done: 2, failed: 0 });
      expect((await store.getJob(id))!.items.map((item) => item.state)).toEqual(['added', 'cancelled']);
      expect(await store.nextItem()).toBeNull();
      expect(await store.cancelJob('nothing')).toBe(false);
    });

    it('lets the first end of an item stand', async () => {
      const id = await store.createJob([jobItem('a')]);
      await store.cancelJob(id);
      await store.finishItem(id, 0, ADDED);
      expect((await store.getJob(id))!.items[0]).toMatchObject({ state: 'cancelled', documentId: null });
    });

    it('leaves a job that is over as it is when it is cancelled', async () => {
      const id = await store.createJob([jobItem('a')]);
      await store.finishItem(id, 0, ADDED);
      await store.cancelJob(id);
      expect(await state(id)).toBe('done');
    });
  });
}
