import { availableParallelism } from 'node:os';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { hasCode } from '../errors.ts';
import { COMPUTE, ComputeLane, computeNumbers } from './schedule.ts';

/** A job that ends when told to. */
function job(): {
  run: () => Promise<void>;
  end: () => void;
  fail: (error: Error) => void;
  started: boolean;
} {
  let end: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const done = new Promise<void>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  const self = { run: () => ((self.started = true), done), end, fail, started: false };
  return self;
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('ComputeLane', () => {
  test('runs one job at a time, questions before ingest, first come first', async () => {
    const lane = new ComputeLane();
    const done: string[] = [];
    const gate = job();
    const first = lane.run(gate.run, { priority: 'ingest' });
    const rest = (['ingest', 'question', 'ingest', 'question'] as const).map((priority, index) =>
      lane.run(async () => void done.push(`${priority}${index}`), { priority }),
    );
    expect(lane.load()).toMatchObject({ waiting: 4, running: 1 });
    gate.end();
    await Promise.all([first, ...rest]);
    expect(done).toEqual(['question1', 'question3', 'ingest0', 'ingest2']);
    expect(lane.load()).toMatchObject({ waiting: 0, running: 0 });
  });

  test('never runs two jobs, whatever settles in between', async () => {
    const lane = new ComputeLane();
    let running = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await settle();
      running -= 1;
      if (Math.random() < 0.3) throw new Error('some jobs fail');
    };
    await Promise.allSettled(Array.from({ length: 60 }, () => lane.run(work)));
    expect(most).toBe(1);
    expect(lane.load()).toMatchObject({ waiting: 0, running: 0 });
  });

  test('a run may come beside a text, a second text and ingest may not', async () => {
    const lane = new ComputeLane({ ...COMPUTE, ingestLingerMs: 0 });
    const [first, second, ingest] = [job(), job(), job()];
    const texts = [first, second].map(({ run }) => lane.run(run, { kind: 'text' }));
    const late = lane.run(ingest.run, { priority: 'ingest' });
    await expect(lane.run(async () => 'beside')).resolves.toBe('beside');
    expect([first.started, second.started, ingest.started]).toEqual([true, false, false]);
    first.end();
    await texts[0];
    expect([second.started, ingest.started]).toEqual([true, false]);
    second.end();
    await texts[1];
    expect(ingest.started).toBe(true);
    ingest.end();
    await late;
    expect(lane.load()).toMatchObject({ waiting: 0, running: 0 });
  });

  test('a failed job gives the lane on', async () => {
    const lane = new ComputeLane();
    const gate = job();
    const first = lane.run(gate.run);
    const second = lane.run(async () => 'second');
    gate.fail(new Error('broken'));
    await expect(first).rejects.toThrow('broken');
    await expect(second).resolves.toBe('second');
  });

  test('an abort takes a waiting job out and leaves the others in order', async () => {
    const lane = new ComputeLane();
    const gate = job();
    const first = lane.run(gate.run);
    const stop = new AbortController();
    const waiting = job();
    const second = lane.run(waiting.run, { signal: stop.signal });
    const third = lane.run(async () => 'third');
    stop.abort(new Error('left'));
    await expect(second).rejects.toSatisfy((error) => hasCode(error, 'cancelled'));
    expect(lane.load()).toMatchObject({ waiting: 1, running: 1 });
    gate.end();
    await first;
    await expect(third).resolves.toBe('third');
    expect(waiting.started).toBe(false);
  });

  test('a signal raised before takes no place', async () => {
    const lane = new ComputeLane();
    await expect(lane.run(async () => 1, { signal: AbortSignal.abort() })).rejects.toSatisfy((error) =>
      hasCode(error, 'cancelled'),
    );
    expect(lane.load()).toMatchObject({ waiting: 0, running: 0 });
  });

  test('an abort after the start keeps the lane until the job settles', async () => {
    const lane = new ComputeLane();
    const gate = job();
    const stop = new AbortController();
    const first = lane.run(gate.run, { signal: stop.signal });
    stop.abort();
    await settle();
    expect(lane.load().running).toBe(1);
    gate.end();
    await first;
    expect(lane.load().running).toBe(0);
  });

  test('says overloaded with numbers when too many questions wait, and never to ingest', async () => {
    const lane = new ComputeLane({ ...COMPUTE, maxWaitingQuestions: 2 });
    const gate = job();
    const open = [
      lane.run(gate.run),
      lane.run(settle),
      lane.run(settle),
      lane.run(settle, { priority: 'ingest' }),
    ];
    const refused = await lane.run(settle).catch((error: unknown) => error);
    expect(hasCode(refused, 'overloaded') && refused.details).toEqual({
      waiting: 2,
      seconds: expect.any(Number),
    });
    gate.end();
    await Promise.all(open);
    await expect(lane.run(async () => 'again')).resolves.toBe('again');
  });
});

describe('ComputeLane, ingest beside questions', () => {
  afterEach(() => void vi.useRealTimers());

  /** Ends after so many milliseconds and notes when it began. */
  function timed(begun: number[], milliseconds: number): () => Promise<void> {
    return () => {
      begun.push(Date.now());
      return new Promise((resolve) => setTimeout(resolve, milliseconds));
    };
  }

  test('does not slip into the gap between two jobs of an answer', async () => {
    vi.useFakeTimers({ now: 0 });
    const lane = new ComputeLane({ ...COMPUTE, ingestLingerMs: 40, ingestPatienceMs: 400 });
    const [questions, slices]: number[][] = [[], []];
    void lane.run(timed(questions!, 10));
    void lane.run(timed(slices!, 50), { priority: 'ingest' });
    await vi.advanceTimersByTimeAsync(30);
    void lane.run(timed(questions!, 10));
    await vi.advanceTimersByTimeAsync(200);
    expect(questions).toEqual([0, 30]);
    expect(slices).toEqual([80]);
  });

  test('takes a gap when it has waited long, and once only', async () => {
    vi.useFakeTimers({ now: 0 });
    const lane = new ComputeLane({ ...COMPUTE, ingestLingerMs: 40, ingestPatienceMs: 400 });
    const slices: number[] = [];
    const ingest = async (): Promise<void> => {
      for (let slice = 0; slice < 5; slice += 1) await lane.run(timed(slices, 20), { priority: 'ingest' });
    };
    void lane.run(timed([], 20));
    void ingest();
    for (let at = 0; at < 1_000; at += 30) {
      void lane.run(timed([], 20));
      await vi.advanceTimersByTimeAsync(30);
    }
    expect(slices).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(200);
    expect(slices).toHaveLength(5);
  });
});

describe('computeNumbers', () => {
  test.each([
    [1, { onnxThreads: 1, llamaThreads: 1, onnxBatchRows: 1 }],
    [2, { onnxThreads: 2, llamaThreads: 1, onnxBatchRows: 1 }],
    [8, { onnxThreads: 8, llamaThreads: 7, onnxBatchRows: 1 }],
    [64, { onnxThreads: 16, llamaThreads: 8, onnxBatchRows: 1 }],
  ])('%i cores', (cores, expected) => {
    expect(computeNumbers(cores)).toMatchObject(expected);
  });

  test('no number means all cores', () => {
    expect(computeNumbers(0)).toEqual(computeNumbers(availableParallelism()));
    expect(computeNumbers(0)).toEqual(COMPUTE);
  });
});
