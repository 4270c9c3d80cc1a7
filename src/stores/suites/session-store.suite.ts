import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestClock, type TestClock } from '../../testing/test-clock.ts';
import { newSession } from '../../answer/session.ts';
import type { Session, SessionStore } from '../memory-contracts.ts';

export type OpenSessions = (options: {
  now: () => number;
  timeToLive: number;
}) => Promise<{ store: SessionStore; close: () => void | Promise<void> }>;

const TIME_TO_LIVE = 60_000;

export function sessionStoreSuite(name: string, open: OpenSessions): void {
  describe(`${name} as a session store`, () => {
    let store: SessionStore;
    let close: () => void | Promise<void>;
    let clock: TestClock;
    beforeEach(async () => {
      clock = createTestClock();
      ({ store, close } = await open({ now: clock.now, timeToLive: TIME_TO_LIVE }));
    });
    afterEach(() => close());

    it('gives back the whole session, the last one put, of its conversation alone', async () => {
      const session: Session = {
        conversationId: 'one',
        summary: 'Q: Grüße 🥾?\nA: "Ja."',
        summarised: 4,
        products: ['TB-204', 'TB-205'],
        provenOrder: 'A-1001',
        asked: { kind: 'field', action: 'cancel_order', input: { number: 'A-1001' }, field: 'reason' },
      };
      await store.put(newSession('one'));
      await store.put(session);
      expect(await store.get('one')).toEqual(session);
      expect(await store.get('two')).toBeNull();
    });

    it('forgets a session when nobody wrote for its time to live; a put begins it anew', async () => {
      await store.put(newSession('one'));
      clock.advance(TIME_TO_LIVE - 1);
      await store.put(newSession('one'));
      clock.advance(TIME_TO_LIVE - 1);
      expect(await store.get('one')).not.toBeNull();
      clock.advance(1);
      expect(await store.get('one')).toBeNull();
    });

    it('does not prolong a session by reading it', async () => {
      await store.put(newSession('one'));
      for (let read = 0; read < 3; read++) {
        clock.advance(TIME_TO_LIVE / 3);
        await store.get('one');
      }
      expect(await store.get('one')).toBeNull();
    });

    it('removes one, and takes any id, however long', async () => {
      const long = 'x'.repeat(10_000);
      await store.put(newSession(long));
      await store.put(newSession('one'));
      expect((await store.get(long))?.conversationId).toBe(long);
      await store.remove(long);
      await store.remove('nothing');
      expect(await store.get(long)).toBeNull();
      expect(await store.get('one')).not.toBeNull();
    });
  });
}
