import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestClock, type TestClock } from '../../testing/test-clock.ts';
import type { CustomerMemory } from '../memory-contracts.ts';

export type OpenCustomers = (options: {
  now: () => number;
}) => Promise<{ store: CustomerMemory; close: () => void | Promise<void> }>;

export function customerMemorySuite(name: string, open: OpenCustomers): void {
  describe(`${name} as a customer memory`, () => {
    let store: CustomerMemory;
    let close: () => void | Promise<void>;
    let clock: TestClock;
    beforeEach(async () => {
      clock = createTestClock();
      ({ store, close } = await open({ now: clock.now }));
    });
    afterEach(() => close());

    it('keeps nothing without consent', async () => {
      expect(await store.hasConsent('ada')).toBe(false);
      expect(await store.note('ada', { name: 'shoe size', value: '42' })).toBe(false);
      await store.setConsent('ada', true);
      expect(await store.facts('ada')).toEqual([]);
    });

    it('keeps facts with their time, each customer their own; the last value of a name counts', async () => {
      await store.setConsent('ada', true);
      await store.setConsent('bob', true);
      expect(await store.note('ada', { name: 'shoe size', value: '42' })).toBe(true);
      clock.advance(1_000);
      await store.note('ada', { name: 'city', value: 'Zürich 🏔' });
      await store.note('ada', { name: 'shoe size', value: '43' });
      expect(await store.facts('ada')).toEqual([
        { name: 'city', value: 'Zürich 🏔', notedAt: '2026-03-01T12:00:01.000Z' },
        { name: 'shoe size', value: '43', notedAt: '2026-03-01T12:00:01.000Z' },
      ]);
      expect(await store.facts('bob')).toEqual([]);
    });

    it('loses none of the facts that are noted at once', async () => {
      await store.setConsent('ada', true);
      const names = Array.from({ length: 20 }, (_, place) => `fact ${place}`);
      await Promise.all(names.map((name) => store.note('ada', { name, value: 'x' })));
      expect((await store.facts('ada')).map(({ name }) => name).sort()).toEqual(names.sort());
    });

    it('keeps what it has when consent is given again, and nothing when it is withdrawn', async () => {
      await store.setConsent('ada', true);
      await store.note('ada', { name: 'city', value: 'Bern' });
      await store.setConsent('ada', true);
      expect(await store.facts('ada')).toHaveLength(1);
      await store.setConsent('ada', false);
      expect(await store.hasConsent('ada')).toBe(false);
      expect(await store.note('ada', { name: 'city', value: 'Bern' })).toBe(false);
      await store.setConsent('ada', true);
      expect(await store.facts('ada')).toEqual([]);
    });

    it('erases one customer, and no other', async () => {
      for (const customer of ['ada', 'bob']) {
        await store.setConsent(customer, true);
        await store.note(customer, { name: 'city', value: 'Bern' });
      }
      await Promise.all([store.erase('ada'), store.erase('nobody')]);
      expect(await store.hasConsent('ada')).toBe(false);
      expect(await store.facts('ada')).toEqual([]);
      expect(await store.facts('bob')).toHaveLength(1);
    });

    it('forgets many at once, and no other', async () => {
      for (const customer of ['ada', 'bob', 'eve']) {
        await store.setConsent(customer, true);
        await store.note(customer, { name: 'city', value: 'Bern' });
      }
      await store.forget(['ada', 'eve', 'nobody']);
      for (const customer of ['ada', 'eve']) {
        expect(await store.hasConsent(customer)).toBe(false);
        expect(await store.facts(customer)).toEqual([]);
      }
      expect(await store.facts('bob')).toHaveLength(1);
    });

    it('holds a bounded number of facts, the newest, and refuses endless ones', async () => {
      await store.setConsent('ada', true);
      for (let place = 0; place < 52; place++) await store.note('ada', { name: `fact ${place}`, value: 'x' });
      const facts = await store.facts('ada');
      expect(facts).toHaveLength(50);
      expect(facts[0]?.name).toBe('fact 2');
      const refusal = { code: 'request_invalid', status: 400 };
      await expect(store.note('ada', { name: '', value: 'x' })).rejects.toMatchObject(refusal);
      await expect(store.note('ada', { name: 'x'.repeat(65), value: 'x' })).rejects.toMatchObject(refusal);
      await expect(store.note('ada', { name: 'x', value: 'x'.repeat(501) })).rejects.toMatchObject(refusal);
    });
  });
}
