import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createHttpClient, type HttpClient } from '../testing/http-client.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

const SECRET = 'a secret of the shop, 32 bytes or more';
let server: TestServer;
let client: HttpClient;
beforeAll(async () => {
  server = await startTestServer({ config: { identity_secret: SECRET } });
  client = createHttpClient(server);
  // What is derived from the catalogue in the background counts as a source: let it come to rest.
  await server.app.refreshProducts();
});
afterAll(() => server.close());

const tokenFor = (subject: string, claims: Record<string, unknown> = {}, secret = SECRET, life = '10m') =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(subject)
    .setAudience('answerbox')
    .setIssuedAt()
    .setExpirationTime(life)
    .sign(new TextEncoder().encode(secret));
const chat = (body: Record<string, unknown>, headers: Record<string, string> = {}) =>
  client.call('POST', '/api/v1/chat', { body, headers });

it('serves a kept answer, counts it, and never after its document changed', async () => {
  const document = (days: number) =>
    client.call('POST', '/api/v1/documents', {
      body: {
        documents: [
          {
            source: 'kites.md',
            name: 'kites.md',
            text: `# Kites\n\nKites can be exchanged within ${days} days of purchase.`,
          },
        ],
      },
      key: server.adminKey,
    });
  const question = 'Within how many days can kites be exchanged?';
  for (const days of [11, 12, 13]) {
    const { status, body } = await document(days);
    expect(status, JSON.stringify(body)).toBe(202);
    await client.finishJob(body.job_id);
    const first = await client.ask(question);
    expect(first).toMatchObject({ outcome: expect.stringMatching(/^answered/) });
    expect(first.mode).not.toBe('cached');
    expect(first.answer).toContain(`${days} days`);
    // What is still being indexed behind the start counts as a change: an answer from before it is not kept.
    await vi.waitFor(
      async () => {
        expect(await client.ask(question)).toMatchObject({ mode: 'cached', answer: first.answer });
      },
      { timeout: 60_000, interval: 100 },
    );
  }
  const { body } = await client.call('GET', '/api/v1/caches', { key: server.adminKey });
  expect(body.answers.exact).toBe(3);
  expect(body.answers.miss).toBeGreaterThanOrEqual(3);
  expect((await client.call('GET', '/api/v1/caches')).status).toBe(401);
});

it('computes equal questions at once a single time', async () => {
  const before = await server.app.caches();
  const question = 'How do I wash a down jacket?';
  const answers = await Promise.all([1, 2, 3].map(() => client.ask(question)));
  expect(new Set(answers.map(({ answer }) => answer)).size).toBe(1);
  expect(new Set(answers.map(({ conversation_id }) => conversation_id)).size).toBe(3);
  const { answers: after } = await server.app.caches();
  expect(after.miss - before.answers.miss).toBe(1);
  expect(after.joined + after.exact - before.answers.joined - before.answers.exact).toBe(2);
});

it('shows an order to the customer whom the shop vouches for, and to nobody with a bad token', async () => {
  const message = 'Where is my order MO-104015?';
  const own = await tokenFor('c-1', { email: 'lene.hartwig@post.example' });
  expect((await chat({ message, identity: own })).body.order?.number).toBe('MO-104015');
  const other = await tokenFor('c-2', { email: 'o.brandt@moormail.example' });
  expect((await chat({ message, identity: other })).body.order).toBeNull();
  const bad = [
    await tokenFor('c-1', { email: 'lene.hartwig@post.example' }, `${SECRET}!`),
    await tokenFor('c-1', {}, SECRET, '-1h'),
    `${own.slice(0, -4)}AAAA`,
    'nonsense',
  ];
  for (const identity of bad) {
    const { status, body } = await chat({ message, identity });
    expect(status).toBe(401);
    expect(body.error.code).toMatch(/^identity_token_(?:invalid|expired)$/);
  }
});

it('remembers over conversations with consent alone, and forgets', async () => {
  const identity = await tokenFor('c-3');
  const memory = (consent?: boolean) =>
    client.call('POST', '/api/v1/memory', { body: { identity, ...(consent !== undefined && { consent }) } });
  expect((await memory()).body).toEqual({ consent: false, facts: [] });
  const { body: asked } = await chat({ message: 'Remember that my shoe size is 44', identity });
  expect(asked.quick_replies).toEqual(['Yes', 'No']);
  await chat({ message: 'Yes', identity, conversation_id: asked.conversation_id });
  expect((await memory()).body).toMatchObject({ consent: true, facts: [{ name: 'shoe size', value: '44' }] });
  expect((await chat({ message: 'What do you know about me?', identity })).body.answer).toContain('44');
  // What was said in the chat stands in the customer's record, and what staff write there holds in the chat.
  const customer = await server.app.desk.tools.customers.findBySubject('c-3');
  const consents = `/api/v1/customers/${customer!.id}/consents/memory`;
  const body = { given: false, source: 'by telephone' };
  const { body: recorded } = await client.call('PUT', consents, { key: server.adminKey, body });
  expect(recorded.consents).toMatchObject([body, { given: true, source: 'chat' }]);
  expect((await memory()).body).toEqual({ consent: false, facts: [] });
  expect((await chat({ message: 'What do you know about me?', identity })).body.answer).not.toContain('44');
  expect((await memory(true)).body.consent).toBe(true);
  expect((await memory(false)).body).toEqual({ consent: false, facts: [] });
  expect((await chat({ message: 'What do you know about me?', identity })).body.answer).not.toContain('44');
  expect((await client.call('POST', '/api/v1/memory', { body: { identity: 'x' } })).status).toBe(401);
});

it('counts guesses by the address of the connection, whatever a header claims', async () => {
  let paused = 0;
  for (let guess = 0; guess < 8; guess++) {
    const { body } = await chat(
      { message: `Where is my order MO-10${4100 + guess}? guess${guess}@post.example` },
      { 'x-forwarded-for': `203.0.113.${guess}` },
    );
    expect(body.order).toBeNull();
    if (/too many wrong tries/.test(body.answer)) paused += 1;
  }
  expect(paused).toBeGreaterThan(0);
});
