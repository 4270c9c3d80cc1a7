import { randomUUID } from 'node:crypto';
import { afterEach, expect, it, vi } from 'vitest';
import { DESK } from '../desk/desk-settings.ts';
import { readDeskStream } from '../testing/read-desk-stream.ts';
import { startDeskServer, type DeskServer } from '../testing/start-desk-server.ts';

vi.setConfig({ testTimeout: 120_000 });
afterEach(() => vi.useRealTimers());

const MANY = 10_000;

/** A thread with a ticket, and so many messages of the customer after it. */
async function handedOver(server: DeskServer, more = 0) {
  const id = await server.app.conversations.createConversation({});
  const { body } = await server.http.call('POST', `/api/v1/conversations/${id}/handover`, {
    body: { message: 'My tent leaks' },
  });
  const add = server.database.prepare(
    "INSERT INTO messages (id, conversation_id, role, text, created_at) VALUES (?, ?, 'customer', ?, ?)",
  );
  server.database.transaction(() => {
    for (let number = 1; number <= more; number += 1)
      add.run(randomUUID(), id, `Message ${number}`, new Date().toISOString());
  })();
  const thread = (await server.app.desk.tools.store.threadOf(id))!;
  return { id, thread, number: body.ticket.number as number };
}

it('a thread of 10,000 messages is read whole, from its end, from its middle, and written to', async () => {
  const server = await startDeskServer();
  const agent = await server.signIn('agent', 'Ada');
  const { id, thread, number } = await handedOver(server, MANY);
  const address = `/api/v1/threads/${thread.id}`;
  const last = Number((await agent.call('GET', address)).body.last_sequence);
  const newest = (await agent.call('GET', `${address}/events?before=${last + 1}&limit=50`)).body.events;
  expect(newest).toHaveLength(50);
  expect(newest.at(-1).message.text).toBe(`Message ${MANY}`);

  const sent = { body: { text: 'I read it all', id: randomUUID() } };
  expect((await agent.call('POST', `${address}/messages`, sent)).status).toBe(201);
  const stream = readDeskStream(server.url, `/api/v1/conversations/${id}/events?after=0`);
  const events = await stream.until(({ message }) => (message as { text: string })?.text === 'I read it all');
  const texts = events.flatMap(({ message }) => (message as { text: string } | undefined)?.text ?? []);
  expect(texts.filter((text) => text.startsWith('Message '))).toEqual(
    Array.from({ length: MANY }, (_, index) => `Message ${index + 1}`),
  );
  const middle = readDeskStream(server.url, `/api/v1/conversations/${id}/events?after=${last - 10}`);
  const rest = await middle.until(({ message }) => (message as { text: string })?.text === 'I read it all');
  expect(rest.map(({ sequence }) => sequence)).toEqual(
    events.map(({ sequence }) => sequence).filter((sequence) => (sequence as number) > last - 10),
  );
  // The same reply once more, long after: found again, and not sent again.
  for (let more = 0; more < 3; more += 1)
    await server.app.conversations.addMessage({
      id: randomUUID(),
      conversationId: id,
      role: 'customer',
      text: `Again ${more}`,
      answer: null,
    });
  const again = await agent.call('POST', `${address}/messages`, sent);
  expect(again.body.message.text).toBe('I read it all');
  const found = (await agent.call('GET', '/api/v1/tickets?q=again')).body.tickets;
  expect(found.map((ticket: { number: number }) => ticket.number)).toEqual([number]);
});

it('what is pasted is taken up to its limit, and beyond it refused in words, with nothing stored', async () => {
  const server = await startDeskServer();
  const agent = await server.signIn('agent', 'Ada');
  const { id, thread } = await handedOver(server);
  const address = `/api/v1/threads/${thread.id}`;
  const longest = 'ä'.repeat(DESK.messageCharacters);
  for (const path of ['messages', 'notes']) {
    expect((await agent.call('POST', `${address}/${path}`, { body: { text: longest } })).status).toBe(201);
    const refused = await agent.call('POST', `${address}/${path}`, { body: { text: `${longest}!` } });
    expect(refused.status).toBe(400);
    expect(refused.body.error).toMatchObject({ code: 'request_invalid', request_id: expect.any(String) });
    expect(refused.body.error.message).toContain(String(DESK.messageCharacters));
  }
  expect((await agent.call('PUT', `${address}/drafts/reply`, { body: { text: longest } })).status).toBe(204);
  const draft = await agent.call('PUT', `${address}/drafts/reply`, { body: { text: `${longest}!` } });
  expect(draft.status).toBe(400);
  const paste = { body: { message: 'x'.repeat(5_000_000) } };
  const customer = await server.http.call('POST', `/api/v1/conversations/${id}/handover`, paste);
  expect([400, 413]).toContain(customer.status);
  const { events } = (await agent.call('GET', `${address}/events?limit=200`)).body;
  const texts = events.flatMap((event: { message: { text: string } | null }) => event.message?.text ?? []);
  expect(texts.filter((text: string) => text.length > 1000)).toEqual([longest]);
});

it('a clock that jumps back or ahead changes neither the order of a thread nor what a reader has seen', async () => {
  const server = await startDeskServer();
  const { id } = await handedOver(server);
  vi.useFakeTimers({ toFake: ['Date'] });
  const stream = readDeskStream(server.url, `/api/v1/conversations/${id}/events?after=0`);
  const jumps = [0, -7_200_000, 86_400_000, -31_536_000_000];
  for (const [index, jump] of jumps.entries()) {
    vi.setSystemTime(Date.now() + jump);
    const text = `After jump ${index}`;
    await server.app.conversations.addMessage({
      id: randomUUID(),
      conversationId: id,
      role: 'customer',
      text,
      answer: null,
    });
    await server.app.desk.tick();
  }
  const events = await stream.until(({ message }) => (message as { text: string })?.text === 'After jump 3');
  const texts = events.flatMap(({ message }) => (message as { text: string } | undefined)?.text ?? []);
  expect(texts.slice(-4)).toEqual(jumps.map((_, index) => `After jump ${index}`));
  const numbers = events.map(({ sequence }) => sequence as number);
  expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
});
