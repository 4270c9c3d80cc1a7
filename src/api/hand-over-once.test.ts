import { randomUUID } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { leadingZeroBits } from '../abuse/proof-of-work.ts';
import { startDeskServer, type DeskServer } from '../testing/start-desk-server.ts';
import { requestIds } from './hand-over-once.ts';

vi.setConfig({ testTimeout: 120_000 });

const rolesOf = async (server: DeskServer, conversationId: string) =>
  (await server.app.conversations.listMessages(conversationId)).map(({ role }) => role);
const ticketsOf = (server: DeskServer) =>
  server.database.prepare('SELECT count(*) FROM tickets').pluck().get();

it('takes a form once that is sent again after a lost answer, also at the same time', async () => {
  const server = await startDeskServer();
  const body = { id: randomUUID(), message: 'Call me', email: 'lee@example.com' };
  const send = () => server.http.call('POST', '/api/v1/contact', { body });
  const [first, beside] = await Promise.all([send(), send()]);
  const again = await send();
  expect(first.status).toBe(200);
  expect([beside.body, again.body]).toEqual([first.body, first.body]);
  expect(ticketsOf(server)).toBe(1);
  expect(await rolesOf(server, first.body.conversation_id)).toEqual(['customer', 'assistant']);
  const other = await server.http.call('POST', '/api/v1/contact', { body: { ...body, id: randomUUID() } });
  expect(other.body.ticket.number).toBe(2);
  // What staff see of it opens nothing.
  const messages = await server.app.conversations.listMessages(first.body.conversation_id);
  for (const { id } of messages) {
    const stranger = await server.http.call('POST', '/api/v1/contact', { body: { ...body, id } });
    expect(stranger.body.conversation_id).not.toBe(first.body.conversation_id);
  }
});

it('completes a form that was cut after its message was stored', async () => {
  const server = await startDeskServer();
  const id = randomUUID();
  const conversationId = await server.app.conversations.createConversation({ source: 'form' });
  const message = { id: requestIds('form', id).message, conversationId, text: 'Call me', answer: null };
  await server.app.conversations.addMessage({ ...message, role: 'customer' });
  const body = { id, message: 'Call me', email: 'lee@example.com' };
  const { body: taken } = await server.http.call('POST', '/api/v1/contact', { body });
  expect(taken).toMatchObject({ conversation_id: conversationId, ticket: { number: 1, status: 'open' } });
  expect(await rolesOf(server, conversationId)).toEqual(['customer', 'assistant']);
});

it('gives a conversation to people once, and tells the customer once', async () => {
  const server = await startDeskServer();
  const conversation = await server.app.conversations.createConversation({});
  const hand = (body: object) =>
    server.http.call('POST', `/api/v1/conversations/${conversation}/handover`, { body });
  const body = { id: randomUUID(), message: 'A person, please', email: 'lee@example.com' };
  const first = await hand(body);
  expect((await hand(body)).body).toEqual(first.body);
  expect(await rolesOf(server, conversation)).toEqual(['customer', 'assistant']);
  const wish = { id: randomUUID() };
  expect((await hand(wish)).body).toEqual((await hand(wish)).body);
  expect(await rolesOf(server, conversation)).toEqual(['customer', 'assistant', 'assistant']);
  expect((await hand({ id: 'short' })).status).toBe(400);
});

it('asks for no second proof of work for what was taken already', async () => {
  const server = await startDeskServer({ config: { proof_of_work_bits: 8 } });
  const { challenge, bits } = (await server.http.call('GET', '/api/v1/challenge')).body;
  let tried = 0;
  while (leadingZeroBits(challenge, String(tried)) < bits) tried += 1;
  const body = { id: randomUUID(), message: 'Call me', email: 'lee@example.com' };
  const send = (one: object) => server.http.call('POST', '/api/v1/contact', { body: one });
  const first = await send({ ...body, proof: { challenge, nonce: String(tried) } });
  expect(first.status).toBe(200);
  expect((await send({ ...body, id: randomUUID() })).body.error.code).toBe('proof_needed');
  expect(await send(body)).toMatchObject({ status: 200, body: first.body });
});
