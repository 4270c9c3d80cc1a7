import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { SILENCE_LIMIT_MS } from '../../src/stream/read-events.ts';
import { followLine, POSITION_HEADER, RETRY_MS } from './follow-line.ts';

interface Told {
  type: string;
  position?: number;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Each line is answered with what `lines` says; what comes after stays unsaid until the test says it. */
function follow({ mayRetry = true } = {}) {
  const opened: { after: number | null; say: (text: string) => void; end: () => void; signal: AbortSignal }[] =
    [];
  const states: string[] = [];
  const taken: Told[] = [];
  const returns = new Set<() => void>();
  const stop = followLine<Told>({
    open: async (after, signal) => {
      let controller!: ReadableStreamDefaultController<Uint8Array>;
      const body = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) });
      const say = (text: string): void => controller.enqueue(new TextEncoder().encode(text));
      signal.addEventListener('abort', () => {
        // As fetch does it; a line that was read to its end is closed already.
        try {
          controller.error(signal.reason);
        } catch {
          return;
        }
      });
      opened.push({ after, say, end: () => controller.close(), signal });
      return new Response(body, { headers: { [POSITION_HEADER]: '40' } });
    },
    positionOf: ({ position }) => position ?? null,
    take: (event) => taken.push(event),
    onState: (state) => states.push(state),
    mayRetry: async () => mayRetry,
    onReturn: (listener) => {
      returns.add(listener);
      return () => void returns.delete(listener);
    },
  });
  onTestFinished(stop);
  const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
  const comeBack = () => [...returns].forEach((listener) => listener());
  return { opened, states, taken, settle, comeBack, stop, returns };
}
const block = (event: Told): string => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;

it('opens a line anew on which nothing comes, behind what was seen, and tells of it', async () => {
  const { opened, states, taken, settle } = follow();
  await settle();
  opened[0]!.say(block({ type: 'message-add', position: 41 }));
  await settle(SILENCE_LIMIT_MS - 1_000);
  opened[0]!.say(':\n\n');
  await settle(SILENCE_LIMIT_MS - 1_000);
  expect(states).toEqual(['live']);
  // Half-open: no end, no error, no heartbeat.
  await settle(2_000);
  expect(states).toEqual(['live', 'lost']);
  await settle(RETRY_MS);
  expect(opened.map(({ after }) => after)).toEqual([null, 41]);
  expect(opened[0]!.signal.aborted).toBe(true);
  for (const position of [41, 42]) opened[1]!.say(block({ type: 'message-add', position }));
  opened[1]!.say(block({ type: 'typing-change' }));
  await settle();
  expect(states).toEqual(['live', 'lost', 'live']);
  expect(taken.map(({ position }) => position)).toEqual([41, 42, undefined]);
});

it('goes on from where it began when nothing had been told before the break', async () => {
  const { opened, settle } = follow();
  await settle();
  opened[0]!.end();
  await settle(RETRY_MS);
  expect(opened[1]!.after).toBe(40);
});

it('looks at once after a sleep in which timers stood still, and leaves a line alone that speaks', async () => {
  const { opened, states, settle, comeBack } = follow();
  await settle();
  comeBack();
  await settle();
  expect(states).toEqual(['live']);
  vi.setSystemTime(Date.now() + SILENCE_LIMIT_MS + 1);
  comeBack();
  await settle();
  expect(states).toEqual(['live', 'lost']);
  comeBack();
  await settle();
  expect(opened).toHaveLength(2);
});

it('ends with whoever signed out, and when it is told to', async () => {
  const out = follow({ mayRetry: false });
  await out.settle();
  out.opened[0]!.end();
  await out.settle(10 * RETRY_MS);
  expect(out.opened).toHaveLength(1);
  const left = follow();
  await left.settle();
  left.stop();
  await left.settle(10 * RETRY_MS);
  expect([left.opened.length, left.opened[0]!.signal.aborted, left.returns.size]).toEqual([1, true, 0]);
});
