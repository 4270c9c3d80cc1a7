import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntry, AuditStore } from '../contracts.ts';
import type { OpenStore } from './knowledge-store.suite.ts';

export function auditEntry(changes: Partial<AuditEntry> = {}): AuditEntry {
  return { actor: 'c', action: 'cancel_order', outcome: 'done', code: null, detail: {}, ...changes };
}

export function auditStoreSuite(name: string, open: OpenStore<AuditStore>): void {
  describe(`${name} as an audit store`, () => {
    let store: AuditStore;
    let close: () => void | Promise<void>;
    beforeEach(async () => void ({ store, close } = await open()));
    afterEach(() => close());

    it('lists what was added, the newest first, a page at a time', async () => {
      expect(await store.list({ limit: 10 })).toEqual([]);
      const entry = auditEntry({
        outcome: 'failed',
        code: 'action_failed',
        detail: { fields: 'number', n: 1, ok: null },
      });
      expect(await store.append(entry)).toBe(1);
      for (const action of ['a', 'b', 'c']) await store.append(auditEntry({ action }));
      const all = await store.list({ limit: 10 });
      expect(all.map(({ sequence, action }) => [sequence, action])).toEqual([
        [4, 'c'],
        [3, 'b'],
        [2, 'a'],
        [1, 'cancel_order'],
      ]);
      expect(all[3]).toMatchObject(entry);
      expect(Date.parse(all[3]!.at)).not.toBeNaN();
      expect((await store.list({ limit: 2, before: 4 })).map(({ sequence }) => sequence)).toEqual([3, 2]);
    });

    it('numbers lines that are added at once without a gap, and finds them whole', async () => {
      const added = await Promise.all(Array.from({ length: 20 }, () => store.append(auditEntry())));
      expect(added).toEqual(Array.from({ length: 20 }, (_, place) => place + 1));
      expect(await store.verify()).toMatchObject({ lines: 20, firstBad: null, head: { sequence: 20 } });
    });
  });
}
