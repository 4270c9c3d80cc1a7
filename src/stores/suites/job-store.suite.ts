import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JobItemResult, JobStore, NewJobItem } from '../job-contracts.ts';
import type { OpenStore } from './knowledge-store.suite.ts';

const ADDED: JobItemResult = { state: 'added', documentId: 'd', code: null, message: null };
const FAILED: JobItemResult = {
  state: 'failed',
  documentId: null,
  code: 'document_empty',
  message: 'It is empty.',
};
const LIMITS = { items: 10, bytes: 1_000_000, aloneFrom: 2 };

export function jobItem(source: string): NewJobItem {
  return { source, name: `${source}.md`, bytes: Buffer.from(`# ${source}`) };
}

export function jobStoreSuite(name: string, open: OpenStore<JobStore>): void {
  describe(`${name} as a job store`, () => {
    let store: JobStore;
    let close: () => void | Promise<void>;
    beforeEach(async () => void ({ store, close } = await open()));
    afterEach(() => close());
    const create = (...sources: string[]) => store.createJob({ items: sources.map(jobItem) });
    const state = async (id: string) => (await store.getJob(id))?.state;
    const next = async () => (await store.nextItems(LIMITS)).map(({ source }) => source);
    const states = async (id: string) =>
      (await store.listItems(id, { limit: 100 })).map((item) => item.state);

    it('hands out the items of the oldest job first, in order, with everything that came along', async () => {
      const about = { mediaType: 'text/markdown', title: 'A', url: 'https://a.example' };
      const first = await store.createJob({ items: [{ ...jobItem('a'), ...about }, jobItem('b')] });
      const second = await create('c');
      const [item, other, ...rest] = await store.nextItems(LIMITS);
      expect(item).toMatchObject({
        ...about,
        jobId: first,
        ordinal: 0,
        source: 'a',
        name: 'a.md',
        kind: 'upload',
      });
      expect(Buffer.from(item!.bytes!).toString()).toBe('# a');
      expect(other).toMatchObject({ ordinal: 1, source: 'b', mediaType: null, title: null, url: null });
      expect(rest).toEqual([]);
      await store.finishItem(first, 0, ADDED);
      expect(await next()).toEqual(['b']);
      await store.finishItem(first, 1, ADDED);
      expect((await store.nextItems(LIMITS))[0]).toMatchObject({ jobId: second, source: 'c' });
      await store.finishItem(second, 0, ADDED);
      expect(await next()).toEqual([]);
    });

    it('keeps batches within their bytes, and the same source out of one batch', async () => {
      const id = await create('aaaa', 'bbbb', 'aaaa');
      const of = async (bytes: number) =>
        (await store.nextItems({ ...LIMITS, bytes })).map((one) => one.ordinal);
      expect(await of(1_000)).toEqual([0, 1]);
      expect(await of(8)).toEqual([0]);
      expect(await of(1)).toEqual([0]);
      await store.finishItem(id, 0, ADDED);
      expect(await of(1_000)).toEqual([1, 2]);
    });

    it('takes uploads before folders and sites, and paused jobs not at all', async () => {
      await store.createJob({ kind: 'site', items: [jobItem('page')] });
      const upload = await create('file');
      expect(await next()).toEqual(['file']);
      expect(await store.pauseJob(upload)).toBe(true);
      expect(await state(upload)).toBe('paused');
      expect(await next()).toEqual(['page']);
      await store.resumeJob(upload);
      expect(await next()).toEqual(['file']);
    });

    it('lets an item come alone and after the others that was begun twice without an end', async () => {
      const id = await create('a', 'b', 'c');
      await store.beginItems(id, [1]);
      expect(await next()).toEqual(['a', 'b', 'c']);
      await store.beginItems(id, [1]);
      expect(await next()).toEqual(['a', 'c']);
      await store.finishItem(id, 0, ADDED);
      await store.finishItem(id, 2, ADDED);
      expect(await next()).toEqual(['b']);
      await store.releaseItems(id, [1]);
      expect(await next()).toEqual(['b']);
    });

    it('goes from waiting over running to completed, counting items and bytes', async () => {
      const id = await create('a', 'b');
      expect(await store.getJob(id)).toMatchObject({
        state: 'waiting',
        total: 2,
        done: 0,
        failed: 0,
        bytes: 6,
        bytesDone: 0,
        finishedAt: null,
      });
      await store.beginItems(id, [0, 1]);
      await store.finishItem(id, 0, FAILED);
      expect(await store.getJob(id)).toMatchObject({ state: 'running', done: 1, failed: 1, bytesDone: 3 });
      await store.finishItem(id, 1, { ...ADDED, chunksEmbedded: 2, chunksKept: 5 });
      const job = (await store.getJob(id))!;
      expect(job).toMatchObject({
        state: 'completed',
        done: 2,
        failed: 1,
        counts: { added: 1, failed: 1 },
        chunksEmbedded: 2,
        chunksKept: 5,
      });
      expect(Date.parse(job.finishedAt!)).not.toBeNaN();
      expect(await store.listItems(id, { limit: 10, state: 'failed' })).toMatchObject([
        { source: 'a', ...FAILED },
      ]);
    });

    it('has failed when every item failed, and is completed when there was none', async () => {
      const failing = await create('a');
      await store.finishItem(failing, 0, FAILED);
      expect(await state(failing)).toBe('failed');
      expect(await state(await create())).toBe('completed');
      expect(await store.getJob('nothing')).toBeNull();
    });

    it('cancels what still waits and keeps what was done', async () => {
      const id = await create('a', 'b');
      await store.finishItem(id, 0, ADDED);
      expect(await store.cancelJob(id)).toBe(true);
      expect(await store.getJob(id)).toMatchObject({ state: 'cancelled', done: 2, failed: 0 });
      expect(await states(id)).toEqual(['added', 'cancelled']);
      expect(await next()).toEqual([]);
      expect(await store.cancelJob('nothing')).toBe(false);
    });

    it('lets the first end of an item stand', async () => {
      const id = await create('a');
      await store.cancelJob(id);
      await store.finishItem(id, 0, ADDED);
      expect((await store.listItems(id, { limit: 1 }))[0]).toMatchObject({
        state: 'cancelled',
        documentId: null,
      });
    });

    it('leaves a job that is over as it is when it is cancelled or paused', async () => {
      const id = await create('a');
      await store.finishItem(id, 0, ADDED);
      await store.cancelJob(id);
      expect(await store.pauseJob(id)).toBe(false);
      expect(await state(id)).toBe('completed');
    });

    it('says what a retry can read: not what was sent and is gone, but files and pages of sites', async () => {
      const upload = await create('a', 'b');
      await store.finishItem(upload, 0, FAILED);
      expect(await store.getJob(upload)).toMatchObject({ failed: 1, retriable: 1 });
      await store.cancelJob(upload);
      const able = async (id: string) =>
        (await store.listItems(id, { limit: 10 })).map(({ isRetriable }) => isRetriable);
      expect(await able(upload)).toEqual([true, false]);
      expect(await store.retryItems(upload, 1)).toBe(0);

      const url = 'https://moor.example/a';
      const path = '/docs/a.md';
      const site = await store.createJob({ kind: 'site', items: [{ source: url, name: 'a', url }] });
      const folder = await store.createJob({ kind: 'folder', items: [{ source: path, name: 'a.md', path }] });
      for (const id of [site, folder]) {
        expect(await able(id)).toEqual([false]);
        await store.cancelJob(id);
        expect(await able(id)).toEqual([true]);
        expect(await store.retryItems(id, 0)).toBe(1);
      }
      const told = await store.createJob({
        kind: 'folder',
        items: [{ source: '/docs', name: 'docs', ended: FAILED }],
      });
      expect(await store.getJob(told)).toMatchObject({ state: 'failed', failed: 1, retriable: 0 });
      expect(await store.retryItems(told, null)).toBe(0);
    });

    it('keeps what is to be removed until all else was read, and counts it', async () => {
      const id = await create('a', 'b', 'c');
      await store.beginItems(id, [0]);
      await store.putOff(
        id,
        0,
        { code: 'page_skipped', message: 'Gone.' },
        { items: [jobItem('d')], most: 10 },
      );
      expect(await next()).toEqual(['b', 'c', 'd']);
      expect(await store.countRemovals(id)).toEqual({ wanted: 1, done: 0 });
      for (const ordinal of [1, 2, 3]) await store.finishItem(id, ordinal, ADDED);
      expect(await store.nextItems(LIMITS)).toMatchObject([{ source: 'a', action: 'remove', attempts: 0 }]);
      await store.finishItem(id, 0, { ...FAILED, code: 'removal_held', message: 'Held.' });
      expect(await store.retryItems(id, 0)).toBe(1);
      expect(await store.nextItems(LIMITS)).toMatchObject([{ source: 'a', action: 'remove_confirmed' }]);
      await store.finishItem(id, 0, { ...ADDED, state: 'removed', documentId: null });
      expect(await store.countRemovals(id)).toEqual({ wanted: 1, done: 1 });
    });

    it('retries one item or all that failed, with the bytes they came with', async () => {
      const id = await create('a', 'b', 'c');
      for (const [ordinal, result] of [FAILED, FAILED, ADDED].entries())
        await store.finishItem(id, ordinal, result);
      expect(await store.retryItems(id, 2)).toBe(0);
      expect(await store.retryItems(id, 1)).toBe(1);
      expect(await state(id)).toBe('running');
      const [again] = await store.nextItems(LIMITS);
      expect(again).toMatchObject({ source: 'b', attempts: 0 });
      expect(Buffer.from(again!.bytes!).toString()).toBe('# b');
      await store.finishItem(id, 1, ADDED);
      expect(await store.retryItems(id, null)).toBe(1);
      expect(await next()).toEqual(['a']);
      expect(await store.retryItems('nothing', null)).toBeNull();
    });

    it('puts off what was begun again and again without an end, but never before an earlier one of its source', async () => {
      const id = await create('a', 'b', 'c', 'a');
      for (let begun = 0; begun < LIMITS.aloneFrom; begun += 1) await store.beginItems(id, [0, 1]);
      expect(await next()).toEqual(['c']);
      await store.finishItem(id, 2, ADDED);
      await store.beginItems(id, [0]);
      const order: number[] = [];
      for (let [item] = await store.nextItems(LIMITS); item; [item] = await store.nextItems(LIMITS)) {
        order.push(item.ordinal);
        await store.finishItem(id, item.ordinal, ADDED);
      }
      expect(order).toEqual([1, 0, 3]);
    });

    it('tells what came to its end since the last look, in that order, each once', async () => {
      const id = await create('a', 'b', 'c');
      await store.finishItem(id, 1, ADDED);
      const seen = await store.listFinished(id, { limit: 10, after: 0 });
      expect(seen.map(({ source }) => source)).toEqual(['b']);
      await store.finishItem(id, 0, FAILED);
      await store.cancelJob(id);
      const later = await store.listFinished(id, { limit: 10, after: seen[0]!.finishedSequence! });
      expect(later.map(({ source, state: end }) => [source, end])).toEqual([
        ['a', 'failed'],
        ['c', 'cancelled'],
      ]);
    });

    it('adds what is found on the way, each source once and not more than allowed', async () => {
      const id = await store.createJob({ kind: 'site', items: [jobItem('start')] });
      const items = ['one', 'start', 'two', 'one', 'three'].map(jobItem);
      await store.finishItem(id, 0, ADDED, { items, most: 3 });
      expect(await next()).toEqual(['one', 'two']);
      expect((await store.getJob(id))!.leftOut).toBe(1);
      await store.finishItem(id, 1, ADDED, { items: ['three', 'four'].map(jobItem), most: 3 });
      expect((await store.getJob(id))!.leftOut).toBe(2);
      expect(await state(id)).not.toBe('completed');
      await store.cancelJob(id);
      await store.finishItem(id, 2, ADDED, { items: [jobItem('late')], most: 100 });
      expect(await state(id)).toBe('cancelled');
    });

    it('reads a file once that waits in two jobs: in the newer one', async () => {
      const item = { source: '/a.md', name: 'a.md', path: '/a.md', size: 5 };
      const older = await store.createJob({
        kind: 'folder',
        items: [item, { ...item, source: '/b', path: '/b' }],
      });
      const newer = await store.createJob({ kind: 'folder', items: [item] });
      expect(await states(older)).toEqual(['cancelled', 'waiting']);
      expect(await states(newer)).toEqual(['waiting']);
    });

    it('lists the newest first, page by page, and forgets old ones', async () => {
      const ids = [await create('a'), await create('b'), await create('c')];
      const list = await store.listJobs({ limit: 2 });
      expect(list.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
      expect((await store.listJobs({ limit: 2, before: ids[1]! })).map(({ id }) => id)).toEqual([ids[0]]);
      await store.finishItem(ids[0]!, 0, FAILED);
      expect(await store.pruneJobs('2020-01-01')).toBe(0);
      expect(await store.pruneJobs('2999-01-01')).toBe(1);
      expect(await store.getJob(ids[0]!)).toBeNull();
    });
  });
}
