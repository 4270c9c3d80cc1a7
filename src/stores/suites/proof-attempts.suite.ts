import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PausePolicy, ProofAttempts } from '../contracts.ts';
import type { OpenStore } from './knowledge-store.suite.ts';

const POLICY: PausePolicy = {
  pauseSeconds: (failures) => (failures < 2 ? 0 : 10 * failures),
  forgetSeconds: 1000,
};
const START = Date.UTC(2026, 10, 21, 12);
const later = (seconds: number): number => START + seconds * 1000;

export function proofAttemptsSuite(name: string, open: OpenStore<ProofAttempts>): void {
  describe(`${name} as a count of failed proofs`, () => {
    let store: ProofAttempts;
    let close: () => void | Promise<void>;
    const begin = (keys: string[], at: number): Promise<number | null> => store.begin(keys, at, POLICY);
    beforeEach(async () => void ({ store, close } = await open()));
    afterEach(() => close());

    it('pauses a key by how often it failed, and counts nothing while it does', async () => {
      expect(await begin(['a'], later(0))).toBeNull();
      expect(await begin(['a'], later(1))).toBeNull();
      expect(await begin(['a'], later(2))).toBe(later(21));
      expect(await begin(['a'], later(20.999))).toBe(later(21));
      expect(await begin(['a'], later(21))).toBeNull();
      expect(await begin(['a'], later(22))).toBe(later(51));
    });

    it('pauses for any of the keys, and then counts none of the others', async () => {
      await begin(['a', 'b'], later(0));
      await begin(['a'], later(0));
      for (let time = 0; time < 3; time += 1) expect(await begin(['a', 'c'], later(1))).toBe(later(20));
      expect(await begin(['c'], later(1))).toBeNull();
      expect(await begin(['c'], later(1))).toBeNull();
      expect(await begin(['b'], later(1))).toBeNull();
      expect(await begin(['a', 'c'], later(1))).toBe(later(21));
    });

    it('lets none of many tries at the same moment slip through', async () => {
      const ends = await Promise.all(Array.from({ length: 50 }, () => begin(['a'], later(0))));
      expect(ends.filter((end) => end === null)).toHaveLength(2);
    });

    it('takes back a try that was no failure, and never more than there were', async () => {
      await begin(['a'], later(0));
      await begin(['a'], later(0));
      await store.takeBack(['a', 'never seen']);
      expect(await begin(['a'], later(0))).toBeNull();
      expect(await begin(['a'], later(0))).toBe(later(20));
      for (let time = 0; time < 5; time += 1) await store.takeBack(['a']);
      expect(await begin(['a'], later(0))).toBeNull();
      expect(await begin(['a'], later(0))).toBeNull();
      expect(await begin(['a'], later(0))).toBe(later(20));
    });

    it('forgets what failed long ago', async () => {
      await begin(['a'], later(0));
      await begin(['a'], later(0));
      expect(await begin(['a'], later(1000))).toBeNull();
      expect(await begin(['a'], later(1000))).toBeNull();
      expect(await begin(['a'], later(1000))).toBe(later(1020));
    });

    it('does not pause for years when the clock was set back', async () => {
      await begin(['a'], later(1e8));
      await begin(['a'], later(1e8));
      expect(await begin(['a'], later(0))).toBe(later(20));
    });

    it('forgets the keys that begin so, and no other', async () => {
      for (const key of ['a:1', 'a:2', 'b:1'])
        for (let time = 0; time < 2; time += 1) await begin([key], later(0));
      await store.forget('a:');
      expect(await begin(['a:1', 'a:2'], later(0))).toBeNull();
      expect(await begin(['b:1'], later(0))).toBe(later(20));
    });

    it('never pauses who has no key', async () => {
      for (let time = 0; time < 9; time += 1) expect(await begin([], later(0))).toBeNull();
      await store.takeBack([]);
    });
  });
}
