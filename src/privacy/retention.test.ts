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
