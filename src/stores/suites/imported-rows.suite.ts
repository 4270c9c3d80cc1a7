import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { rowsOf } from '../../testing/synthetic-catalogue.ts';
import type { ImportCounts } from '../catalogue-contracts.ts';

/** Rows of an import that is too large to be written at once. */
const MANY = 2_600;

/** Products or orders, seen alike. */
export interface ImportedRows<Row> {
  row: (key: string) => Row;
  /** The same row with something else in it. */
  altered: (row: Row) => Row;
  import: (
    rows: AsyncIterable<Row>,
    options: { replace: boolean; signal?: AbortSignal },
  ) => Promise<ImportCounts>;
  get: (key: string) => Promise<(Row & { updatedAt: string }) | null>;
  /** Keys as they are printed. */
  list: (options: { limit: number; after?: string }) => Promise<string[]>;
  removeAll: () => Promise<number>;
  counts: () => Promise<{ rows: number; version: number }>;
}

/** What holds for whatever is imported as a whole. Adds tests to the suite that calls it. */
export function importedRowsSuite<Row extends object>(open: () => ImportedRows<Row>): void {
  it('gives back what was imported, whatever the spelling of its key', async () => {
    const { row, get, import: take } = open();
    expect(await take(rowsOf(row('AB-1'), row('AB-2')), { replace: true })).toEqual({
      added: 2,
      changed: 0,
      unchanged: 0,
      removed: 0,
    });
    const found = (await get(' ab 1'))!;
    expect(found).toEqual({ ...row('AB-1'), updatedAt: found.updatedAt });
    expect(Date.parse(found.updatedAt)).not.toBeNaN();
    expect(await get('AB-3')).toBeNull();
  });

  it('counts only rows that truly differ as changed, and grows its version only then', async () => {
    const { row, altered, counts, import: take } = open();
    await take(rowsOf(row('A'), row('B'), row('C')), { replace: true });
    const { version } = await counts();
    expect(await take(rowsOf(row('C'), row('A'), row('B')), { replace: true })).toMatchObject({
      added: 0,
      changed: 0,
      unchanged: 3,
    });
    expect((await counts()).version).toBe(version);
    const counted = await take(rowsOf(row('A'), altered(row('B')), row('D')), { replace: true });
    expect(counted).toEqual({ added: 1, changed: 1, unchanged: 1, removed: 1 });
    expect(await counts()).toEqual({ rows: 3, version: version + 1 });
  });

  it('keeps what the rows do not name, unless they replace all', async () => {
    const { row, altered, get, list, import: take } = open();
    await take(rowsOf(row('A'), row('B')), { replace: true });
    const counted = await take(rowsOf(altered(row('B')), row('C')), { replace: false });
    expect(counted).toEqual({ added: 1, changed: 1, unchanged: 0, removed: 0 });
    expect(await list({ limit: 10 })).toEqual(['A', 'B', 'C']);
    expect(await get('B')).toMatchObject(altered(row('B')));
  });

  it.each([true, false])('says of an unchanged row when it came again (replace %s)', async (replace) => {
    const { row, get, import: take } = open();
    await take(rowsOf(row('A')), { replace: true });
    const { updatedAt } = (await get('A'))!;
    while (new Date().toISOString() === updatedAt) await Promise.resolve();
    await take(rowsOf(row('A')), { replace });
    expect((await get('A'))!.updatedAt > updatedAt).toBe(true);
  });

  it('lets the last of several rows with one key stand, its spelling too', async () => {
    const { row, altered, list, import: take } = open();
    const counted = await take(rowsOf(row('ab-1'), altered(row('AB 1'))), { replace: true });
    expect(counted.added).toBe(1);
    expect(await list({ limit: 10 })).toEqual(['AB 1']);
  });

  it('leaves what was there when the source breaks off', async () => {
    const { row, list, counts, import: take } = open();
    await take(rowsOf(row('A')), { replace: true });
    const before = await counts();
    async function* broken(): AsyncGenerator<Row> {
      for (let index = 0; index < 1_200; index++) yield row(`N${index}`);
      throw new Error('the cable is out');
    }
    await expect(take(broken(), { replace: true })).rejects.toThrow('the cable is out');
    expect(await list({ limit: 10 })).toEqual(['A']);
    expect(await counts()).toEqual(before);
    expect((await take(rowsOf(row('B')), { replace: true })).removed).toBe(1);
  });

  it('leaves what was there when it is cancelled, even while the source hangs', async () => {
    const { row, list, import: take } = open();
    await take(rowsOf(row('A')), { replace: true });
    const controller = new AbortController();
    async function* hanging(): AsyncGenerator<Row> {
      yield row('B');
      controller.abort();
      await new Promise(() => undefined);
    }
    await expect(take(hanging(), { replace: true, signal: controller.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
    await expect(
      take(rowsOf(row('B')), { replace: true, signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(await list({ limit: 10 })).toEqual(['A']);
  });

  it('takes two imports at once, each as a whole', async () => {
    const { row, list, import: take } = open();
    await Promise.all([
      take(rowsOf(...['A', 'B'].map(row)), { replace: false }),
      take(rowsOf(...['C', 'D'].map(row)), { replace: false }),
    ]);
    expect(await list({ limit: 10 })).toEqual(['A', 'B', 'C', 'D']);
  });

  it('lists in order of the key, page after page', async () => {
    const { row, list, import: take } = open();
    await take(rowsOf(...['C', 'A', 'D', 'B'].map(row)), { replace: true });
    expect(await list({ limit: 3 })).toEqual(['A', 'B', 'C']);
    expect(await list({ limit: 3, after: 'C' })).toEqual(['D']);
  });

  it('removes all, and says how many there were', async () => {
    const { row, list, counts, removeAll, import: take } = open();
    await take(rowsOf(row('A'), row('B')), { replace: true });
    const { version } = await counts();
    expect(await removeAll()).toBe(2);
    expect(await list({ limit: 10 })).toEqual([]);
    expect(await counts()).toEqual({ rows: 0, version: version + 1 });
    expect(await removeAll()).toBe(0);
    expect((await counts()).version).toBe(version + 1);
  });

  it('is emptied by a whole that is empty', async () => {
    const { row, counts, import: take } = open();
    await take(rowsOf(row('A')), { replace: true });
    expect(await take(rowsOf<Row>(), { replace: true })).toMatchObject({ removed: 1 });
    expect((await counts()).rows).toBe(0);
  });

  it('answers as it was until a large import is there as a whole', async () => {
    const { row, altered, get, counts, import: take } = open();
    const keys = Array.from({ length: MANY }, (_, index) => `N${index}`);
    await take(rowsOf(...keys.map(row)), { replace: true });
    const { version } = await counts();
    const changed = keys.slice(1).map((key) => altered(row(key)));
    const seen = new Set<string>();
    const look = async (): Promise<void> => {
      const [first, last, gone] = await Promise.all([get('N1'), get(`N${MANY - 1}`), get('N0')]);
      const isOld = (key: string, found: Row | null): boolean => {
        const { updatedAt: _, ...own } = found as Row & { updatedAt: string };
        return isDeepStrictEqual(own, row(key));
      };
      seen.add(`${isOld('N1', first)} ${isOld(`N${MANY - 1}`, last)} ${gone !== null}`);
    };
    let done = false;
    const importing = take(rowsOf(...changed, row('NEW')), { replace: true }).finally(() => (done = true));
    for (; !done; await new Promise(setImmediate)) await look();
    expect(await importing).toEqual({ added: 1, changed: MANY - 1, unchanged: 0, removed: 1 });
    await look();
    expect([...seen].sort()).toEqual(['false false false', 'true true true']);
    expect(await counts()).toEqual({ rows: MANY, version: version + 1 });
  });

  it('keeps what a large import does not name, and takes two large ones at once', async () => {
    const { row, altered, get, counts, import: take } = open();
    const of = (letter: string): Row[] =>
      Array.from({ length: MANY }, (_, index) => row(`${letter}${index}`));
    await take(rowsOf(row('OLD'), ...of('A')), { replace: true });
    const counted = await Promise.all([
      take(rowsOf(...of('A').map(altered)), { replace: false }),
      take(rowsOf(...of('B')), { replace: false }),
    ]);
    expect(counted.map(({ added, changed }) => added + changed)).toEqual([MANY, MANY]);
    expect((await counts()).rows).toBe(2 * MANY + 1);
    expect(await get('OLD')).toMatchObject(row('OLD'));
    expect(await get('A7')).toMatchObject(altered(row('A7')));
    expect(await get(`B${MANY - 1}`)).toMatchObject(row(`B${MANY - 1}`));
  });

  it('does not bring back what is removed while a large import is compared', async () => {
    const { row, list, removeAll, import: take } = open();
    await take(rowsOf(row('OLD')), { replace: true });
    const importing = take(rowsOf(...Array.from({ length: MANY }, (_, index) => row(`N${index}`))), {
      replace: false,
    });
    for (let turns = 0; turns < 12; turns++) await new Promise(setImmediate);
    await removeAll();
    await importing;
    expect(await list({ limit: MANY, after: 'NZ' })).toEqual([]);
  });

  it('leaves what was there when a large import is cancelled at any moment', async () => {
    const { row, altered, list, get, import: take } = open();
    const keys = Array.from({ length: MANY }, (_, index) => `N${String(index).padStart(5, '0')}`);
    await take(rowsOf(...keys.map(row)), { replace: true });
    for (const after of [1, 5, 9, 13, 17]) {
      const controller = new AbortController();
      const importing = take(rowsOf(...keys.map((key) => altered(row(key)))), {
        replace: true,
        signal: controller.signal,
      });
      void importing.catch(() => undefined);
      for (let turns = 0; turns < after; turns++) await new Promise(setImmediate);
      controller.abort();
      const isDone = await importing.then(
        () => true,
        () => false,
      );
      const wanted = isDone ? altered(row('N00007')) : row('N00007');
      expect(await get('N00007')).toMatchObject(wanted);
      expect(await list({ limit: MANY + 1 })).toEqual(keys);
      if (isDone) return;
    }
  });

  it('lets other work run while 20,000 rows are staged', async () => {
    const { row, counts, import: take } = open();
    async function* many(): AsyncGenerator<Row> {
      for (let index = 0; index < 20_000; index++) yield row(`N${index}`);
    }
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    await take(many(), { replace: true });
    clearInterval(timer);
    expect((await counts()).rows).toBe(20_000);
    expect(turns).toBeGreaterThan(10);
  });
}
