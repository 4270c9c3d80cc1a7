import { randomUUID } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { startDeskServer } from '../testing/start-desk-server.ts';
import { DESK } from './desk-settings.ts';
import { mailsOf } from './write-mails.ts';

// Passwords are slow to hash by design, and the machine may be busy.
vi.setConfig({ testTimeout: 120_000 });

it('tells whoever has a conversation, once, of a customer who wrote again or reopened it', async () => {
  let ahead = 0;
  const server = await startDeskServer({ now: () => new Date(Date.now() + ahead) });
  const ada = await server.signIn('agent', 'Ada');
  await server.signIn('agent', 'Bo');
  const { tools } = server.app.desk;
  const conversationId = await server.app.conversations.createConversation({});
  const write = (text: string) =>
    server.app.conversations.addMessage({
      id: randomUUID(),
      conversationId,
      role: 'customer',
      text,
      answer: null,
    });
  await write('My tent leaks');
  await server.http.call('POST', `/api/v1/conversations/${conversationId}/handover`, { body: {} });
  const { id } = (await tools.store.threadOf(conversationId))!;
  const later = async (seconds: number) => {
    ahead += seconds * 1000;
    await server.app.desk.tick();
    await server.app.desk.tick();
    const events = await tools.store.listEvents(id, { after: 0, limit: 100 });
    return events.filter(({ type }) => type === 'customer-waits');
  };
  const reply = () => ada.call('POST', `/api/v1/threads/${id}/messages`, { body: { text: 'Hello' } });
  // Of the hand-over itself they were told.
  expect(await later(DESK.waitsSeconds + 10)).toEqual([]);
  expect((await reply()).status).toBe(201);
  expect(await later(DESK.waitsSeconds + 10)).toEqual([]);
  await write('It still leaks');
  await write('Hello?');
  expect(await later(DESK.waitsSeconds - 60)).toEqual([]);
  const [told, ...others] = await later(120);
  expect(others).toEqual([]);
  expect(told).toMatchObject({ ticket: 1, visibility: 'staff' });
  const mails = () =>
    mailsOf(told!, {
      store: tools.store,
      users: server.app.staff.users,
      customers: tools.customers,
      customerPresent: () => false,
      shopName: () => 'Test shop',
      publicUrl: '',
    });
  const subject = '[#1] has a new message that nobody has answered';
  expect(await mails()).toMatchObject([{ to: 'ada@shop.example', subject }]);
  await reply();
  await write('Thanks, one more thing');
  expect(await later(DESK.waitsSeconds + 10)).toHaveLength(2);
  await reply();
  await ada.call('PATCH', '/api/v1/tickets/1', { body: { status: 'resolved' } });
  expect(await later(DESK.waitsSeconds + 10)).toHaveLength(2);
  await write('It leaks again');
  expect(await later(DESK.waitsSeconds + 10)).toHaveLength(3);
  // Nobody has it: everybody hears, but those who want no mail.
  await ada.call('PATCH', `/api/v1/threads/${id}`, { body: { assignee_id: null } });
  expect((await mails()).map(({ to }) => to)).toEqual(['ada@shop.example', 'bo@shop.example']);
  await ada.call('PUT', '/api/v1/session/preferences', { body: { mail: false } });
  expect((await mails()).map(({ to }) => to)).toEqual(['bo@shop.example']);
});
