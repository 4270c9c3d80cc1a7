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
      customers: tools.customers,
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

it('tells a customer of the reply in the language they prefer, else in that of the conversation, else in English', async () => {
  const server = await startDeskServer();
  const ada = await server.signIn('agent', 'Ada');
  const { tools } = server.app.desk;
  const id = await server.app.conversations.createConversation({});
  const contact = { body: { email: 'kim@example.com' } };
  await server.http.call('POST', `/api/v1/conversations/${id}/handover`, contact);
  const thread = (await tools.store.threadOf(id))!;
  await ada.call('POST', `/api/v1/threads/${thread.id}/messages`, { body: { text: 'Bonjour Kim' } });
  const events = await tools.store.listEvents(thread.id, { after: 0, limit: 50 });
  const reply = events.find(
    ({ type, message }: DeskEvent) => type === 'message-add' && message?.role === 'staff',
  )!;
  const mail = async () => {
    const [only, ...others] = await mailsOf(reply, {
      store: tools.store,
      users: server.app.staff.users,
      customers: tools.customers,
      customerPresent: () => false,
      shopName: () => 'Test shop',
      publicUrl: 'https://help.example',
    });
    expect(others).toEqual([]);
    expect(only).toMatchObject({ to: 'kim@example.com', text: expect.stringContaining('Bonjour Kim') });
    expect(only!.text).toContain(`https://help.example/#conversation=${id}`);
    return [only!.subject, only!.text.split('\n\n').at(-1)!.split(' https:')[0]!.trim()];
  };
  expect(await mail()).toEqual(['[#1] Test shop has answered you', 'Go on here:']);
  await tools.store.apply({ threads: [{ id: thread.id, set: { language: 'fr' } }] });
  expect(await mail()).toEqual(['[#1] Test shop vous a répondu', 'Continuez ici :']);
  const { customerId } = (await tools.store.threadOf(id))!;
  await tools.customers.change(customerId!, { language: 'de-AT' });
  expect(await mail()).toEqual(['[#1] Test shop hat Ihnen geantwortet', 'Hier geht es weiter:']);
});

it('tells a customer of a file that came alone, and asks how it went, with the way back', async () => {
  const server = await startDeskServer();
  await server.signIn('agent', 'Ada');
  const { tools, attachments } = server.app.desk;
  const id = await server.app.conversations.createConversation({});
  const contact = { body: { email: 'kim@example.com' } };
  await server.http.call('POST', `/api/v1/conversations/${id}/handover`, contact);
  const thread = (await tools.store.threadOf(id))!;
  await tools.store.apply({ threads: [{ id: thread.id, set: { language: 'de' } }] });
  const attach = (name: string, from: 'staff' | 'customer') =>
    attachments.add(
      {
        conversationId: id,
        name,
        mediaType: 'application/pdf',
        from,
        content: new Uint8Array([1]),
        author: { id: '', name: from === 'staff' ? 'Ada' : '' },
      },
      20,
    );
  await attach('label.pdf', 'staff');
  await attach('second.pdf', 'staff');
  await attach('own.pdf', 'customer');
  const key = server.adminKey;
  await server.http.call('PATCH', '/api/v1/tickets/1', { key, body: { status: 'resolved' } });
  const events = await tools.store.listEvents(thread.id, { after: 0, limit: 50 });
  const mails = async (publicUrl: string) => {
    const told = events.filter(({ type }) => type === 'attachment-add' || type === 'csat-ask');
    expect(told).toHaveLength(4);
    const mailTools = {
      store: tools.store,
      users: server.app.staff.users,
      customers: tools.customers,
      customerPresent: () => false,
      shopName: () => 'Test shop',
      publicUrl,
    };
    return (await Promise.all(told.map((event) => mailsOf(event, mailTools)))).map((sent) =>
      sent.map(({ to, subject, text }) => `${to} ${subject} ${text}`),
    );
  };
  const way = `https://help.example/#conversation=${id}`;
  expect(await mails('https://help.example')).toEqual([
    [
      expect.stringMatching(
        /^kim@example\.com .*hat Ihnen geantwortet Ada hat Ihnen eine Datei geschickt: label\.pdf/,
      ),
    ],
    // With the one before: one mail.
    [],
    [],
    [expect.stringContaining(`Wie ist es gelaufen? Ihre Anfrage Nummer 1 ist erledigt.`)],
  ]);
  expect((await mails('https://help.example')).flat().every((text) => text.includes(way))).toBe(true);
  // Nothing can be rated without an address.
  expect((await mails('')).map(({ length }) => length)).toEqual([1, 0, 0, 0]);
});
