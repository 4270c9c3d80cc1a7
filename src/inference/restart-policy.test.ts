import { expect, test } from 'vitest';
import { RESTART, RestartPolicy } from './restart-policy.ts';

test('the wait doubles, and the third failure within a minute opens the breaker', () => {
  const policy = new RestartPolicy();
  expect(policy.failed(0)).toEqual({ open: false, delayMs: 500 });
  policy.loaded();
  expect(policy.failed(5_000)).toEqual({ open: false, delayMs: 1_000 });
  policy.loaded();
  expect(policy.failed(10_000)).toEqual({ open: true, delayMs: RESTART.openMs });
});

test('failures far apart never open it', () => {
  const policy = new RestartPolicy();
  for (let at = 0; at < 10; at += 1) {
    expect(policy.failed(at * RESTART.windowMs)).toEqual({ open: false, delayMs: 500 });
    policy.loaded();
  }
});

test('a failed try after the rest opens it again, a loaded one closes it', () => {
  const policy = new RestartPolicy();
  for (const at of [0, 1_000, 2_000]) policy.failed(at);
  expect(policy.failed(100_000).open).toBe(true);
  policy.loaded();
  expect(policy.failed(200_000).open).toBe(false);
});
