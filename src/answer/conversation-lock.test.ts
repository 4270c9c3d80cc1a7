import { expect, it } from 'vitest';
import { createConversationLock } from './conversation-lock.ts';

/** Settles everything that can go on by now. */
const settle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

it('lets the messages of one conversation through one at a time, in order', async () => {
  const lock = createConversationLock();
  const order: string[] = [];
  let together = 0;
  const answer = async (name: string): Promise<void> => {
    const release = await lock.acquire('one');
    together += 1;
    expect(together).toBe(1);
    order.push(name);
    await settle();
    together -= 1;
    release();
  };
  await Promise.all(['a', 'b', 'c', 'd'].map(answer));
  expect(order).toEqual(['a', 'b', 'c', 'd']);
  expect(lock.size).toBe(0);
});

it('does not make other conversations wait', async () => {
  const lock = createConversationLock();
  await lock.acquire('one');
  const release = await lock.acquire('two');
  expect(lock.size).toBe(2);
  release();
  expect(lock.size).toBe(1);
});

it('refuses one more than may wait, and takes it when there is room again', async () => {
  const lock = createConversationLock(2);
  const release = await lock.acquire('one');
  const waiting = [lock.acquire('one'), lock.acquire('one')];
  await settle();
  await expect(lock.acquire('one')).rejects.toMatchObject({ code: 'conversation_busy', status: 429 });
  release();
  release();
  (await waiting[0]!)();
  const last = lock.acquire('one');
  (await waiting[1]!)();
  (await last)();
  expect(lock.size).toBe(0);
});

it('does not hand a turn to one that has gone', async () => {
  const lock = createConversationLock();
  const release = await lock.acquire('one');
  const leaving = new AbortController();
  const gone = lock.acquire('one', leaving.signal);
  const stays = lock.acquire('one', new AbortController().signal);
  await settle();
  leaving.abort('closed the page');
  await expect(gone).rejects.toMatchObject({ code: 'cancelled', cause: 'closed the page' });
  release();
  (await stays)();
  await expect(lock.acquire('one', AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  expect(lock.size).toBe(0);
});
