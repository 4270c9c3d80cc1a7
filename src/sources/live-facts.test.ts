import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { scriptedSource, stockOf } from '../testing/scripted-source.ts';
import { createLiveFacts } from './live-facts.ts';
import type { TriedSource } from './ask-in-turn.ts';
import type { FactRequest, FactResult, LiveSource } from './source-contracts.ts';

const hang = (): Promise<FactResult> => new Promise(() => undefined);
const unknown = async (): Promise<FactResult> => ({ outcome: 'unknown' });
const broken = async (): Promise<FactResult> => ({ outcome: 'failed', reason: 'it answered 500' });
const STOCK: FactRequest = { kind: 'stock', key: 'A1' };
const TOO_SLOW: FactResult = { outcome: 'failed', reason: 'too slow' };

async function readOne(
  ...sources: LiveSource[]
): Promise<{ result: FactResult | undefined; tried: string[] }> {
  const tried: TriedSource[] = [];
  const facts = createLiveFacts(sources, { budgetMs: 500 });
  const results = await facts.read([STOCK], {
    signal: new AbortController().signal,
    onTried: (one) => tried.push(one),
  });
  return {
    result: results.get('stock:A1'),
    tried: tried.map(({ source, result }) => `${source} ${result.outcome}`),
  };
}

describe('live facts', () => {
  it('are asked of the sources in their order, until one knows', async () => {
    const last = scriptedSource('last', async () => stockOf(3));
    const { result, tried } = await readOne(
      scriptedSource('prices', hang, ['price']),
      scriptedSource('first', unknown),
      scriptedSource('second', async () => stockOf(2)),
      last,
    );
    expect(result).toEqual(stockOf(2));
    expect(tried).toEqual(['first unknown', 'second found']);
    expect(last.asked).toEqual([]);
  });

  it('come from the next source when one fails, and the failure is told', async () => {
    const { result, tried } = await readOne(
      scriptedSource('first', broken),
      scriptedSource('second', () => Promise.reject(new Error('a bug'))),
      scriptedSource('third', () => {
        throw new Error('another');
      }),
      scriptedSource('fourth', async () => stockOf(2)),
    );
    expect(result).toEqual({ ...stockOf(2), insteadOf: ['first', 'second', 'third'] });
    expect(tried).toEqual(['first failed', 'second failed', 'third failed', 'fourth found']);
  });

  it('are unknown only when every source answered', async () => {
    expect((await readOne(scriptedSource('a', unknown), scriptedSource('b', unknown))).result).toEqual({
      outcome: 'unknown',
    });
    expect((await readOne(scriptedSource('a', broken), scriptedSource('b', unknown))).result).toEqual({
      outcome: 'failed',
      reason: 'it answered 500',
    });
    expect((await readOne()).result).toEqual({ outcome: 'unknown' });
  });

  it('are read once for equal requests', async () => {
    const source = scriptedSource('one', async ({ key }) => stockOf(1, { key }));
    const facts = createLiveFacts([source], { budgetMs: 500 });
    const { signal } = new AbortController();
    const results = await facts.read([STOCK, { ...STOCK }, { kind: 'stock', key: 'B' }], { signal });
    expect([...results.keys()]).toEqual(['stock:A1', 'stock:B']);
    expect(source.asked).toHaveLength(2);
    expect(await facts.read([], { signal })).toEqual(new Map());
    await facts.close();
  });
});

describe('the budget of live facts', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('ends the wait for what hangs, keeps what came, and tells the sources to stop', async () => {
    const slow = scriptedSource('slow', async (request) => (request.key === 'A1' ? hang() : stockOf(1)));
    const facts = createLiveFacts([slow], { budgetMs: 500 });
    const tried: TriedSource[] = [];
    const reading = facts.read([STOCK, { kind: 'stock', key: 'B' }], {
      signal: new AbortController().signal,
      onTried: (one) => tried.push(one),
    });
    let done = false;
    void reading.then(() => (done = true));
    await vi.advanceTimersByTimeAsync(499);
    expect(done).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await reading).toEqual(
      new Map([
        ['stock:A1', TOO_SLOW],
        ['stock:B', stockOf(1)],
      ]),
    );
    expect(slow.asked[0]?.signal).toMatchObject({ aborted: true, reason: { name: 'TimeoutError' } });
    expect(tried.map(({ request, result }) => `${request.key} ${result.outcome}`)).toEqual([
      'B found',
      'A1 failed',
    ]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not used up by a first source that hangs: the next is asked beside it, and believed', async () => {
    const hanging = scriptedSource('hanging', hang);
    const next = scriptedSource('next', async () => stockOf(2));
    const tried: string[] = [];
    const reading = createLiveFacts([hanging, next], { budgetMs: 500 }).read([STOCK], {
      signal: new AbortController().signal,
      onTried: ({ source, result }) => tried.push(`${source} ${result.outcome}`),
    });
    await vi.advanceTimersByTimeAsync(299);
    expect(next.asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    // What could not be checked is told with the answer.
    expect((await reading).get('stock:A1')).toEqual({ ...stockOf(2), insteadOf: ['hanging'] });
    expect(hanging.asked[0]?.signal.aborted).toBe(true);
    expect(tried).toEqual(['next found', 'hanging failed']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('lets a slow first source answer as long as no later one knows', async () => {
    const slow = scriptedSource('slow', async () => {
      await new Promise((resolve) => setTimeout(resolve, 450));
      return stockOf(5);
    });
    const reading = createLiveFacts([slow, scriptedSource('next', unknown)], { budgetMs: 500 }).read(
      [STOCK],
      {
        signal: new AbortController().signal,
      },
    );
    await vi.advanceTimersByTimeAsync(450);
    expect((await reading).get('stock:A1')).toEqual(stockOf(5));
  });

  it('leaves time for a third source when two hang', async () => {
    const sources = [scriptedSource('one', hang), scriptedSource('two', hang)];
    const reading = createLiveFacts([...sources, scriptedSource('three', async () => stockOf(7))], {
      budgetMs: 500,
    }).read([STOCK], { signal: new AbortController().signal });
    await vi.advanceTimersByTimeAsync(420);
    expect((await reading).get('stock:A1')).toEqual({ ...stockOf(7), insteadOf: ['one', 'two'] });
  });

  it('is for all sources of a fact together', async () => {
    const late = scriptedSource('late', async () => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      return { outcome: 'unknown' };
    });
    const reading = createLiveFacts([late, { ...late, name: 'later' }], { budgetMs: 500 }).read([STOCK], {
      signal: new AbortController().signal,
    });
    await vi.advanceTimersByTimeAsync(500);
    expect((await reading).get('stock:A1')).toEqual(TOO_SLOW);
  });

  it.each([undefined, new DOMException('the request took too long', 'TimeoutError')])(
    'does not hide that the asker left (%s)',
    async (reason) => {
      const asker = new AbortController();
      const facts = createLiveFacts([scriptedSource('one', hang)], { budgetMs: 500 });
      const reading = facts.read([STOCK], { signal: asker.signal });
      asker.abort(reason);
      await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
      await expect(facts.read([STOCK], { signal: asker.signal })).rejects.toMatchObject({
        code: 'cancelled',
      });
      expect(vi.getTimerCount()).toBe(0);
    },
  );
});
