import { expect, test } from 'vitest';
import { TurnLock } from './turn-lock.ts';

test('never two at once, runs before steps, failures give the turn on', async () => {
  const lock = new TurnLock();
  const done: string[] = [];
  let inside = 0;
  const work = (name: string) => async (): Promise<void> => {
    inside += 1;
    expect(inside).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    inside -= 1;
    done.push(name);
    if (name === 'step 1') throw new Error('broken step');
  };
  const steps = ['step 1', 'step 2', 'step 3'].map((name) => lock.step(work(name)));
  const runs = ['run 1', 'run 2'].map((name) => lock.run(work(name)));
  const results = await Promise.allSettled([...steps, ...runs]);
  expect(done).toEqual(['step 1', 'run 1', 'run 2', 'step 2', 'step 3']);
  expect(results.map(({ status }) => status)).toEqual(['rejected', ...Array<string>(4).fill('fulfilled')]);
});
