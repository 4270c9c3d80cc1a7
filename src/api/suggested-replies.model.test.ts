import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SuggestedReply } from '../answer/suggest-reply.ts';
import { createHttpClient, type HttpClient } from '../testing/http-client.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

let server: TestServer;
let client: HttpClient;
beforeAll(async () => {
  server = await startTestServer();
  client = createHttpClient(server);
});
afterAll(() => server.close());

/** A question that goes to a person, and what is suggested to them. */
async function suggestionTo(question: string): Promise<(SuggestedReply & { message_id: string }) | null> {
  const { conversation_id: id, outcome } = await client.ask(question);
  expect(outcome).toBe('declined');
  await client.call('POST', `/api/v1/conversations/${id}/handover`, { body: {} });
  const thread = (await server.app.desk.tools.store.threadOf(id))!.id;
  const before = await stored(id, thread);
  const response = await client.call('POST', `/api/v1/threads/${thread}/suggestion`, {
    key: server.adminKey,
  });
  expect(response.status).toBe(200);
  expect(await stored(id, thread)).toEqual(before);
  return response.body.suggestion;
}

/** What a question would have left behind. */
async function stored(id: string, thread: string) {
  const { app } = server;
  const { store } = app.desk.tools;
  return {
    messages: await app.conversations.listRecentMessages(id, 100),
    conversations: await app.conversations.countMessages(id),
    thread: await store.getThread(thread),
    events: await store.listEvents(thread, { after: 0, limit: 100 }),
    session: await app.memory.sessions.get(id),
    answers: (await app.caches()).caches.answer.entries,
  };
}

it('is made of passages that are there, and said not to be sure, where customers were declined', async () => {
  const found = await suggestionTo('How do I wash a down jacket?');
  expect(found).toMatchObject({ sure: false, text: expect.stringContaining('down') });
  expect(found!.text).not.toMatch(/\[\d+\]/);
  expect(found!.citations.length).toBeGreaterThan(0);
  for (const { document_id, quote, start, end } of found!.citations) {
    const text = await server.app.knowledge.getText(document_id);
    expect(text?.slice(start, end)).toBe(quote);
  }
});

it('is none where the documents say nothing that comes near', async () => {
  expect(await suggestionTo('Who won the chess world championship in 1972?')).toBeNull();
});

it('is sure of what customers are answered with, until somebody has said it', async () => {
  const { conversation_id: id } = await client.ask('I want to talk to a person');
  await client.ask('How long can I return unworn goods?', { conversation_id: id });
  const thread = (await server.app.desk.tools.store.threadOf(id))!.id;
  const path = `/api/v1/threads/${thread}/suggestion`;
  const { suggestion } = (await client.call('POST', path, { key: server.adminKey })).body;
  expect(suggestion).toMatchObject({ sure: true, language: 'en' });
  expect(suggestion.text).toContain('60 days');
  const [asked] = await server.app.conversations.listRecentMessages(id, 1);
  expect(suggestion.message_id).toBe(asked!.id);
  // What is said then is suggested no more.
  const body = { text: suggestion.text, id: randomUUID() };
  await client.call('POST', `/api/v1/threads/${thread}/messages`, { key: server.adminKey, body });
  await client.ask('How long can I return unworn goods?', { conversation_id: id });
  expect((await client.call('POST', path, { key: server.adminKey })).body.suggestion).toBeNull();
});
