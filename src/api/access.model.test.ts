import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WEB_FOLDER } from '../composition/package-files.ts';
import { ERROR_TABLE } from '../errors.ts';
import { createHttpClient, type CallDetails, type HttpClient } from '../testing/http-client.ts';
import { accessOf } from '../auth/route-access.ts';
import { listRoutes } from '../testing/list-routes.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import { buildServer } from './build-server.ts';

/** Written out a second time on purpose: opening a route takes two people's attention. */
const OPEN_TO_ALL = [
  'GET /*',
  'GET /api/v1/chat/ws',
  'DELETE /api/v1/chat/:id',
  'GET /api/v1/availability',
  'GET /api/v1/challenge',
  'GET /api/v1/conversations/:id',
  'GET /api/v1/conversations/:id/attachments/:attachment',
  'GET /api/v1/conversations/:id/events',
  'GET /api/v1/session',
  'GET /api/v1/shop',
  'GET /api/v1/sources/:id',
  'GET /api/v1/sources/:id/pictures',
  'GET /api/v1/sources/:id/pictures/:number',
  'GET /console',
  'GET /console*',
  // The API's pages, unless a setting closes them.
  'GET /docs',
  'GET /docs*',
  'GET /docs/json',
  'GET /docs/static/index.html',
  'GET /docs/static/swagger-initializer.js',
  'GET /docs/yaml',
  'GET /healthz',
  // For programs on this machine, as this test is.
  'GET /metrics',
  'GET /readyz',
  'GET /sources/:id',
  'GET /sources/page.css',
  'POST /api/v1/chat',
  'POST /api/v1/contact',
  'POST /api/v1/conversations',
  'POST /api/v1/conversations/:id/attachments',
  'POST /api/v1/conversations/:id/contact',
  'POST /api/v1/conversations/:id/csat',
  'POST /api/v1/conversations/:id/feedback',
  'POST /api/v1/conversations/:id/handover',
  'POST /api/v1/conversations/:id/read',
  'POST /api/v1/conversations/:id/typing',
  'POST /api/v1/memory',
  'POST /api/v1/session',
  'POST /api/v1/session/oidc',
  'POST /api/v1/session/oidc/code',
  'POST /api/v1/session/oidc/finish',
  'POST /api/v1/session/setup',
];

let server: TestServer;
let client: HttpClient;
let routes: string[];
beforeAll(async () => {
  server = await startTestServer({ config: { demo: false } });
  client = createHttpClient(server);
  const twin = await buildServer(server.app, { controlToken: 'unused', webFolder: WEB_FOLDER });
  await twin.ready();
  routes = listRoutes(twin.printRoutes({ commonPrefix: false }));
  await twin.close();
});
afterAll(() => server.close());

async function statusOf(route: string, key?: string): Promise<number> {
  const [method = '', path = ''] = route.split(' ');
  const details: CallDetails = { ...(key !== undefined && { key }), ...(method === 'POST' && { body: {} }) };
  return (await client.call(method, path.replace(':id', 'nothing').replace('*', 'nothing.html'), details))
    .status;
}

async function routesWithout401(key?: string): Promise<string[]> {
  const open: string[] = [];
  for (const route of routes) if ((await statusOf(route, key)) !== 401) open.push(route);
  return open;
}

describe('access', () => {
  it('is closed for every route that is not on the list, whatever its method', async () => {
    const heads = OPEN_TO_ALL.filter((route) => route.startsWith('GET')).map((route) =>
      route.replace('GET', 'HEAD'),
    );
    expect((await routesWithout401()).sort()).toEqual([...OPEN_TO_ALL, ...heads].sort());
    expect(routes.length).toBeGreaterThan(OPEN_TO_ALL.length * 2);
  });

  it('is closed with a wrong key, open with the admin key', async () => {
    const open = await routesWithout401();
    for (const key of ['abx_wrong', server.adminKey.slice(0, -1), `${server.adminKey}x`, 'null']) {
      expect(await routesWithout401(key), key).toEqual(open);
    }
    // What is a person's own has no meaning for a key.
    const anybodys = routes.filter((route) => {
      const [method = '', path = ''] = route.split(' ');
      return accessOf(method, path) !== 'signed-in';
    });
    expect(await routesWithout401(server.adminKey)).toEqual(anybodys);
  });

  it('ends for a key that was replaced', async () => {
    const old = server.adminKey;
    const fresh = await server.app.keys.resetAdminKey();
    expect(await statusOf('GET /api/v1/documents', old)).toBe(401);
    expect(await statusOf('GET /api/v1/documents', fresh)).toBe(200);
    server = { ...server, adminKey: fresh };
  });

  it.each([
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/../../package.json',
    '/.%00/package.json',
  ])('does not lead out of the folder of pages by %s', async (path) => {
    const { status, body } = await client.call('GET', path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify(body)).not.toContain('devDependencies');
  });
});

const CHAT = 'POST /api/v1/chat';
const ANYWHERE = '/api/v1/documents/nothing';
type Case = [string, string, CallDetails, number, string];
const CASES: Case[] = [
  ['an unknown address', 'GET /api/v1/nothing', {}, 404, 'not_found'],
  ['an unknown method', 'PUT /api/v1/chat', { body: {} }, 404, 'not_found'],
  ['a body that is not JSON', CHAT, { body: '{"message": ' }, 400, 'request_invalid'],
  [
    'a body of another kind',
    CHAT,
    { body: 'message', headers: { 'content-type': 'application/xml' } },
    400,
    'request_invalid',
  ],
  ['no body', CHAT, {}, 400, 'request_invalid'],
  ['a message that is a number', CHAT, { body: { message: { text: 1 } } }, 400, 'request_invalid'],
  ['a mode that does not exist', CHAT, { body: { message: 'Hi', mode: 'guess' } }, 400, 'request_invalid'],
  [
    'a poisoned prototype',
    CHAT,
    { body: '{"message": "Hi", "__proto__": {"admin": true}}' },
    400,
    'request_invalid',
  ],
  [
    'an unknown conversation',
    CHAT,
    { body: { message: 'Hi', conversation_id: 'nothing' } },
    404,
    'conversation_not_found',
  ],
  ['an unknown conversation to read', 'GET /api/v1/conversations/nothing', {}, 404, 'conversation_not_found'],
  [
    'an unknown conversation to hand over',
    'POST /api/v1/conversations/nothing/handover',
    {},
    404,
    'conversation_not_found',
  ],
  ['an unknown source', 'GET /api/v1/sources/nothing', {}, 404, 'document_not_found'],
  ['an id that is too long', `GET /api/v1/sources/${'x'.repeat(300)}`, {}, 404, 'not_found'],
  ['no key', `GET ${ANYWHERE}`, {}, 401, 'unauthorized'],
  ['an unknown document', `GET ${ANYWHERE}`, { key: 'admin' }, 404, 'document_not_found'],
  ['an unknown job', 'GET /api/v1/jobs/nothing', { key: 'admin' }, 404, 'job_not_found'],
  ['a search without a query', 'POST /api/v1/search', { key: 'admin', body: {} }, 400, 'request_invalid'],
  [
    'a search for too much',
    'POST /api/v1/search',
    { key: 'admin', body: { query: 'boots', limit: 1000 } },
    400,
    'request_invalid',
  ],
  [
    'an upload of nothing',
    'POST /api/v1/documents',
    { key: 'admin', body: { documents: [] } },
    400,
    'request_invalid',
  ],
  ['an upload without a body', 'POST /api/v1/documents', { key: 'admin' }, 400, 'request_invalid'],
  [
    'a document without text',
    'POST /api/v1/documents',
    { key: 'admin', body: { documents: [{ title: 'A' }] } },
    400,
    'request_invalid',
  ],
  ['a page that is no number', 'GET /api/v1/documents?limit=all', { key: 'admin' }, 400, 'request_invalid'],
];

describe('an error', () => {
  it.each(CASES)(
    'for %s says what to do, under an id, and gives nothing away',
    async (_name, route, details, status, code) => {
      const [method = '', path = ''] = route.split(' ');
      const { key, ...rest } = details;
      const result = await client.call(method, path, {
        ...rest,
        ...(key !== undefined && { key: server.adminKey }),
      });
      expect(result.body).toEqual({
        error: { code, message: expect.any(String), request_id: result.headers.get('x-request-id') },
      });
      expect(result.status).toBe(status);
      expect(ERROR_TABLE).toHaveProperty(code, expect.objectContaining({ status }));
      expect(result.body.error.message).toMatch(/^\S.{9,}\.( .+[.?])?$/s);
      expect(JSON.stringify(result.body)).not.toMatch(/node_modules|\bat \/|\.ts:|undefined|\{\w+\}/);
      expect(result.body.error.request_id).toMatch(/^[\da-f-]{36}$/);
    },
  );

  it.each(['/healthz', '/', '/api/v1/nothing', '/api/v1/documents', '/api/v1/shop'])(
    'or not, %s carries its id, its time and what browsers must not do',
    async (path) => {
      const { headers } = await client.call('GET', path);
      expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
      expect(headers.get('server-timing')).toMatch(/^total;dur=\d/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("object-src 'none'");
    },
  );
});
