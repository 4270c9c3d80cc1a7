import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../stores/contracts.ts';
import { createSqliteAuditStore } from '../stores/sqlite/audit-store.ts';
import { openDatabase } from '../stores/sqlite/open-database.ts';
import { createSqliteSettingStore } from '../stores/sqlite/setting-store.ts';
import { AUDIT } from './audit-settings.ts';
import { createAuditTrail } from './audit-trail.ts';
import { createPseudonyms } from './pseudonyms.ts';

const entry = (action: string, actor = 'person a'): AuditEntry => ({
  actor,
  action,
  outcome: 'done',
  code: null,
  detail: { about: 'x' },
});

function open() {
  const database = openDatabase(':memory:');
  const store = createSqliteAuditStore(database);
  const clock = { now: 1_000_000_000 };
  const told: string[] = [];
  const trail = createAuditTrail({ store, now: () => clock.now, log: (_, message) => told.push(message) });
  const actions = async () => (await store.list({ limit: 1_000 })).map(({ action }) => action).reverse();
  return { database, store, clock, trail, actions, told };
}

describe('the audit trail', () => {
  it('writes what comes at once together and in order', async () => {
    const { trail, actions, store } = open();
    await Promise.all(['a', 'b', 'c'].map((action) => trail.write(entry(action))));
    expect(await actions()).toEqual(['a', 'b', 'c']);
    expect(await store.verify()).toMatchObject({ lines: 3, firstBad: null });
  });

  it('writes one line for the same look again and again, another for another', async () => {
    const { trail, actions, clock } = open();
    for (let look = 0; look < 50; look += 1) await trail.look(entry('look'));
    await trail.look(entry('look', 'person b'));
    clock.now += AUDIT.lookSeconds * 1000;
    await trail.look(entry('look'));
    expect(await actions()).toEqual(['look', 'look', 'look']);
  });

  it('counts strangers beyond so many an hour, and tells how many there were', async () => {
    const { trail, actions, clock } = open();
    for (let one = 0; one < AUDIT.strangersAnHour + 7; one += 1)
      await trail.stranger(entry('in', `stranger ${one}`));
    expect(await actions()).toHaveLength(AUDIT.strangersAnHour);
    clock.now += 3_600_000;
    await trail.stranger(entry('in', 'stranger late'));
    expect((await actions()).slice(-2)).toEqual(['more-strangers', 'in']);
  });

  it('says what could not be written, once it can again', async () => {
    const { trail, store, told, database } = open();
    database.pragma('query_only = ON');
    await trail.write(entry('lost'));
    database.pragma('query_only = OFF');
    await trail.write(entry('kept'));
    const [kept, gap] = await store.list({ limit: 5 });
    expect([gap?.action, gap?.detail['lines'], kept?.action]).toEqual(['audit-gap', 1, 'kept']);
    expect(told).toHaveLength(1);
  });
});

describe('pseudonyms', () => {
  it('are the same for a person here, another elsewhere, and lead nowhere', async () => {
    const database = openDatabase(':memory:');
    const settings = createSqliteSettingStore(database);
    const one = await createPseudonyms(settings).of('Ada@Shop.example ');
    expect(await createPseudonyms(settings).of('ada@shop.example')).toBe(one);
    const elsewhere = createPseudonyms(createSqliteSettingStore(openDatabase(':memory:')));
    expect(await elsewhere.of('ada@shop.example')).not.toBe(one);
    expect(one).toMatch(/^[\w-]{22}$/);
  });
});
