import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { expect, it, vi } from 'vitest';
import type { SuggestedReply } from '../answer/suggest-reply.ts';
import { auditOf } from '../audit/audited-routes.ts';
import { AnswerboxError } from '../errors.ts';
import { createSqliteHealthStore } from '../stores/sqlite/health-store.ts';
import { exampleCitation } from '../testing/example-answer.ts';
import { startDeskServer, type DeskServer } from '../testing/start-desk-server.ts';

vi.setConfig({ testTimeout: 120_000 });

async function handedOver(server: DeskServer) {
  const id = await server.app.conversations.createConversation({});
  const body = { message: 'Can I return a tent that was used once?' };
  await server.http.call('POST', `/api/v1/conversations/${id}/handover`, { body });
  return { id, thread: (await server.app.desk.tools.store.threadOf(id))!.id };
}

const FOUND: SuggestedReply = {
  messageId: 'asked',
  text: 'Used tents can be returned within 14 days.',
  citations: [exampleCitation('Used tents can be returned within 14 days.')],
  confidence: 0.3,
  sure: false,
  language: 'en',
};

it('a suggestion is made for whoever may reply, of the thread that they read, and is a look in the audit', async () => {
  const asked: string[] = [];
  const suggestReply = async (conversationId: string) => (asked.push(conversationId) > 1 ? null : FOUND);
  const server = await startDeskServer({ suggestReply });
  const [ada, viewer] = [await server.signIn('agent', 'Ada'), await server.signIn('viewer')];
  const { id, thread } = await handedOver(server);
  const address = `/api/v1/threads/${thread}/suggestion`;
  expect((await viewer.call('POST', address, { body: {} })).status).toBe(403);
  expect((await server.http.call('POST', address, { body: {} })).status).toBe(401);
  expect(asked).toEqual([]);
  const { messageId, ...rest } = FOUND;
  const expected = { suggestion: { message_id: messageId, ...rest } };
  expect(await ada.call('POST', address, { body: {} })).toMatchObject({ status: 200, body: expected });
  expect((await ada.call('POST', address)).body).toEqual({ suggestion: null });
  expect(asked).toEqual([id, id]);
  expect((await ada.call('POST', '/api/v1/threads/nothing/suggestion', { body: {} })).status).toBe(404);
  expect(auditOf('POST', '/api/v1/threads/:id/suggestion', 'user', false)).toBe('look');
});

it('the search for a suggestion ends when its asker leaves', async () => {
  const steps = new EventEmitter();
  const [begun, ended] = [once(steps, 'begun'), once(steps, 'ended')];
  const suggestReply = async (_: string, signal: AbortSignal) => {
    steps.emit('begun');
    await once(signal, 'abort');
    steps.emit('ended');
    throw new AnswerboxError('cancelled', {}, signal.reason);
  };
  const server = await startDeskServer({ suggestReply });
  const { thread } = await handedOver(server);
  const leaving = new AbortController();
  const asking = fetch(`${server.url}/api/v1/threads/${thread}/suggestion`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.adminKey}` },
    signal: leaving.signal,
  }).catch((error: unknown) => error);
  await begun;
  leaving.abort();
  expect(await asking).toMatchObject({ name: 'AbortError' });
  await ended;
});

it('a suggestion is rated by each member of staff, once, and counted', async () => {
  const server = await startDeskServer();
  const [ada, bob] = [await server.signIn('agent', 'Ada'), await server.signIn('agent', 'Bob')];
  const viewer = await server.signIn('viewer');
  const { thread } = await handedOver(server);
  const address = `/api/v1/threads/${thread}/suggestion/rating`;
  const rate = (who: typeof ada, rating: unknown) => who.call('PUT', address, { body: { rating } });
  expect((await rate(viewer, 'up')).status).toBe(403);
  expect((await rate(ada, 'great')).status).toBe(400);
  for (const rating of ['down', 'up']) expect((await rate(ada, rating)).status).toBe(204);
  await rate(bob, 'down');
  expect((await ada.call('GET', address)).body).toEqual({ rating: 'up' });
  const drafts = async () => (await ada.call('GET', '/api/v1/analytics')).body.drafts;
  expect(await drafts()).toMatchObject({ up: 1, down: 1 });
  await rate(bob, null);
  expect((await bob.call('GET', address)).body).toEqual({ rating: null });
  expect(await drafts()).toMatchObject({ up: 1, down: 0 });
  expect((await ada.call('GET', '/api/v1/threads/nothing/suggestion/rating')).status).toBe(404);
});

it('what staff made of a suggestion is proposed as an article, and outlives a check of the knowledge', async () => {
  const server = await startDeskServer();
  const ada = await server.signIn('agent', 'Ada');
  const { id, thread } = await handedOver(server);
  const send = (text: string, share: number, inserted = true) =>
    ada.call('POST', `/api/v1/threads/${thread}/messages`, {
      body: { text, id: randomUUID(), from_draft: { shown: true, inserted, edited_share: share } },
    });
  await send('Taken as it was.', 0);
  await send('Hello Kim', 1, false);
  await send('Used tents can be returned within 14 days if they are dry and clean.', 0.6);
  const health = createSqliteHealthStore(server.database);
  const expected = {
    question: 'Can I return a tent that was used once?',
    draft: 'Used tents can be returned within 14 days if they are dry and clean.',
    status: 'open',
    fromReply: true,
  };
  expect(await health.listGaps()).toMatchObject([expected]);
  await health.saveGaps([]);
  expect(await health.listGaps()).toMatchObject([expected]);
  // With the conversation goes what was learnt from it.
  server.database.prepare('DELETE FROM conversations WHERE id = ?').run(id);
  expect(await health.listGaps()).toEqual([]);
});

it('what was made of a suggestion to an earlier message is proposed under that one', async () => {
  const server = await startDeskServer();
  const ada = await server.signIn('agent', 'Ada');
  const { id: conversationId, thread } = await handedOver(server);
  const ask = async (text: string) => {
    const id = randomUUID();
    await server.app.conversations.addMessage({ id, conversationId, role: 'customer', text, answer: null });
    return id;
  };
  const asked = await ask('And a used stove?');
  await ask('Can I talk to somebody?');
  const use = { shown: true, inserted: true, edited_share: 0.5, message_id: asked };
  const body = { text: 'Stoves that were lit stay yours.', id: randomUUID(), from_draft: use };
  expect((await ada.call('POST', `/api/v1/threads/${thread}/messages`, { body })).status).toBe(201);
  const gaps = await createSqliteHealthStore(server.database).listGaps();
  expect(gaps).toMatchObject([{ question: 'And a used stove?', draft: body.text }]);
});

it('a file of staff is an answer: the thread is theirs, and the first response is given', async () => {
  const server = await startDeskServer();
  const ada = await server.signIn('agent', 'Ada');
  const { id, thread } = await handedOver(server);
  const form = new FormData();
  form.append('file', new Blob(['Return label']), 'label.txt');
  const path = `/api/v1/threads/${thread}/attachments`;
  expect((await ada.call('POST', path, { body: form })).status).toBe(201);
  expect((await ada.call('GET', `/api/v1/threads/${thread}`)).body).toMatchObject({
    state: 'person',
    assignee_id: ada.id,
    waiting_since: null,
    ticket_details: { due: { first_response_state: 'met' } },
  });
  const seen = (await server.http.call('GET', `/api/v1/conversations/${id}`)).body;
  expect(seen.attachments).toMatchObject([{ name: 'label.txt', from: 'staff' }]);
});
