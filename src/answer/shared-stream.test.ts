import { expect, it } from 'vitest';
import { createSharedStream } from './shared-stream.ts';

/** Work that says and ends what the test says, and counts how often it was begun. */
function heldWork() {
  const signals: AbortSignal[] = [];
  let step: (value: { say: string } | { end: string } | { fail: Error }) => void = () => undefined;
  async function* work(signal: AbortSignal): AsyncGenerator<string, string> {
    signals.push(signal);
    const queue: Parameters<typeof step>[0][] = [];
    let wake: () => void = () => undefined;
    step = (value) => {
      queue.push(value);
      wake();
    };
    signal.addEventListener('abort', () => step({ fail: new Error('stopped') }));
    for (;;) {
      if (queue.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      const next = queue.shift()!;
      if ('say' in next) yield next.say;
      else if ('end' in next) return next.end;
      else throw next.fail;
    }
  }
  return {
    work,
    signals,
    say: (text: string) => step({ say: text }),
    end: (text: string) => step({ end: text }),
    fail: (error: Error) => step({ fail: error }),
  };
}

/** All that a listener heard, its end last. */
async function hear(stream: AsyncGenerator<string, string>): Promise<string[]> {
  const heard: string[] = [];
  for (;;) {
    const step = await stream.next();
    heard.push(step.value);
    if (step.done === true) return heard;
  }
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

it('computes once for all who ask at the same time, the late one hears it all, and anew later', async () => {
  const { work, signals, say, end } = heldWork();
  const shared = createSharedStream<string, string>();
  const first = [1, 2].map(() => hear(shared.run('a', work, new AbortController().signal)));
  await turn();
  say('Boots:');
  await turn();
  expect(shared.has('a')).toBe(true);
  const late = hear(shared.run('a', work));
  say('60 days');
  end('done');
  const all = ['Boots:', '60 days', 'done'];
  expect(await Promise.all([...first, late])).toEqual([all, all, all]);
  expect(signals).toHaveLength(1);
  await turn();
  expect(shared.size).toBe(0);
  const later = hear(shared.run('a', work));
  await turn();
  end('30 days');
  expect(await later).toEqual(['30 days']);
  expect(signals).toHaveLength(2);
});

it('keeps other keys apart', async () => {
  const shared = createSharedStream<string, string>();
  const [one, other] = [heldWork(), heldWork()];
  const asked = [hear(shared.run('a', one.work)), hear(shared.run('b', other.work))];
  await turn();
  expect(shared.size).toBe(2);
  other.end('b');
  one.end('a');
  expect(await Promise.all(asked)).toEqual([['a'], ['b']]);
});

it('lets one go, aborted or not listening any more, without stopping the work of the others', async () => {
  const { work, signals, say, end } = heldWork();
  const shared = createSharedStream<string, string>();
  const leaving = new AbortController();
  const gone = hear(shared.run('a', work, leaving.signal));
  const bored = shared.run('a', work);
  const stays = hear(shared.run('a', work, new AbortController().signal));
  const heard = bored.next();
  await turn();
  say('Boots:');
  await heard;
  await bored.return('');
  leaving.abort('closed the page');
  await expect(gone).rejects.toMatchObject({ code: 'cancelled', cause: 'closed the page' });
  expect(signals[0]?.aborted).toBe(false);
  end('60 days');
  expect(await stays).toEqual(['Boots:', '60 days']);
});

it('stops the work when the last one goes, and begins anew for who comes then', async () => {
  const { work, signals, end } = heldWork();
  const shared = createSharedStream<string, string>();
  const callers = [new AbortController(), new AbortController()];
  const gone = callers.map(({ signal }) => hear(shared.run('a', work, signal)));
  const failed = Promise.allSettled(gone);
  await turn();
  for (const caller of callers) caller.abort();
  const next = hear(shared.run('a', work));
  await turn();
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  for (const one of await failed)
    expect(one).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } });
  end('60 days');
  expect(await next).toEqual(['60 days']);
});

it('tells each of a failure, and forgets it', async () => {
  const { work, fail, end } = heldWork();
  const shared = createSharedStream<string, string>();
  const asked = [hear(shared.run('a', work)), hear(shared.run('a', work, new AbortController().signal))];
  const failed = Promise.allSettled(asked);
  await turn();
  fail(new Error('broken'));
  for (const one of await failed) expect(one).toMatchObject({ reason: { message: 'broken' } });
  const later = hear(shared.run('a', work));
  await turn();
  end('whole');
  expect(await later).toEqual(['whole']);
});

it('does not begin for who has gone already', async () => {
  const { work, signals } = heldWork();
  const refused = hear(createSharedStream<string, string>().run('a', work, AbortSignal.abort()));
  await expect(refused).rejects.toMatchObject({ code: 'cancelled' });
  expect(signals).toEqual([]);
});
