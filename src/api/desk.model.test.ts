import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHttpClient, type HttpClient } from '../testing/http-client.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

let server: TestServer;
let client: HttpClient;
beforeAll(async () => {
  server = await startTestServer();
  client = createHttpClient(server);
});
afterAll(() => server.close());

it('passes a conversation to a person and is silent until it comes back', async () => {
  const key = server.adminKey;
  const first = await client.ask('How long can I return unworn goods?');
  expect(first).toMatchObject({ outcome: 'answered', ticket: null });
  const { conversation_id } = first;
  const events = await client.stream('I want to talk to a person', { conversation_id });
  expect(events.map(({ type }) => type).filter((type) => type !== 'stage-end')).toEqual([
    'answer-start',
    'handover-start',
    'text-delta',
    'text-delta',
    'answer-end',
  ]);
  const end = events.at(-1)!;
  expect(end).toMatchObject({ answer: { outcome: 'handed_off', ticket: { number: 1, status: 'open' } } });
  const { threads } = (await client.call('GET', '/api/v1/threads?state=waiting', { key })).body;
  expect(threads).toHaveLength(1);
  const address = `/api/v1/threads/${threads[0].id}`;
  const { handover } = (await client.call('GET', address, { key })).body;
  expect(handover).toMatchObject({ reason: 'customer_request', suggested_reply: expect.any(String) });
  expect(handover.evidence.length).toBeGreaterThan(0);
  const silent = await client.ask('How much does resoling cost?', { conversation_id });
  expect(silent).toMatchObject({ outcome: 'handed_off', answer: '', ticket: { number: 1 } });
  await client.call('POST', `${address}/messages`, { key, body: { text: 'Hello, this is Ada.' } });
  await client.call('POST', `${address}/hand-back`, { key, body: {} });
  const again = await client.ask('How long can I return unworn goods?', { conversation_id });
  expect(again.outcome).toBe('answered');
  const { messages } = (await client.call('GET', `/api/v1/conversations/${conversation_id}`)).body;
  expect(messages.map(({ role }: { role: string }) => role)).toEqual([
    'customer',
    'assistant',
    'customer',
    'assistant',
    'customer',
    'staff',
    'customer',
    'assistant',
  ]);
});

it('hands over what is dangerous at once, and what it cannot answer the second time', async () => {
  const fire = await client.ask('The camping stove caught fire in my hands');
  expect(fire).toMatchObject({ outcome: 'handed_off', ticket: { status: 'open' } });
  const ticket = await client.call('GET', `/api/v1/tickets/${fire.ticket!.number}`, { key: server.adminKey });
  expect(ticket.body).toMatchObject({ priority: 'urgent', handover: { reason: 'sensitive' } });
  const one = await client.ask('Who won the chess world championship in 1972?');
  expect(one.outcome).toBe('declined');
  const two = await client.ask('What is the boiling point of mercury?', {
    conversation_id: one.conversation_id,
  });
  expect(two).toMatchObject({ outcome: 'handed_off', ticket: { number: expect.any(Number) } });
  expect(two.answer).toContain('ticket is number');
});
