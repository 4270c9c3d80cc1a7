import { describe, expect, it, vi } from 'vitest';
import type { Role } from '../stores/staff-contracts.ts';
import { createHttpClient } from '../testing/http-client.ts';
import { createStaffClient, PASSWORD, type StaffClient } from '../testing/staff-client.ts';
import { startCatalogueServer, type CatalogueServer } from '../testing/start-catalogue-server.ts';

// Real argon2id: a second each on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

async function setUp(server: CatalogueServer): Promise<StaffClient> {
  const owner = createStaffClient(server.url);
  const code = await server.app.staff.signIn.setupCode.make();
  const body = { code, name: 'Olga', email: 'olga@shop.example', password: PASSWORD };
  const { status } = await owner.call('POST', '/api/v1/session/setup', { body });
  expect(status).toBe(200);
  return owner;
}

async function addAndSignIn(owner: StaffClient, server: CatalogueServer, role: Role): Promise<StaffClient> {
  const email = `${role}@shop.example`;
  const body = { name: role, email, role, password: PASSWORD };
  expect((await owner.call('POST', '/api/v1/users', { body })).status).toBe(201);
  const client = createStaffClient(server.url);
  await client.call('POST', '/api/v1/session', { body: { email, password: PASSWORD } });
  return client;
}

describe('the first run', () => {
  it('makes one owner with the printed code, once', async () => {
    const server = await startCatalogueServer();
    const visitor = createStaffClient(server.url);
    expect((await visitor.call('GET', '/api/v1/session')).body).toMatchObject({
      signed_in: false,
      setup_needed: true,
    });
    const code = await server.app.staff.signIn.setupCode.make();
    const owner = { name: 'Olga', email: 'olga@shop.example', password: PASSWORD };
    const send = (body: object) => visitor.call('POST', '/api/v1/session/setup', { body });
    expect((await send({ ...owner, code: 'AAAAA-AAAAA-AAAAA-AAAAA' })).body.error.code).toBe(
      'setup_code_invalid',
    );
    expect((await send({ ...owner, code, password: 'short' })).body.error.code).toBe('password_weak');
    const done = await send({ ...owner, code: code.toLowerCase().replaceAll('-', ' ') });
    expect(done.body).toMatchObject({ signed_in: true, setup_needed: false, user: { role: 'owner' } });
    expect(done.headers.getSetCookie()[0]).toMatch(
      /^answerbox_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/,
    );
    expect((await send({ ...owner, code, email: 'eve@shop.example' })).body.error.code).toBe('setup_done');
  });
});

describe('a session', () => {
  it('changes things only from its own page', async () => {
    const server = await startCatalogueServer();
    const owner = await setUp(server);
    const { call } = createHttpClient(server);
    const { cookie = '', origin = '' } = owner.headers();
    const csrf = owner.headers()['x-csrf-token']!;
    const put = async (headers: Record<string, string>) =>
      (await call('PUT', '/api/v1/session/preferences', { body: { keys: true }, headers })).status;
    expect(await put({ cookie, origin, 'x-csrf-token': csrf })).toBe(204);
    expect(await put({ cookie, 'x-csrf-token': csrf })).toBe(204);
    expect(await put({ cookie, origin })).toBe(403);
    expect(await put({ cookie, origin, 'x-csrf-token': `${csrf}x` })).toBe(403);
    expect(await put({ cookie, origin: 'http://evil.example', 'x-csrf-token': csrf })).toBe(403);
    expect(await put({ cookie, 'sec-fetch-site': 'cross-site', 'x-csrf-token': csrf })).toBe(403);
    expect(await put({ 'x-csrf-token': csrf })).toBe(401);
    const signIn = { body: { email: 'olga@shop.example', password: PASSWORD } };
    const foreign = { ...signIn, headers: { origin: 'http://evil.example' } };
    expect((await call('POST', '/api/v1/session', foreign)).status).toBe(403);
    expect((await owner.call('GET', '/api/v1/session')).body.user.preferences).toEqual({ keys: true });
  });

  it('ends on the server: by signing out, by its list, by a new password, by an admin', async () => {
    const server = await startCatalogueServer();
    const owner = await setUp(server);
    const agent = await addAndSignIn(owner, server, 'agent');
    const again = createStaffClient(server.url);
    await again.call('POST', '/api/v1/session', {
      body: { email: 'agent@shop.example', password: PASSWORD },
    });
    const { sessions } = (await agent.call('GET', '/api/v1/session/list')).body;
    expect(sessions).toHaveLength(2);
    const other = sessions.find(({ current }: { current: boolean }) => !current).id;
    expect((await owner.call('DELETE', `/api/v1/session/list/${other}`)).status).toBe(404);
    expect((await agent.call('DELETE', `/api/v1/session/list/${other}`)).status).toBe(204);
    expect((await again.call('GET', '/api/v1/session/list')).status).toBe(401);
    const password = { password: PASSWORD, new_password: 'another-horse-battery-staple' };
    const old = agent.headers();
    expect((await agent.call('POST', '/api/v1/session/password', { body: password })).status).toBe(200);
    const { call } = createHttpClient(server);
    expect((await call('GET', '/api/v1/session/list', { headers: old })).status).toBe(401);
    expect((await agent.call('GET', '/api/v1/session/list')).status).toBe(200);
    const id = (await agent.call('GET', '/api/v1/session')).body.user.id;
    await owner.call('PATCH', `/api/v1/users/${id}`, { body: { disabled: true } });
    expect((await agent.call('GET', '/api/v1/session/list')).status).toBe(401);
    expect((await owner.call('DELETE', '/api/v1/session')).status).toBe(204);
    expect((await owner.call('GET', '/api/v1/session')).body.signed_in).toBe(false);
  });

  it('is not given for a wrong password, and tells nobody which addresses exist', async () => {
    const server = await startCatalogueServer();
    await setUp(server);
    const { call } = createHttpClient(server);
    const answers = [];
    for (const email of ['olga@shop.example', 'nobody@shop.example'])
      answers.push(await call('POST', '/api/v1/session', { body: { email, password: 'wrong-password-1' } }));
    const [known, unknown] = answers.map(({ status, body }) => ({ status, message: body.error.message }));
    expect(known).toEqual(unknown);
    expect(known!.status).toBe(401);
  });
});

describe('guessing', () => {
  it('is paused after five wrong tries, yet not for the browser of the one it is about', async () => {
    const server = await startCatalogueServer();
    const owner = await setUp(server);
    const { call } = createHttpClient(server);
    const body = { email: 'Olga@shop.example', password: 'wrong-password-1' };
    const statuses = [];
    for (let guess = 0; guess < 6; guess += 1)
      statuses.push((await call('POST', '/api/v1/session', { body })).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    const right = { email: 'olga@shop.example', password: PASSWORD };
    const paused = await call('POST', '/api/v1/session', { body: right });
    expect(paused.body.error.code).toBe('sign_in_paused');
    expect(Number(paused.headers.get('retry-after'))).toBeGreaterThan(0);
    // A device that the guesser made up is no device.
    const forged = { cookie: `answerbox_device=${'A'.repeat(22)}.${'B'.repeat(43)}` };
    expect((await call('POST', '/api/v1/session', { body: right, headers: forged })).status).toBe(429);
    const device = { cookie: `answerbox_device=${owner.cookie('answerbox_device')}` };
    expect((await call('POST', '/api/v1/session', { body: right, headers: device })).status).toBe(200);
  });
});

describe('the pause of an account', () => {
  it('is not for other networks, and ends with a word of an admin, or a new password', async () => {
    const server = await startCatalogueServer({ trusted_proxies: '127.0.0.1' });
    const owner = await setUp(server);
    const agent = await addAndSignIn(owner, server, 'agent');
    const id = (await agent.call('GET', '/api/v1/session')).body.user.id;
    const { call } = createHttpClient(server);
    const signIn = async (address: string, password: string) => {
      const headers = { 'x-forwarded-for': address };
      const body = { email: 'agent@shop.example', password };
      return (await call('POST', '/api/v1/session', { body, headers })).status;
    };
    const guess = async () => {
      for (let time = 0; time < 5; time += 1) await signIn('203.0.113.7', 'wrong-password-1');
      return signIn('203.0.113.7', PASSWORD);
    };
    expect(await guess()).toBe(429);
    expect(await signIn('198.51.100.4', PASSWORD)).toBe(200);
    expect((await agent.call('DELETE', `/api/v1/users/${id}/pauses`)).status).toBe(403);
    expect((await owner.call('DELETE', `/api/v1/users/${id}/pauses`)).status).toBe(204);
    expect(await signIn('203.0.113.7', PASSWORD)).toBe(200);
    expect(await guess()).toBe(429);
    const password = 'another-horse-battery-staple';
    await owner.call('PATCH', `/api/v1/users/${id}`, { body: { password } });
    expect(await signIn('203.0.113.7', password)).toBe(200);
  });

  it('is counted for each person at a shared browser by itself', async () => {
    const server = await startCatalogueServer();
    const owner = await setUp(server);
    const agent = { email: 'agent@shop.example', password: PASSWORD };
    const added = { ...agent, name: 'Paul', role: 'agent' };
    expect((await owner.call('POST', '/api/v1/users', { body: added })).status).toBe(201);
    // The second person signs in with the browser of the first.
    expect((await owner.call('POST', '/api/v1/session', { body: agent })).status).toBe(200);
    const { call } = createHttpClient(server);
    const olga = { email: 'olga@shop.example', password: PASSWORD };
    for (let time = 0; time < 5; time += 1)
      await call('POST', '/api/v1/session', { body: { ...olga, password: 'wrong-password-1' } });
    expect((await call('POST', '/api/v1/session', { body: olga })).status).toBe(429);
    expect((await owner.call('POST', '/api/v1/session', { body: olga })).status).toBe(200);
  });
});

describe('roles', () => {
  it('are not raised above the giver, and the last owner stays', async () => {
    const server = await startCatalogueServer();
    const owner = await setUp(server);
    const admin = await addAndSignIn(owner, server, 'admin');
    const agent = await addAndSignIn(owner, server, 'agent');
    const ownerId = (await owner.call('GET', '/api/v1/session')).body.user.id;
    const adminId = (await admin.call('GET', '/api/v1/session')).body.user.id;
    const patch = async (by: StaffClient, id: string, body: object) => {
      const { status, body: answer } = await by.call('PATCH', `/api/v1/users/${id}`, { body });
      return answer.error?.code ?? status;
    };
    expect(await patch(admin, adminId, { role: 'owner' })).toBe('user_beyond');
    expect(await patch(admin, ownerId, { password: 'horse-battery-staple-9' })).toBe('user_beyond');
    expect(await patch(agent, adminId, { role: 'viewer' })).toBe('forbidden');
    expect(await patch(owner, ownerId, { role: 'admin' })).toBe('last_owner');
    expect(await patch(owner, ownerId, { disabled: true })).toBe('last_owner');
    expect(await patch(owner, adminId, { email: 'OLGA@shop.example' })).toBe('user_exists');
    expect(await patch(owner, adminId, { role: 'owner' })).toBe(200);
  });

  it('bound what a key may do', async () => {
    const server = await startCatalogueServer();
    const owner = await setUp(server);
    const { call } = createHttpClient(server);
    const make = async (body: object) => (await owner.call('POST', '/api/v1/keys', { body })).body;
    const { key, id } = await make({ name: 'shop', permissions: ['catalogue.read'] });
    expect(key).toMatch(/^abx_[\w-]{43}$/);
    expect((await call('GET', '/api/v1/orders', { key })).status).toBe(200);
    expect((await call('POST', '/api/v1/orders/import', { key, body: [] })).status).toBe(403);
    expect((await call('GET', '/api/v1/users', { key })).body.error.code).toBe('forbidden');
    expect(JSON.stringify((await owner.call('GET', '/api/v1/keys')).body)).not.toContain(key);
    expect(
      (await make({ name: 'x', permissions: ['catalogue.read'], expires_at: '2020-01-01' })).error.code,
    ).toBe('request_invalid');
    await owner.call('DELETE', `/api/v1/keys/${id}`);
    expect((await call('GET', '/api/v1/orders', { key })).status).toBe(401);
    const manager = await make({ name: 'hr', permissions: ['users.manage', 'keys.manage'] });
    const raised = { name: 'Eve', email: 'eve@shop.example', role: 'admin' };
    expect((await call('POST', '/api/v1/users', { key: manager.key, body: raised })).body.error.code).toBe(
      'user_beyond',
    );
    const wider = { name: 'more', permissions: ['audit.read'] };
    expect((await call('POST', '/api/v1/keys', { key: manager.key, body: wider })).status).toBe(403);
  });
});
