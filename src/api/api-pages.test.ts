import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { App } from '../app.ts';
import type { Config } from '../config.ts';
import { openDesk } from '../composition/open-desk.ts';
import { openStaff } from '../composition/open-staff.ts';
import { createFaults } from '../faults/faults.ts';
import { createMetrics } from '../observability/metrics.ts';
import { createSqliteKeyStore } from '../stores/sqlite/key-store.ts';
import { openDatabase } from '../stores/sqlite/open-database.ts';
import { listRoutes } from '../testing/list-routes.ts';
import { testConfig } from '../testing/start-test-server.ts';
import { createVolatileAllowances } from '../testing/volatile-stores.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { buildServer } from './build-server.ts';

// Building a server with all its schemas takes seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

interface Operation {
  summary?: string;
  tags?: string[];
  requestBody?: object;
  parameters?: object[];
  responses?: Record<string, { description?: string; content?: object }>;
  security?: object[];
}
interface Specification {
  openapi: string;
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
}

/** The server's routes and pages need none of the app's parts but these. */
async function openPages(config: Partial<Config> = {}) {
  const folder = temporaryFolder();
  const database = openDatabase(join(folder, 'answerbox.sqlite'));
  const staff = openStaff(database);
  const settled = testConfig(folder, config);
  const profile = () => ({ name: 'Test shop' });
  const desk = await openDesk({ database, folder, users: staff.users, profile, config: settled });
  const app = {
    config: settled,
    staff,
    desk,
    keys: createSqliteKeyStore(database),
    metrics: createMetrics(),
    faults: createFaults(),
    memory: { allowances: createVolatileAllowances() },
    version: '1.2.3',
  };
  const server = await buildServer(app as unknown as App, { controlToken: 'control', webFolder: folder });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(async () => {
    await server.close();
    await desk.close();
    database.close();
  });
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(url + path, { headers });
  return { server, get };
}

const withKey = { authorization: 'Bearer control' };

describe('the API’s pages', () => {
  it('describe every route: schema, summary, tags, and whether it needs a key', async () => {
    const { server, get } = await openPages();
    const specification = (await (await get('/docs/json')).json()) as Specification;
    expect(specification.openapi).toMatch(/^3\.1/);
    const known = specification.tags.map(({ name }) => name);
    const routes = listRoutes(server.printRoutes({ commonPrefix: false })).filter(
      (route) => !/^HEAD |\/docs|\/console|\/\*$/.test(route),
    );
    expect(routes.length).toBeGreaterThan(30);
    for (const route of routes) {
      const [method = '', path = ''] = route.split(' ');
      const operation = specification.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
      expect(operation, route).toBeDefined();
      const { summary, tags, requestBody, parameters, responses = {} } = operation!;
      expect(summary, route).toMatch(/^[A-Z].{3,}/);
      expect(tags!.length, route).toBe(1);
      expect(known, route).toContain(tags![0]);
      const described = Object.values(responses).some(
        ({ content, description }) => content !== undefined || description !== 'Default Response',
      );
      expect(described || requestBody !== undefined || parameters !== undefined, route).toBe(true);
    }
    const { paths } = specification;
    expect(paths['/v1/chat/completions']!['post']!.security).toEqual([{ key: [] }]);
    expect(paths['/api/v1/chat']!['post']!.security).toBeUndefined();
  });

  it('come from this server alone, under a policy of their own', async () => {
    const { get } = await openPages();
    const page = await get('/docs');
    const html = await page.text();
    expect(html).toContain('swagger-ui-bundle.js');
    expect(html).not.toMatch(/https?:\/\//);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self';");
    expect((await get('/docs/static/swagger-ui-bundle.js')).status).toBe(200);
    expect(await (await get('/docs/static/swagger-initializer.js')).text()).not.toContain(
      'validator.swagger.io',
    );
  });

  it('are closed where the owner wants it', async () => {
    const { get } = await openPages({ api_docs: 'key' });
    for (const path of ['/docs', '/docs/json', '/docs/yaml']) {
      expect((await get(path)).status, path).toBe(401);
      expect((await get(path, withKey)).status, path).toBe(200);
    }
  });
});

describe('the figures for Prometheus', () => {
  it('are read from this machine, and through a proxy or from elsewhere with a key', async () => {
    const { get } = await openPages();
    const response = await get('/metrics');
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await response.text();
    expect(text).toMatch(/^# TYPE answerbox_stage_seconds histogram$/m);
    expect(text).toMatch(/^process_resident_memory_bytes \d/m);
    expect((await get('/metrics', { 'x-forwarded-for': '127.0.0.1' })).status).toBe(401);
    expect((await get('/metrics', { 'x-forwarded-for': '127.0.0.1', ...withKey })).status).toBe(200);
    await get('/nowhere/9');
    expect(await (await get('/metrics')).text()).toMatch(
      /^answerbox_http_requests_total\{method="GET",route="\/metrics",status="401"\} 1$/m,
    );
  });

  it('are open or closed by a setting', async () => {
    const closed = await openPages({ metrics: 'key' });
    expect((await closed.get('/metrics')).status).toBe(401);
    expect((await closed.get('/metrics', withKey)).status).toBe(200);
    const open = await openPages({ metrics: 'open' });
    expect((await open.get('/metrics', { 'x-forwarded-for': '10.0.0.1' })).status).toBe(200);
  });
});

describe('every response', () => {
  it('carries its id and its time, whatever it is', async () => {
    const { get } = await openPages();
    for (const path of [
      '/healthz',
      '/nowhere',
      '/v1/nowhere',
      '/v1/models',
      '/docs',
      '/docs/json',
      '/metrics',
    ]) {
      const { headers } = await get(path);
      expect(headers.get('x-request-id'), path).toMatch(/^[\da-f-]{36}$/);
      expect(headers.get('server-timing'), path).toMatch(/^total;dur=\d/);
    }
  });
});
