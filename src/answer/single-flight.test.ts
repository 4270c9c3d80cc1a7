import { expect, it } from 'vitest';
import { createSingleFlight } from './single-flight.ts';

/** Work that ends when the test says so, and counts how often it was begun. */
function heldWork() {
  const signals: AbortSignal[] = [];
  let finish: (value: string) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const work = (signal: AbortSignal): Promise<string> => {
    signals.push(signal);
    return new Promise((resolve, reject) => {
      [finish, fail] = [resolve, reject];
      signal.addEventListener('abort', () => reject(new Error('stopped')));
    });
  };
  return { work, signals, finish: (value: string) => finish(value), fail: (error: Error) => fail(error) };
}

it('computes once for all who ask at the same time, and anew for who asks later', async () => {
  const { work, signals, finish } = heldWork();
  const flight = createSingleFlight<string>();
  const asked = [1, 2, 3].map(() => flight.run('a', work, new AbortController().signal));
  finish('60 days');
  expect(await Promise.all(asked)).toEqual(['60 days', '60 days', '60 days']);
  expect(signals).toHaveLength(1);
  expect(flight.size).toBe(0);
  const later = flight.run('a', work);
  finish('30 days');
  expect(await later).toBe('30 days');
  expect(signals).toHaveLength(2);
});

it('keeps other keys apart', async () => {
  const flight = createSingleFlight<string>();
  const [one, other] = [heldWork(), heldWork()];
  const asked = [flight.run('a', one.work), flight.run('b', other.work)];
  expect(flight.size).toBe(2);
  other.finish('b');
  one.finish('a');
  expect(await Promise.all(asked)).toEqual(['a', 'b']);
});

it('lets one go without stopping the work of the others', async () => {
  const { work, signals, finish } = heldWork();
  const flight = createSingleFlight<string>();
  const leaving = new AbortController();
  const gone = flight.run('a', work, leaving.signal);
  const stays = flight.run('a', work, new AbortController().signal);
  leaving.abort('closed the page');
  await expect(gone).rejects.toMatchObject({ code: 'cancelled', cause: 'closed the page' });
  expect(signals[0]?.aborted).toBe(false);
  finish('60 days');
  expect(await stays).toBe('60 days');
});

it('stops the work when the last one goes, and begins anew for who comes then', async () => {
  const { work, signals, finish } = heldWork();
  const flight = createSingleFlight<string>();
  const callers = [new AbortController(), new AbortController()];
  const gone = callers.map(({ signal }) => flight.run('a', work, signal));
  for (const caller of callers) caller.abort();
  const next = flight.run('a', work);
  expect(signals).toHaveLength(2);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  for (const one of gone) await expect(one).rejects.toMatchObject({ code: 'cancelled' });
  finish('60 days');
  expect(await next).toBe('60 days');
});

it('does not stop the work for callers without a signal', async () => {
  const { work, signals, finish } = heldWork();
  const flight = createSingleFlight<string>();
  const leaving = new AbortController();
  const patient = flight.run('a', work);
  const gone = flight.run('a', work, leaving.signal);
  leaving.abort();
  await expect(gone).rejects.toMatchObject({ code: 'cancelled' });
  expect(signals[0]?.aborted).toBe(false);
  finish('x');
  expect(await patient).toBe('x');
});

it('tells each of a failure, and forgets it', async () => {
  const { work, fail, finish } = heldWork();
  const flight = createSingleFlight<string>();
  const asked = [flight.run('a', work), flight.run('a', work, new AbortController().signal)];
  fail(new Error('broken'));
  for (const one of asked) await expect(one).rejects.toThrow('broken');
  const later = flight.run('a', work);
  finish('whole');
  expect(await later).toBe('whole');
});

it('does not begin for who has gone already', async () => {
  const { work, signals } = heldWork();
  const refused = createSingleFlight<string>().run('a', work, AbortSignal.abort());
  await expect(refused).rejects.toMatchObject({ code: 'cancelled' });
  expect(signals).toEqual([]);
});
