import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { filesHolding } from '../testing/folder-bytes.ts';
import { rawExchange } from '../testing/raw-exchange.ts';
import { operationsOf, valueOf, type Operation } from '../testing/schema-values.ts';
import { startDeskServer, type DeskServer } from '../testing/start-desk-server.ts';
import type { StaffClient } from '../testing/staff-client.ts';

vi.setConfig({ testTimeout: 600_000 });

/** What the server of these tests has all parts of; the rest needs models and is driven elsewhere. */
const UNDER = [
  '/api/v1/threads',
  '/api/v1/tickets',
  '/api/v1/customers',
  '/api/v1/library',
  '/api/v1/webhooks',
  '/api/v1/users',
  '/api/v1/roles',
  '/api/v1/keys',
  '/api/v1/session',
  '/api/v1/audit',
  '/api/v1/privacy',
  '/api/v1/products',
  '/api/v1/orders',
  '/api/v1/contact',
  '/api/v1/conversations',
  '/api/v1/analytics',
  '/api/v1/staff',
];

/** Each is several attacks: SQL and full-text search; HTML, templates and spreadsheets; headers; files and shells; text itself. */
const HOSTILE = [
  `'; DROP TABLE users; -- " OR ""=" NEAR(a b) AND * ^ {x}: %27 UNION SELECT * FROM users`,
  '=HYPERLINK("http://evil.example")<script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}${7*7}<%= 7*7 %>',
  'a\r\nX-Injected: yes\r\n\r\nHTTP/1.1 200 OK',
  '../../../../etc/passwd\\..\\win.ini;$(id)`id`|id',
  '\u0000\ud800 \u202e\u2066\ufeff',
  `__proto__ $.a[*] ->> ${'ａ'.repeat(300)}`,
  '-1e999',
];

async function openServer(): Promise<{ server: DeskServer; owner: StaffClient; operations: Operation[] }> {
  const server = await startDeskServer();
  const owner = await server.signIn('owner');
  const page = await server.http.call('GET', '/docs/json');
  const operations = operationsOf(page.body, UNDER).filter(
    // Streams stay open, and these end the session that attacks.
    ({ method, path }) =>
      !/\/stream$|\/events$/.test(path) && !(method === 'DELETE' && path === '/api/v1/session'),
  );
  return { server, owner, operations };
}

/** Half a character cannot stand in an address. */
const wellFormed = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

/** Places of an address filled with a text. */
function addressOf(path: string, text: string): string {
  return path.replace(/\{\w+\}/g, () => encodeURIComponent(wellFormed(text)));
}

describe('hostile input', () => {
  it('in every text of every body, query and address brings no failure, and is run nowhere', async () => {
    const { server, owner, operations } = await openServer();
    expect(operations.length).toBeGreaterThan(90);
    const wrong: string[] = [];
    let sent = 0;
    const look = async (text: string, operation: Operation, path: string, body: unknown): Promise<void> => {
      const { method } = operation;
      sent += 1;
      const result = await owner.call(method, path, body === undefined ? {} : { body });
      if (result.status >= 500 || result.headers.has('x-injected'))
        wrong.push(`${method} ${path.slice(0, 80)} ${JSON.stringify(text.slice(0, 30))}: ${result.status}`);
    };
    for (const text of HOSTILE)
      for (const operation of operations) {
        const { method, path, body, query } = operation;
        const hasBody = method !== 'GET';
        const sentBody = body === null ? {} : valueOf(body, text);
        await look(text, operation, addressOf(path, 'nothing'), hasBody ? sentBody : undefined);
        if (path.includes('{'))
          await look(text, operation, addressOf(path, text), hasBody ? sentBody : undefined);
        for (const name of query) {
          const value = encodeURIComponent(wellFormed(text));
          await look(
            text,
            operation,
            `${addressOf(path, 'nothing')}?${name}=${value}`,
            hasBody ? {} : undefined,
          );
        }
      }
    expect(wrong).toEqual([]);
    expect(sent).toBeGreaterThan(1_400);
    expect(server.database.pragma('integrity_check', { simple: true })).toBe('ok');
    expect((await owner.call('GET', '/api/v1/users')).body.users.length).toBeGreaterThan(0);
    const page = await owner.call('GET', '/api/v1/customers');
    expect(page.headers.get('content-type')).toMatch(/^application\/json/);
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('of deep or endless JSON is refused', async () => {
    const { owner } = await openServer();
    for (const body of ['['.repeat(100_000), `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`])
      expect((await owner.call('POST', '/api/v1/customers', { body })).status).toBe(400);
    const large = JSON.stringify({ name: 'x'.repeat(300_000) });
    expect((await owner.call('POST', '/api/v1/customers', { body: large })).status).toBe(413);
    const form = { 'content-type': 'multipart/form-data' };
    const borderless = await owner.call('POST', '/api/v1/products/import', { body: 'a', headers: form });
    expect(borderless.body.error.code).toBe('request_invalid');
    const header = { 'x-long': 'x'.repeat(20_000) };
    expect((await owner.call('GET', '/api/v1/customers', { headers: header })).status).toBe(431);
  });

  it('pollutes no prototype', async () => {
    const { owner, operations } = await openServer();
    const bodies = [
      '{"name": "Ada", "__proto__": {"polluted": true}}',
      '{"name": "Ada", "constructor": {"prototype": {"polluted": true}}}',
      '{"name": "Ada", "attributes": {"__proto__": "polluted", "constructor": "x"}}',
    ];
    for (const { method, path } of operations.filter((one) => one.body !== null))
      for (const body of bodies)
        expect((await owner.call(method, addressOf(path, 'nothing'), { body })).status, path).toBeLessThan(
          500,
        );
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it('of fields that nobody asked for is stored nowhere', async () => {
    const { server, owner, operations } = await openServer();
    const planted = {
      planted_field: 'PLANTED-VALUE-77',
      role: 'owner',
      id: 'PLANTED-VALUE-77',
      subject: 'PLANTED-VALUE-77',
    };
    const more = {
      merged_into: 'PLANTED-VALUE-77',
      created_at: 'PLANTED-VALUE-77',
      version: 77,
      password_hash: 'PLANTED-VALUE-77',
    };
    const valid: [string, string, object][] = [
      ['POST', '/api/v1/customers', { name: 'Ada', email: 'ada@shop.example' }],
      ['POST', '/api/v1/contact', { message: 'Hello', email: 'ada@shop.example' }],
      ['POST', '/api/v1/library/tags', { name: 'tag' }],
      ['POST', '/api/v1/webhooks', { url: 'https://93.184.216.34/hook', events: ['message-add'] }],
      ['PUT', '/api/v1/roles/Clerk', { permissions: ['desk.read'] }],
    ];
    for (const [method, path, body] of valid) {
      expect((await owner.call(method, path, { body })).status, path).toBeLessThan(300);
      // Fields of theirs come first: those that are planted must not take their place.
      await owner.call(method, path, { body: { ...planted, ...more, ...body } });
    }
    for (const { method, path, body } of operations.filter((one) => one.body !== null)) {
      if (path === '/api/v1/session/preferences') continue;
      const fields = valueOf(body!, 'text');
      await owner.call(method, addressOf(path, 'nothing'), {
        body: { ...more, ...(fields as object), ...{ planted_field: planted.planted_field } },
      });
    }
    server.database.pragma('wal_checkpoint(TRUNCATE)');
    expect(filesHolding(server.folder, 'PLANTED-VALUE-77')).toEqual([]);
    const { users } = (await owner.call('GET', '/api/v1/users')).body;
    expect(users.filter((user: { role: string }) => user.role === 'owner')).toHaveLength(1);
  });
});

describe('ids of others', () => {
  it('open nothing to a customer, whatever kind of id they are', async () => {
    const { server, owner } = await openServer();
    const { http, app } = server;
    const own = (
      await http.call('POST', '/api/v1/contact', { body: { message: 'Mine', email: 'me@a.example' } })
    ).body;
    const body = { message: 'Secret of B', email: 'b@b.example' };
    const other = (await http.call('POST', '/api/v1/contact', { body })).body;
    const { threads } = (await owner.call('GET', '/api/v1/threads?state=waiting')).body;
    const theirs = threads.find((one: { ticket: number }) => one.ticket === other.ticket.number);
    const messages = await app.conversations.listMessages(other.conversation_id);
    const ids = [
      theirs.id,
      theirs.customer_id,
      String(other.ticket.number),
      messages[0]!.id,
      `${own.conversation_id}x`,
    ];
    for (const id of ids) {
      for (const end of ['', '/events'])
        expect((await http.call('GET', `/api/v1/conversations/${id}${end}`)).status, id).toBe(404);
      for (const [end, sent] of [
        ['handover', {}],
        ['contact', { email: 'x@x.example' }],
        ['csat', { rating: 1 }],
        ['typing', { typing: true }],
        ['read', { sequence: 1 }],
      ] as const)
        expect(
          (await http.call('POST', `/api/v1/conversations/${id}/${end}`, { body: sent })).status,
          end,
        ).toBe(404);
    }
    // A message of somebody else, rated through one's own conversation.
    const rated = await http.call('POST', `/api/v1/conversations/${own.conversation_id}/feedback`, {
      body: { message_id: messages[1]!.id, rating: 1 },
    });
    expect(rated.status).toBe(404);
    const read = await http.call('GET', `/api/v1/conversations/${own.conversation_id}`);
    expect(JSON.stringify(read.body)).not.toContain('Secret of B');
    // The key to a conversation is in nothing that staff are sent.
    const seen = JSON.stringify([
      (await owner.call('GET', `/api/v1/threads/${theirs.id}`)).body,
      (await owner.call('GET', `/api/v1/tickets/${other.ticket.number}`)).body,
      (await owner.call('GET', `/api/v1/customers/${theirs.customer_id}`)).body,
      (await owner.call('POST', '/api/v1/privacy/export', { body: { customer: 'b@b.example' } })).body,
    ]);
    expect(seen).toContain('Secret of B');
    expect(seen).not.toContain(other.conversation_id);
  });

  it('do not lead from one of the staff to another’s sessions or drafts', async () => {
    const { server, owner } = await openServer();
    const agent = await server.signIn('agent');
    const [session] = (await owner.call('GET', '/api/v1/session/list')).body.sessions;
    expect((await agent.call('DELETE', `/api/v1/session/list/${session.id}`)).status).toBe(404);
    const { conversation_id: id } = (
      await server.http.call('POST', '/api/v1/contact', { body: { message: 'Hi', email: 'a@a.example' } })
    ).body;
    const thread = await server.app.desk.tools.store.threadOf(id);
    const path = `/api/v1/threads/${thread!.id}/drafts/reply`;
    expect((await owner.call('PUT', path, { body: { text: 'Draft of the owner' } })).status).toBeLessThan(
      300,
    );
    expect(JSON.stringify((await agent.call('GET', path)).body)).not.toContain('Draft of the owner');
    await agent.call('DELETE', path);
    expect((await owner.call('GET', path)).body.text).toBe('Draft of the owner');
  });
});

describe('the edge', () => {
  it('says to browsers what they must not do, behind TLS to come back by it alone', async () => {
    const { http } = await startDeskServer();
    const plain = (await http.call('GET', '/api/v1/availability')).headers;
    expect(plain.get('content-security-policy')).toMatch(
      /object-src 'none'; base-uri 'none'.*frame-ancestors 'none'/,
    );
    expect(plain.get('cache-control')).toBe('no-store');
    expect(plain.get('referrer-policy')).toBe('no-referrer');
    expect(plain.has('strict-transport-security')).toBe(false);
    const secure = await startDeskServer({ config: { public_url: 'https://help.shop.example' } });
    const { headers } = await secure.http.call('GET', '/api/v1/availability');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    const signIn = await secure.http.call('POST', '/api/v1/users', {
      key: secure.adminKey,
      body: { name: 'A', email: 'a@a.example', role: 'agent', password: 'correct-horse-battery-staple' },
    });
    expect(signIn.status).toBe(201);
    const body = { email: 'a@a.example', password: 'correct-horse-battery-staple' };
    const cookies = (await secure.http.call('POST', '/api/v1/session', { body })).headers.getSetCookie();
    for (const cookie of cookies)
      expect(cookie).toMatch(/^__Host-\w+=[^;]+; Path=\/; HttpOnly; SameSite=Strict.*; Secure$/);
  });

  it('refuses requests that two servers would read differently', async () => {
    const { url } = await startDeskServer();
    const shapes = [
      'POST /api/v1/contact HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n',
      'POST /api/v1/contact HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      'POST /api/v1/contact HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n',
      'POST /api/v1/contact HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n',
      'GET /healthz HTTP/1.1\r\nHost : a\r\n\r\n',
      'GET /healthz HTTP/1.1\r\n\r\n',
      'GET /healthz HTTP/1.1\nHost: a\n\n',
    ];
    for (const shape of shapes)
      expect(await rawExchange(url, shape), JSON.stringify(shape)).toMatch(/^HTTP\/1\.1 (400|501)|^$/);
  });

  it('waits for no endless headers', async () => {
    const { url, http } = await startDeskServer();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: ');
    socket.resume();
    await once(socket, 'close');
    expect((await http.call('GET', '/api/v1/availability')).status).toBe(200);
  });
});
