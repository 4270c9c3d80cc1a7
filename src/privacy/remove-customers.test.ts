import { expect, it, vi } from 'vitest';
import { indexTicket } from '../stores/sqlite/index-ticket.ts';
import { startDeskServer } from '../testing/start-desk-server.ts';

vi.setConfig({ testTimeout: 120_000 });

const NOW = new Date('2026-06-30T12:00:00Z');
const daysAgo = (days: number): string => new Date(NOW.getTime() - days * 86_400_000).toISOString();

async function open(config: { ticket_days?: number } = {}) {
  const server = await startDeskServer({ now: () => NOW, config: { customer_days: 730, ...config } });
  const { app, database } = server;
  const { customers } = app.desk.tools;
  /** A customer who changed last three years ago. */
  const add = async (name: string): Promise<string> => {
    const { id } = await customers.create({
      name,
      email: `${name}@planted.example`,
      subject: `number of ${name}`,
    });
    age(id);
    return id;
  };
  const age = (id: string) =>
    database
      .prepare('UPDATE customers SET updated_at = ?, seen_at = NULL WHERE id = ?')
      .run(daysAgo(1_100), id);
  const talk = async (customer: string, days: number) => {
    const conversation = await app.conversations.createConversation({});
    database
      .prepare('UPDATE threads SET customer_id = ?, updated_at = ? WHERE conversation_id = ?')
      .run(customer, daysAgo(days), conversation);
    return conversation;
  };
  const isThere = async (id: string) => (await customers.get(id)) !== null;
  return { ...server, customers, add, age, talk, isThere };
}

it('customers of whom nothing happened for long go, with what is remembered of them, and nobody else', async () => {
  const { app, database, customers, add, age, talk, isThere, http } = await open();
  const { customers: memory } = app.memory;
  const [gone, wrote, ordered, agreed, waits, kept, merged, late] = await Promise.all(
    ['gone', 'wrote', 'ordered', 'agreed', 'waits', 'kept', 'merged', 'late'].map(add),
  );
  await talk(wrote!, 3);
  database
    .prepare(
      `INSERT INTO orders (key, number, email, state, items, placed_at, updated_at)
       VALUES ('m1', 'M-1', 'Ordered@planted.example', 'open', '[]', ?, '')`,
    )
    .run(daysAgo(100));
  await customers.addConsent(agreed!, { purpose: 'memory', given: true, source: 'phone', by: 'Bo' });
  const waiting = await talk(waits!, 1_000);
  const { body } = await http.call('POST', `/api/v1/conversations/${waiting}/handover`, { body: {} });
  database.prepare('UPDATE threads SET updated_at = ?').run(daysAgo(1_000));
  database
    .prepare('UPDATE tickets SET updated_at = ?, customer_id = ? WHERE number = ?')
    .run(daysAgo(1_000), waits, body.ticket.number);
  await talk(wrote!, 3);
  // Merged into somebody who is here still, and one whose other half is gone as well.
  await customers.merge(merged!, kept!);
  age(merged!);
  const double = await add('double');
  await customers.merge(double, late!);
  age(double);
  age(late!);
  for (const name of ['gone', 'wrote']) {
    await memory.setConsent(`number of ${name}`, true);
    await memory.note(`number of ${name}`, { name: 'city', value: 'Bern' });
  }
  database.prepare('DELETE FROM consents WHERE customer_id = ?').run(gone);
  age(gone!);

  const plan = await app.privacy.planRetention();
  expect(plan.rows).toContainEqual({ class: 'customers', days: 730, before: daysAgo(730), rows: 2 });
  expect(await isThere(gone!)).toBe(true);
  expect(await app.privacy.runRetention()).toMatchObject({ customers: 2 });
  for (const id of [gone!, late!, double]) expect(await isThere(id)).toBe(false);
  for (const id of [wrote!, ordered!, agreed!, waits!, kept!, merged!]) expect(await isThere(id)).toBe(true);
  expect(await memory.facts('number of gone')).toEqual([]);
  expect(await memory.hasConsent('number of gone')).toBe(false);
  expect(await memory.facts('number of wrote')).toHaveLength(1);
});

it('a customer counts from the last conversation also when that was anonymised or removed', async () => {
  const { app, add, talk, isThere, database } = await open();
  const [anonymised, removed] = [await add('anonymised'), await add('removed')];
  await talk(anonymised, 20);
  await talk(removed, 400);
  expect(await app.privacy.runRetention()).toMatchObject({ conversations: 1, anonymise: 1, customers: 0 });
  expect(database.prepare('SELECT count(*) FROM threads WHERE customer_id IS NOT NULL').pluck().get()).toBe(
    0,
  );
  expect([await isThere(anonymised), await isThere(removed)]).toEqual([true, true]);
  database.prepare('UPDATE customers SET seen_at = ? WHERE id = ?').run(daysAgo(731), removed);
  expect(await app.privacy.runRetention()).toMatchObject({ customers: 1 });
  expect([await isThere(anonymised), await isThere(removed)]).toEqual([true, false]);
});

it('a ticket that outlives the profile is no longer found by what the profile said; more than usual is held', async () => {
  const { app, add, talk, database, http } = await open({ ticket_days: 0 });
  const id = await add('unforgettable');
  const conversation = await talk(id, 1);
  const { body } = await http.call('POST', `/api/v1/conversations/${conversation}/handover`, { body: {} });
  database
    .prepare(
      "UPDATE tickets SET status = 'closed', contact = '{}', customer_id = ?, updated_at = ? WHERE number = ?",
    )
    .run(id, daysAgo(800), body.ticket.number);
  database.prepare("UPDATE threads SET state = 'closed', updated_at = ?").run(daysAgo(800));
  indexTicket(database, body.ticket.number as number);
  const found = () =>
    database
      .prepare("SELECT count(*) FROM ticket_words WHERE ticket_words MATCH 'unforgettable'")
      .pluck()
      .get();
  expect(found()).toBe(1);
  await app.privacy.runRetention({ confirmed: true });
  expect(database.prepare('SELECT count(*) FROM customers').pluck().get()).toBe(0);
  expect(database.prepare('SELECT count(*) FROM tickets').pluck().get()).toBe(1);
  expect(found()).toBe(0);
  for (let one = 0; one < 101; one += 1) await add(`one${one}`);
  await expect(app.privacy.runRetention()).rejects.toMatchObject({
    code: 'retention_held',
    details: { class: 'customers', removed: 101 },
  });
  expect(await app.privacy.runRetention({ confirmed: true })).toMatchObject({ customers: 101 });
});
