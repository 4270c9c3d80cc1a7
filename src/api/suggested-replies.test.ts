import { randomUUID } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { createSqliteHealthStore } from '../stores/sqlite/health-store.ts';
import { startDeskServer, type DeskServer } from '../testing/start-desk-server.ts';

vi.setConfig({ testTimeout: 120_000 });

async function handedOver(server: DeskServer) {
  const id = await server.app.conversations.createConversation({});
  const body = { message: 'Can I return a tent that was used once?' };
  await server.http.call('POST', `/api/v1/conversations/${id}/handover`, { body });
  return { id, thread: (await server.app.desk.tools.store.threadOf(id))!.id };
}

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
