import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, afterAll, describe, expect, it, vi } from 'vitest';
import { accessOf, PERMISSIONS, ROLES, type Access, type Permission } from '../auth/route-access.ts';
import { ROLE_NAMES } from '../stores/staff-contracts.ts';
import { listRoutes } from '../testing/list-routes.ts';
import { openDeskServer, type DeskServer } from '../testing/open-desk-server.ts';
import { createStaffClient, PASSWORD } from '../testing/staff-client.ts';
import { walkRoutes, type Walked } from '../testing/walk-routes.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 120_000 });

let folder: string;
let server: DeskServer;
let routes: string[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'answerbox-test-'));
  server = await openDeskServer(folder, { config: { key_requests_per_minute: 0 } });
  routes = listRoutes(server.tree);
  expect(routes.length).toBeGreaterThan(200);
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const accessTo = (route: string): Access => {
  const [method = '', path = ''] = route.split(' ');
  return accessOf(method, path)!;
};
/** A HEAD has the row of its GET; the four roles walk both. */
const bodied = (): string[] => routes.filter((route) => !route.startsWith('HEAD '));
const admin = (): { key: string } => ({ key: server.adminKey });

/** Whom the table turns away, and with what. A HEAD has no body that could name the code. */
function wrongOf(walked: readonly Walked[], may: ReadonlySet<string>, isPerson: boolean): string[] {
  return walked
    .filter(({ route, status, code }) => {
      const access = accessTo(route);
      const refused = status === 403 && (code === 'forbidden' || route.startsWith('HEAD '));
      // What is open to all may ask for more by a setting, or be answered 401 for want of a password.
      if (access === 'everyone') return refused;
      if (access === 'signed-in')
        return isPerson ? status === 401 && code === 'unauthorized' : status !== 401;
      return may.has(access) ? refused || (status === 401 && code === 'unauthorized') : !refused;
    })
    .map(({ route, status, code }) => `${route}: ${status} ${code ?? ''}`);
}

async function makeKey(permissions: readonly Permission[], more: object = {}) {
  const body = { name: 'walker', permissions, ...more };
  const made = await server.http.call('POST', '/api/v1/keys', { ...admin(), body });
  expect(made.status).toBe(201);
  return { id: made.body.id as string, headers: { authorization: `Bearer ${made.body.key as string}` } };
}

/** Somebody whose role of the owner's own may do this and nothing else. */
async function signInAs(name: string, permissions: readonly Permission[]) {
  const { http } = server;
  await http.call('PUT', `/api/v1/roles/${name}`, { ...admin(), body: { permissions } });
  const email = `${name.toLowerCase()}@shop.example`;
  // The built-in role under it may do everything: the owner's own takes its place.
  const body = { name, email, role: 'owner', password: PASSWORD };
  const { id } = (await http.call('POST', '/api/v1/users', { ...admin(), body })).body as { id: string };
  const changed = { ...admin(), body: { custom_role: name } };
  expect((await http.call('PATCH', `/api/v1/users/${id}`, changed)).status).toBe(200);
  const client = createStaffClient(server.url);
  const signedIn = await client.call('POST', '/api/v1/session', { body: { email, password: PASSWORD } });
  expect([...signedIn.body.permissions].sort()).toEqual([...permissions].sort());
  return { id, client };
}

describe('every route', () => {
  it('is closed to nobody but those whom its row lets in', async () => {
    const walked = await walkRoutes(server.url, routes, {});
    const wrong = walked.filter(({ route, status, code }) =>
      accessTo(route) === 'everyone' ? code === 'unauthorized' : status !== 401,
    );
    expect(wrong).toEqual([]);
  });

  it.each(ROLE_NAMES)('as %s, streams and signing out too', async (role) => {
    const client = await server.signIn(role);
    const walked = await walkRoutes(server.url, routes, client.headers());
    expect(wrongOf(walked, new Set(ROLES[role]), true)).toEqual([]);
  });

  it.each(PERMISSIONS)('as a role of the owner’s own that may do %s alone', async (permission) => {
    const { client } = await signInAs(`only-${permission.replace('.', '-')}`, [permission]);
    const walked = await walkRoutes(server.url, bodied(), client.headers());
    expect(wrongOf(walked, new Set([permission]), true)).toEqual([]);
  });

  it.each(PERMISSIONS)('with a key that may do %s alone', async (permission) => {
    const { headers } = await makeKey([permission]);
    const walked = await walkRoutes(server.url, bodied(), headers);
    expect(wrongOf(walked, new Set([permission]), false)).toEqual([]);
  });

  it('is closed to a key that was taken away or has ended, and to a person who was', async () => {
    const removed = await makeKey(PERMISSIONS);
    await server.http.call('DELETE', `/api/v1/keys/${removed.id}`, admin());
    const ended = await makeKey(PERMISSIONS, { expires_at: new Date(Date.now() + 3_600_000).toISOString() });
    server.database.prepare(`UPDATE api_keys SET expires_at = '2020-01-01' WHERE id = ?`).run(ended.id);
    const { id, client } = await signInAs('leaver', PERMISSIONS);
    await server.http.call('PATCH', `/api/v1/users/${id}`, { ...admin(), body: { disabled: true } });
    const closed = bodied().filter((route) => accessTo(route) !== 'everyone');
    for (const headers of [removed.headers, ended.headers, client.headers()]) {
      const walked = await walkRoutes(server.url, closed, headers);
      expect(walked.filter(({ status }) => status !== 401)).toEqual([]);
    }
  });

  it('that changes something is closed to a session without its token', async () => {
    const { client } = await signInAs('forged', PERMISSIONS);
    const { 'x-csrf-token': _token, ...headers } = client.headers();
    const changing = routes.filter((route) => !/^(GET|HEAD) /.test(route) && accessTo(route) !== 'everyone');
    const walked = await walkRoutes(server.url, changing, headers);
    expect(walked.filter(({ code }) => code !== 'csrf_refused')).toEqual([]);
  });
});
