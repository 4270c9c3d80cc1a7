import { TOTP, Secret } from 'otpauth';
import { describe, expect, it, vi } from 'vitest';
import { createHttpClient } from '../testing/http-client.ts';
import { createStaffClient, PASSWORD, type StaffClient } from '../testing/staff-client.ts';
import { startDeskServer, type DeskServer } from '../testing/start-desk-server.ts';

vi.setConfig({ testTimeout: 240_000 });

const UNDER = '/api/v1/session/second-factor';
const PERIOD_MS = 30_000;

/** An app on a phone: the code of a period, counted from the present one. */
function appOf(secret: string): (periods?: number) => string {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  return (periods = 0) => totp.generate({ timestamp: Date.now() + periods * PERIOD_MS });
}

async function withSecondFactor(server: DeskServer) {
  const agent = await server.signIn('agent');
  const begun = await agent.call('POST', UNDER, { body: { password: PASSWORD } });
  const code = appOf(begun.body.secret as string);
  // Of the period before: the present one is left for what follows.
  const confirmed = await agent.call('POST', `${UNDER}/confirm`, { body: { code: code(-1) } });
  return { agent, code, begun, confirmed, codes: confirmed.body.recovery_codes as string[] };
}

const signIn = (client: StaffClient, more: object = {}) =>
  client.call('POST', '/api/v1/session', {
    body: { email: 'agent@shop.example', password: PASSWORD, ...more },
  });

describe('a second factor', () => {
  it('is asked for once it is set up, each code good once', async () => {
    const server = await startDeskServer();
    const other = await server.signIn('viewer');
    const { agent, code, begun, confirmed } = await withSecondFactor(server);
    expect(begun.body.url).toMatch(/^otpauth:\/\/totp\/Answerbox:.*secret=[A-Z2-7]{32}/);
    expect(confirmed.body.second_factor).toEqual({ on: true, needed: false, recovery_codes_left: 10 });
    const browser = createStaffClient(server.url);
    expect((await signIn(browser)).body.error.code).toBe('second_factor_needed');
    expect((await signIn(browser, { code: '000000' })).body.error.code).toBe('second_factor_wrong');
    const right = code();
    expect((await signIn(browser, { code: right })).status).toBe(200);
    expect((await signIn(createStaffClient(server.url), { code: right })).body.error.code).toBe(
      'second_factor_wrong',
    );
    // One that was used when it was set up.
    expect((await signIn(createStaffClient(server.url), { code: code(-1) })).status).toBe(401);
    expect(
      (await agent.call('POST', UNDER, { body: { password: PASSWORD, code: code(1) } })).body.error.code,
    ).toBe('second_factor_on');
    expect(other.cookie('answerbox_session')).toBeDefined();
    const stored = JSON.stringify(server.database.prepare('SELECT * FROM recovery_codes').all());
    expect(stored).not.toContain(confirmed.body.recovery_codes[0]);
  });

  it('ends what was signed in with the password alone', async () => {
    const server = await startDeskServer();
    const before = await server.signIn('agent');
    const old = before.headers();
    const begun = await before.call('POST', UNDER, { body: { password: PASSWORD } });
    await before.call('POST', `${UNDER}/confirm`, { body: { code: appOf(begun.body.secret as string)() } });
    const { call } = createHttpClient(server);
    expect((await call('GET', '/api/v1/session/list', { headers: old })).status).toBe(401);
    expect((await before.call('GET', '/api/v1/session/list')).body.sessions).toHaveLength(1);
  });

  it('is replaced by a recovery code, once each, and by new ones', async () => {
    const server = await startDeskServer();
    const { codes, code } = await withSecondFactor(server);
    expect(new Set(codes).size).toBe(10);
    const browser = createStaffClient(server.url);
    expect((await signIn(browser, { code: codes[0]!.toLowerCase().replaceAll('-', ' ') })).status).toBe(200);
    expect((await signIn(createStaffClient(server.url), { code: codes[0] })).status).toBe(401);
    expect((await browser.call('GET', '/api/v1/session')).body.second_factor.recovery_codes_left).toBe(9);
    const renewed = await browser.call('POST', `${UNDER}/recovery-codes`, {
      body: { password: PASSWORD, code: code() },
    });
    expect(renewed.body.recovery_codes).toHaveLength(10);
    expect((await signIn(createStaffClient(server.url), { code: codes[1] })).status).toBe(401);
  });

  it('is not set up or removed by whoever finds a browser open', async () => {
    const server = await startDeskServer();
    const plain = await server.signIn('viewer');
    expect((await plain.call('POST', UNDER, { body: { password: 'a-wrong-password-1' } })).status).toBe(401);
    const { agent, code } = await withSecondFactor(server);
    expect(
      (await agent.call('POST', `${UNDER}/remove`, { body: { password: PASSWORD } })).body.error.code,
    ).toBe('second_factor_needed');
    expect(
      (await agent.call('POST', `${UNDER}/remove`, { body: { password: PASSWORD, code: code() } })).status,
    ).toBe(200);
    expect((await signIn(createStaffClient(server.url))).status).toBe(200);
  });

  it('guessed at, is paused as passwords are', async () => {
    const server = await startDeskServer();
    await withSecondFactor(server);
    const statuses = [];
    for (let guess = 0; guess < 6; guess += 1)
      statuses.push((await signIn(createStaffClient(server.url), { code: `00000${guess}` })).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('is taken from who lost it by an admin, and never by a mere agent', async () => {
    const server = await startDeskServer();
    const { agent } = await withSecondFactor(server);
    const admin = await server.signIn('admin');
    const id = (await agent.call('GET', '/api/v1/session')).body.user.id as string;
    expect((await agent.call('DELETE', `/api/v1/users/${id}/second-factor`)).status).toBe(403);
    expect((await admin.call('GET', `/api/v1/users/${id}/sessions`)).body.sessions).toHaveLength(1);
    expect((await admin.call('DELETE', `/api/v1/users/${id}/second-factor`)).status).toBe(204);
    expect((await agent.call('GET', '/api/v1/session/list')).status).toBe(401);
    expect((await signIn(createStaffClient(server.url))).status).toBe(200);
  });

  it('required, comes before everything else', async () => {
    const server = await startDeskServer({ config: { require_second_factor: true } });
    const agent = await server.signIn('agent');
    expect((await agent.call('GET', '/api/v1/session')).body).toMatchObject({
      permissions: [],
      second_factor: { on: false, needed: true },
    });
    expect((await agent.call('GET', '/api/v1/tickets')).status).toBe(403);
    const begun = await agent.call('POST', UNDER, { body: { password: PASSWORD } });
    const code = appOf(begun.body.secret as string);
    expect((await agent.call('POST', `${UNDER}/confirm`, { body: { code: code() } })).status).toBe(200);
    expect((await agent.call('GET', '/api/v1/tickets')).status).toBe(200);
  });
});

describe('a session', () => {
  it('cannot be fixed beforehand: a new one is made at sign-in and the old one ends', async () => {
    const server = await startDeskServer();
    const attacker = await server.signIn('viewer');
    await server.signIn('agent');
    const planted = attacker.headers()['cookie']!;
    const { call } = createHttpClient(server);
    const body = { email: 'agent@shop.example', password: PASSWORD };
    const victim = await call('POST', '/api/v1/session', { body, headers: { cookie: planted } });
    expect(victim.body.user.role).toBe('agent');
    expect(victim.headers.getSetCookie()[0]).not.toContain(attacker.cookie('answerbox_session'));
    expect((await call('GET', '/api/v1/session', { headers: { cookie: planted } })).body.signed_in).toBe(
      false,
    );
    // A made-up id is not taken over.
    const made = { cookie: `answerbox_session=${'A'.repeat(43)}` };
    const signed = await call('POST', '/api/v1/session', { body, headers: made });
    expect(signed.headers.getSetCookie()[0]).not.toContain('A'.repeat(43));
  });
});

describe('a role of the owner’s own', () => {
  it('may what it says, ends sessions when it changes, and cannot be given by who has less', async () => {
    const server = await startDeskServer();
    const owner = await server.signIn('owner');
    const clerk = await server.signIn('agent', 'Clerk');
    const put = (by: StaffClient, name: string, permissions: string[]) =>
      by.call('PUT', `/api/v1/roles/${name}`, { body: { permissions } });
    expect((await put(owner, 'admin', [])).body.error.code).toBe('request_invalid');
    expect((await put(owner, 'Clerk', ['desk.read', 'users.manage'])).status).toBe(200);
    const give = (by: StaffClient, id: string, role: string | null) =>
      by.call('PATCH', `/api/v1/users/${id}`, { body: { custom_role: role } });
    expect((await give(owner, clerk.id, 'Nobody')).body.error.code).toBe('role_not_found');
    expect((await give(owner, clerk.id, 'Clerk')).body.custom_role).toBe('Clerk');
    expect((await clerk.call('GET', '/api/v1/tickets')).status).toBe(401);
    await clerk.call('POST', '/api/v1/session', {
      body: { email: 'clerk@shop.example', password: PASSWORD },
    });
    expect((await clerk.call('GET', '/api/v1/tickets')).status).toBe(200);
    expect((await clerk.call('POST', '/api/v1/tickets', { body: {} })).status).toBe(403);
    expect((await put(clerk, 'More', ['audit.read'])).status).toBe(403);
    expect((await put(owner, 'Auditor', ['audit.read'])).status).toBe(200);
    const viewer = await server.signIn('viewer');
    expect((await give(clerk, viewer.id, 'Auditor')).status).toBe(403);
    expect((await give(clerk, clerk.id, 'Auditor')).status).toBe(403);
    // Out of a small role into the larger one beneath it.
    expect((await give(clerk, clerk.id, null)).status).toBe(403);
    expect((await owner.call('DELETE', '/api/v1/roles/Clerk')).body.error.code).toBe('role_in_use');
    expect((await give(owner, clerk.id, null)).status).toBe(200);
    expect((await owner.call('DELETE', '/api/v1/roles/Clerk')).status).toBe(204);
  });
});
