import { expect, it, vi } from 'vitest';
import type { DeskEvent } from '../stores/thread-contracts.ts';
import { startDeskServer } from '../testing/start-desk-server.ts';
import { mailsOf } from './write-mails.ts';

// Passwords are slow to hash by design, and the machine may be busy.
vi.setConfig({ testTimeout: 120_000 });

it('tells whom a note names, once, and nothing of what it says', async () => {
  const server = await startDeskServer();
  const ada = await server.signIn('agent', 'Ada');
  const [bo, cy, di] = [
    await server.signIn('agent', 'Bo'),
    await server.signIn('agent', 'Cy'),
    await server.signIn('viewer', 'Di'),
  ];
  await cy.call('PUT', '/api/v1/session/preferences', { body: { mail: false } });
  const id = await server.app.conversations.createConversation({});
  await server.http.call('POST', `/api/v1/conversations/${id}/handover`, { body: {} });
  const { tools } = server.app.desk;
  const { id: thread } = (await tools.store.threadOf(id))!;
  const mentions = [bo.id, bo.id, cy.id, di.id, ada.id, 'nobody'];
  const body = { text: '@Bo the secret seam of batch 7', mentions };
  const { status } = await ada.call('POST', `/api/v1/threads/${thread}/notes`, { body });
  expect(status).toBe(201);
  const events = await tools.store.listEvents(thread, { after: 0, limit: 50 });
  const note = events.find(({ type }: DeskEvent) => type === 'note-add')!;
  const mails = (publicUrl: string) =>
    mailsOf(note, {
      store: tools.store,
      users: server.app.staff.users,
      customerPresent: () => false,
      shopName: () => 'Test shop',
      publicUrl,
    });
  const subject = '[#1] Ada mentioned you';
  const text = `A note names you: https://help.example/console/inbox/all/${thread}`;
  expect(await mails('https://help.example')).toEqual([
    { to: 'bo@shop.example', subject, text },
    { to: 'di@shop.example', subject, text },
  ]);
  expect((await mails('')).map((mail) => mail.text)).toEqual(['A note names you.', 'A note names you.']);
});
