import { randomUUID } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createBackups } from '../backup/backups.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { backupInspector, backupStoresOf, carryOverOf } from '../composition/open-backups.ts';
import type { Config } from '../config.ts';
import { OWN_KEY_FILE } from '../secrets/read-keys.ts';
import { createSqliteTraceStore } from '../stores/sqlite/trace-store.ts';
import { filesHolding } from '../testing/folder-bytes.ts';
import { startDeskServer, type DeskServer } from '../testing/start-desk-server.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openPrivacyFolder } from '../composition/open-privacy.ts';
import { testConfig } from '../testing/start-test-server.ts';

vi.setConfig({ testTimeout: 240_000 });

/** A person whose every part is unlike anything else, so that a byte of them is theirs. */
const PERSON = {
  name: 'Zebulon Quorndale',
  email: 'zquorndale@planted.example',
  phone: '+49 171 5550199',
  word: 'xylobrontosaur',
  subject: 'KUNDE-77120',
};
/** A port on which nobody listens: what is sent there waits and is tried again. */
const HOOKS = { webhook_hosts: '127.0.0.1:9' };
const TRACES = [...Object.values(PERSON), 'Quorndale', '5550199', 'planted.example', 'ylobrontosau'];

async function plant(server: DeskServer): Promise<{ conversation: string; ticket: number; other: string }> {
  const { http, app, adminKey: key } = server;
  const { conversations, memory, desk } = app;
  const conversation = await conversations.createConversation({ page: `/${PERSON.word}` });
  await desk.turnStarted(conversation, { subject: PERSON.subject, email: PERSON.email });
  const say = (id: string, role: 'customer' | 'assistant', text: string) =>
    conversations.addMessage({ id: randomUUID(), conversationId: id, role, text, answer: null });
  await say(conversation, 'customer', `My ${PERSON.word} is broken, says ${PERSON.name}`);
  const answer = JSON.stringify({ answer: `About the ${PERSON.word}`, conversation_id: conversation });
  await conversations.addMessage({
    id: 'answer-1',
    conversationId: conversation,
    role: 'assistant',
    text: `About the ${PERSON.word}`,
    answer,
  });
  await conversations.addFeedback('answer-1', {
    rating: -1,
    category: 'wrong',
    comment: `No ${PERSON.word}`,
  });
  const traces = createSqliteTraceStore(server.database);
  traces.put('answer-1', JSON.stringify({ question: PERSON.word }));
  await traces.flush();
  const { email, name, phone } = PERSON;
  const { body } = await http.call('POST', `/api/v1/conversations/${conversation}/handover`, {
    body: { name, email, phone, message: `Call ${phone}` },
  });
  const ticket = body.ticket.number as number;
  const [thread] = await desk.tools.store.threadsOfTicket(ticket);
  await http.call('POST', `/api/v1/threads/${thread!.id}/notes`, {
    key,
    body: { text: `${name} owns a ${PERSON.word}` },
  });
  await memory.customers.setConsent(PERSON.subject, true);
  await memory.customers.note(PERSON.subject, { name: 'pet', value: PERSON.word });
  await memory.sessions.put({
    conversationId: conversation,
    summary: `Speaks of a ${PERSON.word}`,
    summarised: 2,
    products: [],
    provenOrder: null,
    asked: null,
  });
  for (const cache of ['answer', 'retrieval', 'embedding', 'intent'] as const)
    await memory.cache.put(cache, PERSON.word, 'v', Buffer.from(`${PERSON.word} ${email}`));
  await app.orders.importOrders(
    (async function* () {
      const common = {
        state: 'sent',
        items: [],
        total: null,
        shippedAt: null,
        expectedAt: null,
        carrier: null,
      };
      yield {
        ...common,
        number: 'A-1',
        email,
        placedAt: '2026-01-01T00:00:00.000Z',
        tracking: PERSON.word,
      } as never;
      yield {
        ...common,
        number: 'A-2',
        email: 'other@else.example',
        placedAt: '2026-01-01',
        tracking: null,
      } as never;
    })(),
    { replace: true },
  );
  server.database
    .prepare("INSERT INTO knowledge_gaps VALUES ('gap', ?, ?, 1, '[]', ?, 'open', '2026-01-01', NULL)")
    .run(
      `My ${PERSON.word} is broken, says ${name}`,
      JSON.stringify([`My ${PERSON.word} is broken, says ${name}`]),
      'd',
    );
  await plantBeyondConversations(server, conversation, ticket);
  // Somebody else, who speaks of them.
  const other = await conversations.createConversation({});
  await say(other, 'customer', 'Hello, where are my boots?');
  await say(other, 'assistant', `Ask ${name} at ${email} or ${phone}.`);
  const hooked = await http.call('POST', '/api/v1/webhooks', {
    key,
    body: { url: 'https://127.0.0.1:9/hook', events: ['message-add', 'note-add'] },
  });
  expect(hooked.status).toBe(201);
  await desk.outbox.fill(await desk.tools.store.lastPosition(), [
    {
      id: 'some.mail.0',
      kind: 'mail',
      target: email,
      type: 'message-add',
      payload: JSON.stringify({ to: email }),
    },
  ]);
  return { conversation, ticket, other };
}

/** What follows from a conversation in other places: files, articles, tests, letters that never arrived. */
async function plantBeyondConversations(
  { app, database }: DeskServer,
  conversation: string,
  ticket: number,
): Promise<void> {
  const { desk } = app;
  const { attachments, tools } = desk;
  const { store } = tools;
  for (const [from, encoding] of [
    ['customer', 'utf8'],
    ['staff', 'utf16le'],
  ] as const)
    await attachments.add(
      {
        conversationId: conversation,
        name: `${PERSON.word}.txt`,
        mediaType: 'text/plain',
        content: Buffer.from(`${PERSON.name}, ${PERSON.phone}: ${PERSON.word}`, encoding),
        from,
        author: { id: from, name: from },
      },
      10,
    );
  // As if an import had been killed between its slices.
  database.prepare("INSERT INTO orders_next SELECT * FROM orders WHERE number IN ('A-1', 'A-2')").run();
  const question = `My ${PERSON.word} is broken, says ${PERSON.name}`;
  database
    .prepare('INSERT INTO regression_questions VALUES (?, ?, ?)')
    .run(question, 'manual.md', '2026-01-01');
  database
    .prepare("INSERT INTO regression_questions VALUES (?, 'manual.md', '2026-01-01')")
    .run(`  my ${PERSON.word}  is broken, says zebulon quorndale `);
  const gap = database.prepare(
    `INSERT INTO knowledge_gaps (id, question, questions, asked, passages, draft, status, updated_at)
     VALUES (?, ?, '[]', 1, '[]', ?, 'approved', '2026-01-01')`,
  );
  gap.run('draft', 'What is repaired?', `Q: ${question.toUpperCase()}? A: We repair it.`);
  gap.run('by-name', `Does ${PERSON.name} get a refund?`, 'Yes.');
  gap.run('of-others', 'Are boots repaired?', 'Yes, they are.');
  const [thread] = await store.threadsOfTicket(ticket);
  const events = await store.listEvents(thread!.id, { after: 0, limit: 100 });
  const letter = database.prepare(
    `INSERT INTO outbox (id, kind, target, payload, type, state, attempts, next_at, last_error, created_at)
     VALUES (?, ?, ?, ?, 'message-add', ?, 9, '2099-01-01', ?, '2026-01-01')`,
  );
  for (const [place, state] of ['pending', 'done', 'dead'].entries()) {
    const payload = JSON.stringify({ text: `${PERSON.name} lost a ${PERSON.word}`, to: PERSON.email });
    letter.run(`${events[place]!.id}.hook.${state}`, 'webhook', 'hook', payload, state, `no ${PERSON.word}`);
    letter.run(`else.mail.${state}`, 'mail', PERSON.email.toUpperCase(), payload, state, PERSON.email);
    // Of somebody else's conversation: it stays, without them.
    letter.run(`else.hook.${state}`, 'webhook', 'hook', `{"text":"Ask ${PERSON.name}"}`, state, null);
  }
}

/** Files in which a trace of the person is, as UTF-8 or UTF-16 of either order. */
function held(folder: string): string[] {
  const found = new Set<string>();
  for (const trace of TRACES) {
    const little = Buffer.from(trace, 'utf16le');
    for (const bytes of [trace, little, Buffer.from(little).swap16()])
      for (const file of filesHolding(folder, bytes)) found.add(`${file}: ${trace}`);
  }
  return [...found];
}

describe('erasing a person', () => {
  it('leaves no byte of them in any file, and of others everything', async () => {
    const server = await startDeskServer({ config: HOOKS });
    const { conversation, ticket, other } = await plant(server);
    const { http, adminKey: key, folder, database, app } = server;
    // As a change of the schema leaves it, and one that was killed.
    mkdirSync(join(folder, 'backups'));
    for (const copy of ['before-schema-7.sqlite', 'before-schema-8.sqlite.part'])
      database.exec(`VACUUM INTO '${join(folder, 'backups', copy)}'`);
    expect(held(folder).length).toBeGreaterThan(5);

    const plan = await http.call('POST', '/api/v1/privacy/plan', { key, body: { customer: PERSON.email } });
    expect(plan.body).toHaveProperty('held');
    expect(plan.body.held).toMatchObject({
      customers: 1,
      tickets: 1,
      threads: 1,
      feedback: 1,
      traces: 1,
      orders: 1,
    });
    const exported = await http.call('POST', '/api/v1/privacy/export', {
      key,
      body: { customer: PERSON.subject },
    });
    const text = JSON.stringify(exported.body);
    for (const part of Object.values(PERSON)) expect(text).toContain(part);
    const [file] = exported.body.data.attachments;
    expect(Buffer.from(file.content, 'base64').toString()).toContain(PERSON.name);
    expect(text).not.toContain(conversation);
    expect(exported.body.data.facts).toMatchObject([{ name: 'pet', value: PERSON.word }]);

    const unconfirmed = await http.call('POST', '/api/v1/privacy/erase', {
      key,
      body: { customer: PERSON.email },
    });
    expect(unconfirmed.status).toBe(400);
    const erased = await http.call('POST', '/api/v1/privacy/erase', {
      key,
      body: { customer: PERSON.email, confirmed: true },
    });
    expect(erased.status).toBe(200);
    expect(erased.body.removed).toMatchObject({
      customers: 1,
      tickets: 1,
      threads: 1,
      orders: 1,
      attachments: 2,
      // Three articles and two tests.
      gaps: 5,
      facts: 1,
    });
    // While the server runs, and after it was closed.
    expect(held(folder)).toEqual([]);
    database.exec("CREATE VIRTUAL TABLE temp.ticket_terms USING fts5vocab('main', 'ticket_words', 'row')");
    const terms = database.prepare('SELECT term FROM temp.ticket_terms').pluck().all() as string[];
    expect(terms.filter((term) => /zebulon|quorndal|xylobron|5550199/.test(term))).toEqual([]);
    expect((await http.call('GET', `/api/v1/conversations/${conversation}`)).status).toBe(404);
    expect((await http.call('GET', `/api/v1/tickets/${ticket}`, { key })).status).toBe(404);
    const kept = await app.conversations.listMessages(other);
    expect(kept.map(({ text: said }) => said)).toEqual([
      'Hello, where are my boots?',
      'Ask [erased] at [erased] or [erased].',
    ]);
    const waiting = database.prepare("SELECT payload FROM outbox WHERE id LIKE 'else.hook%'").pluck().all();
    expect(waiting).toEqual(Array(3).fill('{"text":"Ask [erased]"}'));
    expect(database.prepare('SELECT id FROM knowledge_gaps').pluck().all()).toEqual(['of-others']);
    expect(database.prepare('SELECT number FROM orders_next').pluck().all()).toEqual(['A-2']);
    expect(await app.orders.counts()).toMatchObject({ orders: 1 });
    const again = await http.call('POST', '/api/v1/privacy/plan', { key, body: { customer: PERSON.email } });
    expect(again.body.error.code).toBe('person_not_found');
    const [receipt] = await app.staff.auditStore.list({ limit: 1, action: 'privacy-erase' });
    expect(receipt?.detail).toMatchObject({ about: erased.body.person, customers: 1 });
    expect(await app.staff.auditStore.verify()).toMatchObject({ firstBad: null });
    await server.close();
    expect(held(folder)).toEqual([]);
  });

  it('erases again what an older backup brings back, and nothing of who came back since', async () => {
    const folder = temporaryFolder();
    const first = await startDeskServer({ folder, config: HOOKS });
    await plant(first);
    const backup = join(temporaryFolder(), 'backup.sqlite');
    first.database.exec(`VACUUM INTO '${backup}'`);
    await first.app.privacy.erase(PERSON.email);
    await first.close();
    for (const end of ['-wal', '-shm']) rmSync(join(folder, `answerbox.sqlite${end}`), { force: true });
    copyFileSync(backup, join(folder, 'answerbox.sqlite'));
    expect(held(folder)).not.toEqual([]);
    expect(readFileSync(join(folder, 'erased.jsonl'), 'utf8')).not.toContain('planted');

    const { privacy, close } = await openPrivacyFolder(testConfig(folder));
    await expect(privacy.plan(PERSON.email)).rejects.toMatchObject({ code: 'person_not_found' });
    await close();
    expect(held(folder)).toEqual([]);

    const second = await startDeskServer({ folder });
    expect(await second.app.privacy.applyEraseList()).toBe(0);
    const back = await second.http.call('POST', '/api/v1/contact', {
      body: { message: 'Me again', email: PERSON.email },
    });
    expect(back.status).toBe(200);
    await second.app.settings.set('erase_list_applied', 'another');
    await second.app.privacy.applyEraseList();
    const plan = await second.app.privacy.plan(PERSON.email);
    expect(plan.held).toMatchObject({ tickets: 1, messages: 2 });
  });

  it('outlives the disk: the list lies beside the backups, and a backup from before brings nobody back', async () => {
    const folder = temporaryFolder();
    const away = temporaryFolder();
    const config = {
      ...HOOKS,
      backup_dir: away,
      backup_every_hours: 24,
      backup_keep: 2,
      backup_secrets_key: true,
    };
    const server = await startDeskServer({ folder, config });
    await plant(server);
    const { backups } = await openBackupsOf(server, config);
    await backups.schedule.make();
    await backups.schedule.make();
    const [older, newer] = (await backups.schedule.list()).map(({ path }) => path);
    const receipt = await server.app.privacy.erase(PERSON.email);
    const made = (await backups.schedule.list()).map(({ name, at }) => ({ name, made_at: at }));
    const dayLater = (days: number): string =>
      new Date(Date.parse(made[1]!.made_at) + days * 86_400_000).toISOString();
    expect(receipt.backups).toEqual([
      { ...made[0], goes_at: dayLater(1) },
      { ...made[1], goes_at: dayLater(2) },
    ]);
    expect(receipt.not_covered.join()).not.toContain('could not be written');
    await server.close();
    // The disk is dead: nothing of the folder is left.
    rmSync(folder, { recursive: true });
    for (const path of [newer!, older!]) {
      const fresh = temporaryFolder();
      const restored = testConfig(fresh);
      const options = { inspector: backupInspector, secret: null, replace: false };
      await restoreBackup(path, fresh, { ...options, carryOver: carryOverOf(path, restored) });
      expect(held(fresh)).not.toEqual([]);
      const { privacy, close } = await openPrivacyFolder(restored);
      await expect(privacy.plan(PERSON.email)).rejects.toMatchObject({ code: 'person_not_found' });
      await close();
      expect(held(fresh)).toEqual([]);
    }
  });

  it('goes on while the disk of the backups is away, says so, and brings the list there at the next start', async () => {
    const folder = temporaryFolder();
    const away = join(temporaryFolder(), 'disk');
    // Where the folder should be, something else is in the way.
    writeFileSync(away, '');
    const config = { ...HOOKS, backup_dir: away };
    const server = await startDeskServer({ folder, config });
    await plant(server);
    const receipt = await server.app.privacy.erase(PERSON.email);
    expect(receipt.not_covered[0]).toContain('could not be written beside the backups');
    await server.close();
    expect(held(folder)).toEqual([]);
    rmSync(away);
    const { close } = await openPrivacyFolder(testConfig(folder, config));
    await close();
    expect(readdirSync(away)).toEqual(['erased.jsonl']);
    expect(readFileSync(join(away, 'erased.jsonl'), 'utf8')).toBe(
      readFileSync(join(folder, 'erased.jsonl'), 'utf8'),
    );
    expect(existsSync(join(folder, 'backups'))).toBe(false);
  });
});

/** Backups of a server that runs, as its composition makes them. */
async function openBackupsOf({ folder, database, app }: DeskServer, config: Partial<Config>) {
  const memory = app.memory;
  const backups = createBackups({
    config: testConfig(folder, config),
    stores: backupStoresOf(database, memory),
    inspector: backupInspector,
    program: '1.2.3',
    secretsKey: OWN_KEY_FILE,
    log: () => undefined,
  });
  return { backups };
}
