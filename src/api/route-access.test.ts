import { expect, it, vi } from 'vitest';
import { accessOf, ROLES, type Permission } from '../auth/route-access.ts';
import { ROLE_NAMES } from '../stores/staff-contracts.ts';
import { listRoutes } from '../testing/list-routes.ts';
import { startDeskServer } from '../testing/start-desk-server.ts';
import { createHttpClient } from '../testing/http-client.ts';

vi.setConfig({ testTimeout: 240_000 });

/** Written out a second time on purpose: what a role may do beyond the one before it. */
const ADDED: Record<(typeof ROLE_NAMES)[number], readonly Permission[]> = {
  viewer: ['desk.read', 'customers.read', 'analytics.read', 'knowledge.read', 'catalogue.read'],
  agent: ['desk.write', 'customers.write', 'programs.use'],
  admin: [
    'library.write',
    'knowledge.write',
    'catalogue.write',
    'operations.read',
    'settings.write',
    'users.manage',
    'keys.manage',
    'audit.read',
    'privacy.manage',
  ],
  owner: ['backups.make'],
};

it('is written down for every route, and held to for every role', async () => {
  const server = await startDeskServer();
  const routes = listRoutes(server.tree);
  expect(routes.length).toBeGreaterThan(100);
  expect(routes.filter((route) => accessOf(...split(route)) === null)).toEqual([]);
  const stranger = createHttpClient(server);
  const may = new Set<string>();
  for (const role of ROLE_NAMES) {
    for (const permission of ADDED[role]) may.add(permission);
    expect([...may].sort()).toEqual([...ROLES[role]].sort());
    const client = await server.signIn(role);
    const headers = client.headers();
    const wrong: string[] = [];
    for (const route of routes) {
      const [method, path] = split(route);
      const access = accessOf(method, path)!;
      // Streams stay open, and these end the session that is looked through.
      if (/stream$|events$/.test(path) || route === 'DELETE /api/v1/session') continue;
      const details = { headers, ...(!['GET', 'HEAD'].includes(method) && { body: {} }) };
      const address = path
        .replace(/:number|:other/g, '999')
        .replace(/:\w+/g, 'nothing')
        .replace('*', 'nothing.html');
      const { status } = await stranger.call(method, address, details);
      const allowed = access === 'everyone' || access === 'signed-in' || may.has(access);
      const without =
        access === 'everyone'
          ? 0
          : (await stranger.call(method, address, { ...details, headers: {} })).status;
      if ((status === 403) === allowed && !(access === 'everyone')) wrong.push(`${role} ${route} ${status}`);
      if (without !== 0 && without !== 401) wrong.push(`nobody ${route} ${without}`);
    }
    expect(wrong).toEqual([]);
  }
});

function split(route: string): [string, string] {
  const [method = '', path = ''] = route.split(' ');
  return [method, path];
}
