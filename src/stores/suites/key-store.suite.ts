import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KeyStore } from '../contracts.ts';
import type { OpenStore } from './knowledge-store.suite.ts';

export function keyStoreSuite(name: string, open: OpenStore<KeyStore>): void {
  describe(`${name} as a key store`, () => {
    let store: KeyStore;
    let close: () => void | Promise<void>;
    beforeEach(async () => void ({ store, close } = await open()));
    afterEach(() => close());

    it('takes nothing for the admin key while there is none', async () => {
      expect(await store.isAdminKey('')).toBe(false);
      expect(await store.isAdminKey('abx_anything')).toBe(false);
    });

    it('makes the key once, long enough not to be guessed', async () => {
      const key = await store.createAdminKeyIfNone();
      expect(key).toMatch(/^abx_[\w-]{43}$/);
      expect(await store.createAdminKeyIfNone()).toBeNull();
      expect(await store.isAdminKey(key!)).toBe(true);
    });

    it('knows the whole key alone', async () => {
      const key = (await store.createAdminKeyIfNone())!;
      for (const wrong of ['', 'abx_', key.slice(0, -1), `${key} `, key.toUpperCase(), 'x'.repeat(100_000)]) {
        expect(await store.isAdminKey(wrong), wrong.slice(0, 60)).toBe(false);
      }
    });

    it('makes the old key void with a new one', async () => {
      const old = (await store.createAdminKeyIfNone())!;
      const fresh = await store.resetAdminKey();
      expect(fresh).not.toBe(old);
      expect(await store.isAdminKey(old)).toBe(false);
      expect(await store.isAdminKey(fresh)).toBe(true);
    });
  });
}
