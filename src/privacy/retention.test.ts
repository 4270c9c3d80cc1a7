import { randomUUID } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { startDeskServer, type DeskServer } from '../testing/start-desk-server.ts';

vi.setConfig({ testTimeout: 240_000 });

const DAY_MS = 86_400_000;
const NOW = new Date('2026-06-30T12:00:00Z');
const daysAgo = (days: number): string => new Date(NOW.getTime() - days * DAY_MS).toISOString();

async function talk(server: DeskServer, age: number, text: string): Promise<string> {
  const { conversations } = server.app;
  const id = await conversations.createConversation({ page: '/a' });
  await conversations.addMessage({
    id: randomUUID(),
    conversationId: id,
    role: 'customer',
    text,
    answer: null,
  });
  const answer = JSON.stringify({ answer: `Said to ${text}`, message_id: '12345678-1234' });
  await conversations.addMessage({
    id: randomUUID(),
    conversationId: id,
    role: 'assistant',
    text: `Said to ${text}`,
    answer,
  });
  server.database
    .prepare('UPDATE threads SET updated_at = ? WHERE conversation_id = ?')
    .run(daysAgo(age), id);
  return id;
}

const start = () => startDeskServer({ now: () => NOW });

describe('retention', () => {
  it('is shown before it runs, takes the person out, then removes, and never what waits for somebody', async () => {
    const server = await start();
    const { http, adminKey: key, app } = server;
    const fresh = await talk(server, 2, 'mail ada@planted.example');
    const week = await talk(server, 10, 'mail ada@planted.example or +49 171 5550199');
    const old = await talk(server, 40, 'old words');
    const waiting = await talk(server, 40, 'a person, please');
    await http.call('POST', `/api/v1/conversations/${waiting}/handover`, { body: {} });
    server.database
      .prepare('UPDATE threads SET updated_at = ? WHERE conversation_id = ?')
      .run(daysAgo(40), waiting);

    const { body: plan } = await http.call('GET', '/api/v1/privacy/retention', { key });
    const rows = Object.fromEntries(
      plan.rows.map((row: { class: string; rows: number }) => [row.class, row.rows]),
    );
    expect(rows).toMatchObject({ conversations: 1, anonymise: 1, tickets: 0 });
    expect(plan.held).toBe(false);
    expect(await app.conversations.hasConversation(old)).toBe(true);

    const { body } = await http.call('POST', '/api/v1/privacy/retention', { key, body: {} });
    expect(body.removed).toMatchObject({ conversations: 1, anonymise: 1, tickets: 0 });
    expect(await app.conversations.hasConversation(old)).toBe(false);
    expect(await app.conversations.hasConversation(waiting)).toBe(true);
    const [asked, answered] = await app.conversations.listMessages(week);
    expect(asked?.text).toBe('mail [e-mail] or [number]');
    expect(JSON.parse(answered?.answer ?? '')).toEqual({
      answer: 'Said to mail [e-mail] or [number]',
      message_id: '12345678-1234',
    });
    expect((await app.conversations.listMessages(fresh))[0]?.text).toContain('ada@planted.example');
    const again = await http.call('POST', '/api/v1/privacy/retention', { key, body: {} });
    expect(Object.values(again.body.removed as Record<string, number>).every((one) => one === 0)).toBe(true);
  });

  it('removes tickets that are done, with their conversations', async () => {
    const server = await start();
    const { http, app } = server;
    const id = await talk(server, 1, 'a person, please');
    const { body } = await http.call('POST', `/api/v1/conversations/${id}/handover`, { body: {} });
    const close = (days: number) =>
      server.database
        .prepare("UPDATE tickets SET status = 'closed', updated_at = ? WHERE number = ?")
        .run(daysAgo(days), body.ticket.number);
    close(300);
    expect(await app.privacy.runRetention()).toMatchObject({ tickets: 0 });
    close(400);
    expect(await app.privacy.runRetention()).toMatchObject({ tickets: 1 });
    expect(await app.conversations.hasConversation(id)).toBe(false);
  });

  it('holds when it would remove more than usual, as after a jump of the clock', async () => {
    const server = await start();
    for (let one = 0; one < 101; one += 1) await server.app.conversations.createConversation({});
    server.database.prepare('UPDATE threads SET updated_at = ?').run(daysAgo(40));
    await expect(server.app.privacy.runRetention()).rejects.toMatchObject({ code: 'retention_held' });
    expect(await server.app.privacy.runRetention({ confirmed: true })).toMatchObject({ conversations: 101 });
  });

  it('holds when it would remove more tickets, conversations to anonymise or lines of the audit than usual', async () => {
    const cases = { anonymise: 10, tickets: 400, audit: 800 } as const;
    for (const [name, age] of Object.entries(cases)) {
      const server = await start();
      const { database, app } = server;
      const { auditStore } = app.staff;
      if (name === 'audit') {
        const line = { actor: 'a', action: 'b', outcome: 'done' as const, code: null, detail: {} };
        await auditStore.appendAll(Array.from({ length: 102 }, () => line));
        database.exec('DROP TRIGGER audit_unchanged');
        database.prepare('UPDATE audit SET at = ?').run(daysAgo(age));
      } else {
        for (let one = 0; one < 102; one += 1) await app.conversations.createConversation({});
        database.prepare('UPDATE threads SET updated_at = ?').run(daysAgo(age));
      }
      if (name === 'tickets') {
        const threads = database.prepare('SELECT conversation_id FROM threads').pluck().all();
        for (const id of threads as string[])
          await server.http.call('POST', `/api/v1/conversations/${id}/handover`, { body: {} });
        database.prepare("UPDATE tickets SET status = 'closed', updated_at = ?").run(daysAgo(age));
      }
      await expect(app.privacy.runRetention(), name).rejects.toMatchObject({
        code: 'retention_held',
        details: { class: name },
      });
      expect(await app.privacy.runRetention({ confirmed: true }), name).toMatchObject({ [name]: 102 });
    }
  });

  it('removes nothing by itself after a clock that jumped a year either way, until days went by', async () => {
    let days = 0;
    const now = () => new Date(NOW.getTime() + days * DAY_MS);
    const server = await startDeskServer({ now });
    const { app } = server;
    const automatic = () => app.privacy.runRetention({ automatic: true });
    const old = await talk(server, 20, 'soon too old');
    await talk(server, 0, 'of today');
    const stays = () => app.conversations.hasConversation(old);
    // The first look goes by the newest row.
    days = 365;
    await expect(automatic()).rejects.toMatchObject({ code: 'retention_clock' });
    // Somebody writes by the wrong clock: no reason to trust it.
    await talk(server, -365, 'of a year later');
    days = 366;
    await expect(automatic()).rejects.toMatchObject({ code: 'retention_clock' });
    // Set right again.
    days = 1;
    await expect(automatic()).rejects.toMatchObject({ code: 'retention_clock' });
    for (days = 2; days < 8; days += 1)
      await expect(automatic()).rejects.toMatchObject({ code: 'retention_clock' });
    days = 8;
    expect(await automatic()).toMatchObject({ conversations: 0 });
    days = -365;
    await expect(automatic()).rejects.toMatchObject({ code: 'retention_clock' });
    for (days = 9; days < 16; days += 1)
      await expect(automatic()).rejects.toMatchObject({ code: 'retention_clock' });
    expect(await stays()).toBe(true);
    days = 16;
    expect(await automatic()).toMatchObject({ conversations: 1 });
    expect(await stays()).toBe(false);
  });

  it('removes nothing by itself while it is known that the clock was set; when asked it does', async () => {
    const server = await start();
    const old = await talk(server, 40, 'too old');
    await talk(server, 0, 'of today');
    server.app.faults.report('clock', 'healed', 'the clock was set forward by 900 seconds');
    await expect(server.app.privacy.runRetention({ automatic: true })).rejects.toMatchObject({
      code: 'retention_clock',
    });
    expect(await server.app.conversations.hasConversation(old)).toBe(true);
    const { body } = await server.http.call('POST', '/api/v1/privacy/retention', {
      key: server.adminKey,
      body: {},
    });
    expect(body.removed).toMatchObject({ conversations: 1 });
  });

  it('cuts the beginning off the audit, and the rest is still a chain', async () => {
    const server = await start();
    const { auditStore } = server.app.staff;
    for (let line = 0; line < 5; line += 1)
      await auditStore.append({ actor: 'a', action: `b${line}`, outcome: 'done', code: null, detail: {} });
    const kept = await auditStore.head();
    expect(await auditStore.trim(new Date(Date.now() + DAY_MS).toISOString())).toBe(5);
    await auditStore.append({ actor: 'a', action: 'after', outcome: 'done', code: null, detail: {} });
    const verdict = await auditStore.verify();
    expect(verdict).toMatchObject({ firstBad: null, trimmed: 5, lines: 2 });
    expect(await auditStore.verify(verdict.head!)).toMatchObject({ firstBad: null });
    expect(kept?.sequence).toBe(5);
    // An anchor that nobody told of.
    server.database.exec('DROP TRIGGER audit_kept; DROP TRIGGER audit_anchors_true;');
    server.database.exec(
      "INSERT INTO audit_anchors VALUES (6, 'x', ''); DELETE FROM audit WHERE sequence = 6",
    );
    expect((await auditStore.verify()).firstBad).toBe(6);
  });
});
