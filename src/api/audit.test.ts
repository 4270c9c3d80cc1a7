import { describe, expect, it, vi } from 'vitest';
import { accessOf } from '../auth/route-access.ts';
import { auditOf } from '../audit/audited-routes.ts';
import { createHttpClient } from '../testing/http-client.ts';
import { listRoutes } from '../testing/list-routes.ts';
import { startDeskServer } from '../testing/start-desk-server.ts';

vi.setConfig({ testTimeout: 240_000 });

/** Written out a second time on purpose: what changes something by its method, and is not written down. */
const UNWRITTEN = [
  'DELETE /api/v1/chat/:id',
  'DELETE /api/v1/threads/:id/drafts/:kind',
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
  // Begins what the next two calls end; those are written.
  'POST /api/v1/session/oidc',
  // Tried out, and nothing is kept of it.
  'POST /api/v1/settings/hours/preview',
  'POST /api/v1/threads/:id/presence',
  'POST /api/v1/threads/:id/read',
  'PUT /api/v1/session/preferences',
  'PUT /api/v1/threads/:id/drafts/:kind',
];

/** As above: what is read and not written down; nobody's words, names or orders are in it but the caller's own. */
const UNWRITTEN_READS = [
  'GET /*',
  'GET /api/v1/availability',
  'GET /api/v1/backups',
  'GET /api/v1/caches',
  'GET /api/v1/challenge',
  'GET /api/v1/chat/ws',
  'GET /api/v1/conversations/:id',
  'GET /api/v1/conversations/:id/attachments/:attachment',
  'GET /api/v1/conversations/:id/events',
  'GET /api/v1/decisions/preview',
  'GET /api/v1/documents',
  'GET /api/v1/documents/:id',
  'GET /api/v1/documents/:id/chunks',
  'GET /api/v1/documents/:id/versions',
  'GET /api/v1/documents/:id/written',
  'GET /api/v1/documents/facets',
  'GET /api/v1/documents/limits',
  'GET /api/v1/handover-rules',
  'GET /api/v1/jobs',
  'GET /api/v1/jobs/:id',
  'GET /api/v1/jobs/:id/events',
  'GET /api/v1/knowledge/duplicates',
  'GET /api/v1/knowledge/sources',
  'GET /api/v1/knowledge/sources/:id',
  'GET /api/v1/library/:kind',
  'GET /api/v1/maintenance',
  'GET /api/v1/models',
  'GET /api/v1/products',
  'GET /api/v1/products/:code',
  'GET /api/v1/products/search',
  'GET /api/v1/session',
  'GET /api/v1/session/list',
  'GET /api/v1/settings',
  'GET /api/v1/settings/hours',
  'GET /api/v1/settings/search',
  'GET /api/v1/shop',
  'GET /api/v1/sources/:id',
  'GET /api/v1/sources/:id/pictures',
  'GET /api/v1/sources/:id/pictures/:number',
  // The names of colleagues, on every page of the console.
  'GET /api/v1/staff',
  'GET /api/v1/threads/counts',
  'GET /api/v1/webhooks',
  'GET /console',
  'GET /console*',
  'GET /docs',
  'GET /docs*',
  'GET /docs/json',
  'GET /docs/static/index.html',
  'GET /docs/static/swagger-initializer.js',
  'GET /docs/yaml',
  'GET /healthz',
  'GET /metrics',
  'GET /readyz',
  'GET /sources/:id',
  'GET /sources/page.css',
];

function split(route: string): [string, string] {
  const [method = '', path = ''] = route.split(' ');
  return [method, path];
}

describe('the audit', () => {
  it('has a line for every staff route that changes something, and for every look at customers', async () => {
    const server = await startDeskServer();
    const owner = await server.signIn('owner');
    const { auditStore } = server.app.staff;
    const routes = listRoutes(server.tree).filter((route) => !/^(HEAD|OPTIONS) /.test(route));
    const kindOf = (route: string) => {
      const [method, path] = split(route);
      const open = accessOf(method, path) === 'everyone';
      return auditOf(method, path, 'user', open);
    };
    const changing = routes.filter((route) => !route.startsWith('GET '));
    expect(changing.filter((route) => kindOf(route) === null).sort()).toEqual(UNWRITTEN);
    const reading = routes.filter((route) => route.startsWith('GET '));
    expect(reading.filter((route) => kindOf(route) === null).sort()).toEqual(UNWRITTEN_READS);
    const silent: string[] = [];
    for (const route of routes) {
      const [method, path] = split(route);
      const kind = kindOf(route);
      // Streams stay open; a session that ends or is renewed cannot go on with the list.
      if (kind === null || /stream$|events$/.test(path) || path.startsWith('/api/v1/session')) continue;
      const address = path.replace(/:number|:other/g, '999').replace(/:\w+/g, 'nothing');
      const before = (await auditStore.head())?.sequence ?? 0;
      await owner.call(method, address, method === 'GET' ? {} : { body: {} });
      const [last] = await auditStore.list({ limit: 1 });
      if (last!.sequence === before || last!.action !== route) silent.push(route);
    }
    expect(silent).toEqual([]);
    expect(routes.filter((route) => kindOf(route) !== null).length).toBeGreaterThan(80);
    expect(await auditStore.verify()).toMatchObject({ firstBad: null });
  });

  it('knows people by pseudonym alone, and owners read who it was', async () => {
    const server = await startDeskServer();
    const owner = await server.signIn('owner', 'Olga');
    const agent = await server.signIn('agent', 'Anton');
    const { body: customer } = await owner.call('POST', '/api/v1/customers', {
      body: { name: 'Ada Quorndale', email: 'ada@planted.example' },
    });
    await agent.call('GET', `/api/v1/customers/${customer.id}`);
    await agent.call('GET', `/api/v1/customers/${customer.id}`);
    await agent.call('GET', '/api/v1/users');
    const { call } = createHttpClient(server);
    await call('POST', '/api/v1/session', {
      body: { email: 'anton@shop.example', password: 'not-the-password' },
    });
    await call('GET', '/api/v1/customers');

    const about = await owner.call('GET', `/api/v1/audit?about=${customer.id}`);
    expect(about.body.lines).toMatchObject([
      { name: 'Anton', action: 'GET /api/v1/customers/:id', outcome: 'done' },
    ]);
    const by = (await owner.call('GET', `/api/v1/audit?user=${agent.id}`)).body.lines;
    expect(by).toContainEqual(
      expect.objectContaining({ action: 'GET /api/v1/users', outcome: 'refused', code: '403' }),
    );
    expect(by).toContainEqual(expect.objectContaining({ action: 'POST /api/v1/session', outcome: 'done' }));
    const tried = await owner.call(
      'GET',
      '/api/v1/audit?about=anton@shop.example&action=POST%20/api/v1/session',
    );
    expect(tried.body.lines.map((line: { outcome: string }) => line.outcome).sort()).toEqual([
      'done',
      'refused',
    ]);
    const whole = JSON.stringify((await owner.call('GET', '/api/v1/audit/export')).body);
    for (const name of ['planted', 'Quorndale', 'anton', 'Anton', agent.id, customer.id, '127.0.0.1'])
      expect(whole).not.toContain(name);
    expect((await agent.call('GET', '/api/v1/audit')).status).toBe(403);
  });

  it('is verified against a head that was kept elsewhere', async () => {
    const server = await startDeskServer();
    const owner = await server.signIn('owner');
    for (let one = 0; one < 3; one += 1)
      await owner.call('POST', '/api/v1/customers', { body: { name: `Customer ${one}` } });
    const { body } = await owner.call('GET', '/api/v1/audit/verify');
    expect(body).toMatchObject({ first_bad: null });
    const kept = `${body.head.sequence}:${body.head.hash}`;
    // A whole chain that somebody computed anew, shorter by a line, with the counter set back.
    const { database } = server;
    database.exec('DROP TRIGGER audit_unchanged; DROP TRIGGER audit_kept');
    const rows = await server.app.staff.auditStore.export({ after: 0, limit: 100 });
    database.exec("DELETE FROM audit; DELETE FROM sqlite_sequence WHERE name = 'audit'");
    for (const { sequence: _, at: __, hash: ___, ...entry } of rows.slice(1))
      await server.app.staff.auditStore.append(entry);
    expect(await server.app.staff.auditStore.verify()).toMatchObject({ firstBad: null });
    const again = await owner.call('GET', `/api/v1/audit/verify?head=${kept}`);
    expect(again.body.first_bad).toBeGreaterThan(0);
    expect((await owner.call('GET', '/api/v1/audit/verify?head=1')).body.error.code).toBe('request_invalid');
  });
});
