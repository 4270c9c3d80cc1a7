import { describe, expect, it } from 'vitest';
import { deferred, scriptedSource, stockOf, type ScriptedSource } from '../testing/scripted-source.ts';
import { cacheSource } from './cached-source.ts';
import type { FactResult, LiveSource } from './source-contracts.ts';

const read = (source: LiveSource, key = 'A1', signal = new AbortController().signal): Promise<FactResult> =>
  source.read({ kind: 'stock', key }, { signal });

/** Counts its readings: the stock it tells is how often it was asked. */
function counting(): ScriptedSource {
  const source: ScriptedSource = scriptedSource('one', async ({ key }) =>
    stockOf(source.asked.length, { key }),
  );
  return source;
}

describe('a cached source', () => {
  it('serves a reading again for its seconds, with the time it was read', async () => {
    let time = 1_000_000;
    const source = scriptedSource('one', async () => stockOf(1, { readAt: new Date(time).toISOString() }));
    const cached = cacheSource(source, { seconds: 30, now: () => time });
    const first = await read(cached);
    time += 29_999;
    expect(await read(cached)).toEqual(first);
    time += 1;
    expect(await read(cached)).not.toEqual(first);
    expect(source.asked).toHaveLength(2);
    time -= 3_600_000;
    await read(cached);
    expect(source.asked).toHaveLength(3);
  });

  it('reads every time with 0 seconds, and tells keys and kinds apart', async () => {
    const source = counting();
    const never = cacheSource(source, { seconds: 0 });
    await read(never);
    await read(never);
    expect(source.asked).toHaveLength(2);
    const cached = cacheSource(source, { seconds: 60 });
    await read(cached, 'A1');
    await read(cached, 'A2');
    await cached.read({ kind: 'price', key: 'A1' }, { signal: new AbortController().signal });
    expect(source.asked).toHaveLength(5);
  });

  it('keeps that there is none, but no failure', async () => {
    const results: FactResult[] = [{ outcome: 'failed', reason: 'too slow' }, { outcome: 'unknown' }];
    const source = scriptedSource('one', async () => results.shift() ?? stockOf(9));
    const cached = cacheSource(source, { seconds: 60 });
    expect(await read(cached)).toMatchObject({ outcome: 'failed' });
    expect(await read(cached)).toEqual({ outcome: 'unknown' });
    expect(await read(cached)).toEqual({ outcome: 'unknown' });
  });

  it('is bounded, and gives up first what was used longest ago', async () => {
    const source = counting();
    const cached = cacheSource(source, { seconds: 60, mostEntries: 2 });
    for (const key of ['A', 'B', 'A', 'C', 'A', 'B']) await read(cached, key);
    expect(source.asked.map(({ request }) => request.key)).toEqual(['A', 'B', 'C', 'B']);
  });

  it.each([0, 60])('reads equal requests in flight once (%i seconds)', async (seconds) => {
    const gate = deferred<FactResult>();
    const source = scriptedSource('one', () => gate.promise);
    const cached = cacheSource(source, { seconds });
    const readings = [read(cached), read(cached), read(cached)];
    gate.resolve(stockOf(5));
    expect(await Promise.all(readings)).toEqual([stockOf(5), stockOf(5), stockOf(5)]);
    expect(source.asked).toHaveLength(1);
  });

  it('lets one asker leave without the others, and gives up when the last has left', async () => {
    const gate = deferred<FactResult>();
    const source = scriptedSource('one', () => gate.promise);
    const cached = cacheSource(source, { seconds: 60 });
    const [one, two] = [new AbortController(), new AbortController()];
    const [first, second] = [read(cached, 'A1', one.signal), read(cached, 'A1', two.signal)];
    one.abort();
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    expect(source.asked[0]?.signal.aborted).toBe(false);
    two.abort('gone');
    await expect(second).rejects.toMatchObject({ code: 'cancelled' });
    expect(source.asked[0]?.signal).toMatchObject({ aborted: true, reason: 'gone' });
    const third = read(cached);
    expect(source.asked).toHaveLength(2);
    gate.resolve(stockOf(5));
    expect(await third).toEqual(stockOf(5));
  });

  it('passes on what its source throws, and reads again', async () => {
    const source = scriptedSource('one', async () => Promise.reject(new Error('a bug')));
    const cached = cacheSource(source, { seconds: 60 });
    await expect(read(cached)).rejects.toThrow('a bug');
    await expect(read(cached)).rejects.toThrow('a bug');
    expect(source.asked).toHaveLength(2);
  });
});
