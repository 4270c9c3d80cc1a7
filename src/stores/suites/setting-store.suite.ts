import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SettingStore } from '../contracts.ts';
import type { OpenStore } from './knowledge-store.suite.ts';

export function settingStoreSuite(name: string, open: OpenStore<SettingStore>): void {
  describe(`${name} as a setting store`, () => {
    let store: SettingStore;
    let close: () => void | Promise<void>;
    beforeEach(async () => void ({ store, close } = await open()));
    afterEach(() => close());

    it('answers null for what was never set', async () => {
      expect(await store.get('demo')).toBeNull();
    });

    it('keeps the last value of each name, byte for byte', async () => {
      await store.set('demo', 'loaded');
      await store.set('greeting', 'Grüß Gott 🥾\n"');
      await store.set('demo', '');
      expect(await store.get('demo')).toBe('');
      expect(await store.get('greeting')).toBe('Grüß Gott 🥾\n"');
    });

    it('has another fingerprint when any value is another, and the same one again', async () => {
      const before = await store.fingerprint();
      await store.set('demo', 'loaded');
      const loaded = await store.fingerprint();
      await store.set('demo', 'removed');
      expect(new Set([before, loaded, await store.fingerprint()]).size).toBe(3);
      await store.set('demo', 'loaded');
      expect(await store.fingerprint()).toBe(loaded);
    });
  });
}
