import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Config } from '../config.ts';
import { switchOffline } from '../outbound/outbound-switch.ts';
import type { Role } from '../stores/staff-contracts.ts';
import { createStaffClient, PASSWORD, type StaffClient } from '../testing/staff-client.ts';
import { startDeskServer, type DeskServer } from '../testing/start-desk-server.ts';
import { CLIENT, startIdentityProvider, type IdentityProvider } from '../testing/start-identity-provider.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

// A real provider with real keys, and real argon2id beside it.
vi.setConfig({ testTimeout: 120_000 });

const UNDER = '/api/v1/session/oidc';
const ADA = { email: 'ada@shop.example', email_verified: true, name: 'Ada Lovelace' };

interface Stage {
  server: DeskServer;
  provider: IdentityProvider;
  browser: StaffClient;
  /** Signs in as this subject from the button to the end. */
  enter(subject: string, client?: StaffClient): ReturnType<StaffClient['call']>;
  addUser(email: string, role?: Role): Promise<string>;
}

async function stage(config: Partial<Config> = {}): Promise<Stage> {
  const provider = await startIdentityProvider();
  const secretFile = join(temporaryFolder(), 'secret');
  writeFileSync(secretFile, `${CLIENT.secret}\n`);
  const server = await startDeskServer({
    config: {
      oidc_issuer: provider.issuer,
      oidc_client_id: CLIENT.id,
      oidc_client_secret_file: secretFile,
      ...config,
    },
  });
  provider.serve(server.url);
  const browser = createStaffClient(server.url);
  return {
    server,
    provider,
    browser,
    enter: async (subject, client = browser) => {
      const begun = await client.call('POST', UNDER);
      expect(begun.status).toBe(200);
      const back = await provider.signIn(begun.body.url, subject);
      return client.call('POST', `${UNDER}/finish`, { body: { query: back.search.slice(1) } });
    },
    addUser: async (email, role = 'agent') => {
      const body = { name: email, email, role, password: PASSWORD };
      const added = await server.http.call('POST', '/api/v1/users', { key: server.adminKey, body });
      expect(added.status).toBe(201);
      return added.body.id as string;
    },
  };
}

const codeOf = ({ body }: { body: { error?: { code: string } } }): string | undefined => body.error?.code;

describe('signing in with a provider', () => {
  it('leads from the button to a session like any other, with lines in the audit', async () => {
    const { server, provider, browser, enter, addUser } = await stage({ oidc_link_by_email: true });
    provider.accounts['ada-1'] = ADA;
    const id = await addUser('Ada@shop.example', 'admin');
    const before = await browser.call('GET', '/api/v1/session');
    expect(before.body).toMatchObject({ signed_in: false, sign_in_with: 'your company account' });

    const begun = await browser.call('POST', UNDER);
    const asked = new URL(begun.body.url);
    expect(asked.origin).toBe(provider.issuer);
    expect(asked.searchParams.get('redirect_uri')).toBe(`${server.url}/console/sign-in`);
    expect(asked.searchParams.get('code_challenge_method')).toBe('S256');
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(asked.searchParams.get(name)!.length).toBeGreaterThan(40);
    const [cookie] = begun.headers.getSetCookie();
    expect(cookie).toMatch(/^answerbox_ticket=[\w-]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=600$/);
    // Nothing of the flow can be read by whoever holds the browser.
    expect(cookie).not.toContain(asked.searchParams.get('state')!);

    const done = await enter('ada-1');
    expect(done.body).toMatchObject({
      signed_in: true,
      user: { id, role: 'admin', email: 'Ada@shop.example' },
    });
    expect(browser.cookie('answerbox_ticket')).toBeUndefined();
    const { sessions } = (await browser.call('GET', '/api/v1/session/list')).body;
    expect(sessions).toMatchObject([{ method: 'oidc', current: true }]);
    expect((await browser.call('PUT', '/api/v1/session/preferences', { body: { keys: true } })).status).toBe(
      204,
    );

    // Bound by now: another address there changes nothing.
    provider.accounts['ada-1'] = { email: 'ada@elsewhere.example', email_verified: false };
    expect((await enter('ada-1')).body.user.id).toBe(id);
    const lines = await server.app.staff.auditStore.list({ limit: 50, action: `POST ${UNDER}/finish` });
    expect(lines.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
    expect(lines[0]!.actor).toMatch(/^person /);
    await server.http.call('PATCH', `/api/v1/users/${id}`, {
      key: server.adminKey,
      body: { disabled: true },
    });
    expect((await browser.call('GET', '/api/v1/session/list')).status).toBe(401);
    expect(codeOf(await enter('ada-1', createStaffClient(server.url)))).toBe('oidc_not_allowed');
  });

  it('lets in nobody without an account, nor by an address, unless the owner says so', async () => {
    const { server, provider, enter, addUser } = await stage();
    provider.accounts['eve-1'] = { email: 'eve@shop.example', email_verified: true };
    provider.accounts['ada-1'] = ADA;
    const id = await addUser(ADA.email);
    for (const subject of ['eve-1', 'ada-1', 'nobody'])
      expect(codeOf(await enter(subject, createStaffClient(server.url)))).toBe('oidc_not_allowed');
    const [line] = await server.app.staff.auditStore.list({ limit: 1, action: `POST ${UNDER}/finish` });
    expect(line).toMatchObject({ outcome: 'refused', code: '403', detail: { why: 'unknown' } });
    expect(JSON.stringify(line)).not.toContain('shop.example');
    // By hand.
    await server.app.staff.identities.bind(id, new URL(provider.issuer).href, 'ada-1');
    expect((await enter('ada-1', createStaffClient(server.url))).body.user.id).toBe(id);
    const other = await addUser('bob@shop.example');
    await expect(
      server.app.staff.identities.bind(other, new URL(provider.issuer).href, 'ada-1'),
    ).rejects.toMatchObject({ code: 'oidc_bound' });
  });

  it('binds by a verified address alone, and never a second account to one user', async () => {
    const { server, provider, enter, addUser } = await stage({ oidc_link_by_email: true });
    await addUser(ADA.email, 'owner');
    provider.accounts['liar'] = { ...ADA, email_verified: false };
    provider.accounts['ada-1'] = ADA;
    provider.accounts['ada-2'] = ADA;
    const statusOf = async (subject: string) => (await enter(subject, createStaffClient(server.url))).status;
    expect(await statusOf('liar')).toBe(403);
    expect(await statusOf('ada-1')).toBe(200);
    expect(await statusOf('ada-2')).toBe(403);
  });

  it('makes accounts and gives roles by groups, within the owner’s domains', async () => {
    const { server, provider, enter } = await stage({
      oidc_provision: true,
      oidc_domains: 'shop.example, other.example',
      oidc_scopes: 'openid email profile groups',
      oidc_role_claim: 'groups',
      oidc_roles: { crew: 'agent', leads: 'admin' },
    });
    Object.assign(provider.accounts, {
      ada: { ...ADA, groups: ['crew', 'leads', 'chess'] },
      bob: { email: 'bob@shop.example', email_verified: true, groups: ['chess', '__proto__', 'toString'] },
      eve: { email: 'eve@evil.example', email_verified: true, groups: ['leads'] },
      sub: { email: 'sub@evil.shop.example', email_verified: true, groups: ['leads'] },
      new: { email: 'new@other.example', email_verified: false, groups: ['crew'] },
    });
    const attempt = (subject: string) => enter(subject, createStaffClient(server.url));
    expect((await attempt('ada')).body.user).toMatchObject({ name: 'Ada Lovelace', role: 'admin' });
    for (const subject of ['bob', 'eve', 'sub', 'new'])
      expect([subject, (await attempt(subject)).status]).toEqual([subject, 403]);
    const lines = await server.app.staff.auditStore.list({ limit: 9, action: `POST ${UNDER}/finish` });
    expect(lines.map(({ detail }) => detail['why'] ?? null).reverse()).toEqual([
      null,
      'no-role',
      'domain',
      'domain',
      'domain',
    ]);
    expect(await server.app.staff.users.countUsers()).toBe(1);
    // Fewer rights there are fewer rights here, and what was signed in before is over.
    const browser = createStaffClient(server.url);
    await enter('ada', browser);
    provider.accounts['ada']!.groups = ['crew'];
    expect((await attempt('ada')).body.user.role).toBe('agent');
    expect((await browser.call('GET', '/api/v1/session/list')).status).toBe(401);
  });

  it('asks for the second factor that somebody has here, unless the provider’s own counts', async () => {
    const { server, provider, browser, enter, addUser } = await stage({ oidc_link_by_email: true });
    provider.accounts['ada-1'] = ADA;
    const id = await addUser(ADA.email);
    const { secondFactors } = server.app.staff.signIn;
    const { TOTP, Secret } = await import('otpauth');
    const user = (await server.app.staff.users.getUser(id))!;
    const { secret } = await secondFactors.begin(user);
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    const [recovery] = await secondFactors.confirm(user, totp.generate());
    expect(codeOf(await enter('ada-1'))).toBe('oidc_code_needed');
    expect((await browser.call('GET', '/api/v1/session')).body.signed_in).toBe(false);
    const send = (code: string) => browser.call('POST', `${UNDER}/code`, { body: { code } });
    expect(codeOf(await send('000000'))).toBe('second_factor_wrong');
    expect((await send(recovery!)).body).toMatchObject({ signed_in: true, user: { id } });
    expect(codeOf(await send(recovery!))).toBe('oidc_flow_lost');
  });
});

describe('what comes back from a provider', () => {
  it('is taken once, in the browser that began, for the state and nonce it began with', async () => {
    const { server, provider, enter, browser } = await stage({ oidc_provision: true });
    provider.accounts['ada-1'] = ADA;
    const { call } = server.http;
    const finish = (query: string, headers: Record<string, string>) =>
      call('POST', `${UNDER}/finish`, { body: { query }, headers });

    const begun = await browser.call('POST', UNDER);
    const back = await provider.signIn(begun.body.url, 'ada-1');
    const query = back.search.slice(1);
    const held = browser.headers();
    const stranger = createStaffClient(server.url);
    await stranger.call('POST', UNDER);
    expect(codeOf(await finish(query, {}))).toBe('oidc_flow_lost');
    expect(codeOf(await finish(query, stranger.headers()))).toBe('oidc_flow_lost');
    const otherState = new URLSearchParams(query);
    otherState.set('state', 'another');
    expect(codeOf(await finish(otherState.toString(), held))).toBe('oidc_flow_lost');
    expect(codeOf(await finish(query, { ...held, origin: 'http://evil.example' }))).toBe('csrf_refused');
    expect((await finish(query, held)).status).toBe(200);
    // The code is used up there, the state here.
    expect(codeOf(await finish(query, held))).toBe('oidc_flow_lost');

    // Somebody else's code under one's own state: PKCE.
    const victim = createStaffClient(server.url);
    const theirs = await provider.signIn((await victim.call('POST', UNDER)).body.url, 'ada-1');
    const mine = await stranger.call('POST', UNDER);
    const crossed = new URLSearchParams({
      code: theirs.searchParams.get('code')!,
      state: new URL(mine.body.url).searchParams.get('state')!,
      iss: provider.issuer,
    });
    expect(codeOf(await finish(crossed.toString(), stranger.headers()))).toBe('oidc_refused');

    // A token for another nonce.
    const swapped = new URL((await stranger.call('POST', UNDER)).body.url);
    swapped.searchParams.set('nonce', 'another-nonce-than-that-of-the-flow');
    const wrong = await provider.signIn(swapped.href, 'ada-1');
    expect(codeOf(await finish(wrong.search.slice(1), stranger.headers()))).toBe('oidc_refused');
    const cancelled = await provider.cancel((await stranger.call('POST', UNDER)).body.url);
    const told = await finish(cancelled.search.slice(1), stranger.headers());
    expect(told.body.error).toMatchObject({ code: 'oidc_refused', message: expect.stringMatching(/denied/) });
    expect((await enter('ada-1')).status).toBe(200);
  });

  it('is not waited for when nobody is there, nor asked for when this server is offline', async () => {
    const { server, provider, browser } = await stage();
    const online = switchOffline();
    onTestFinished(online);
    expect(codeOf(await browser.call('POST', UNDER))).toBe('offline');
    online();
    expect((await browser.call('POST', UNDER)).status).toBe(200);
    provider.close();
    const down = await startDeskServer({
      config: { oidc_issuer: provider.issuer, oidc_client_id: CLIENT.id },
    });
    const answer = await createStaffClient(down.url).call('POST', UNDER);
    expect(answer.body.error).toMatchObject({
      code: 'oidc_unreachable',
      message: expect.stringMatching(/ECONNREFUSED|no answer/),
    });
    // Known from before, and gone when the code is to be redeemed.
    const begun = new URL((await browser.call('POST', UNDER)).body.url);
    const query = new URLSearchParams({
      code: 'x',
      state: begun.searchParams.get('state')!,
      iss: provider.issuer,
    });
    const gone = await browser.call('POST', `${UNDER}/finish`, { body: { query: query.toString() } });
    expect(codeOf(gone)).toBe('oidc_unreachable');
    expect(server.url).not.toBe(down.url);
  });

  it('is nothing where no provider is set up', async () => {
    const server = await startDeskServer();
    const browser = createStaffClient(server.url);
    expect((await browser.call('GET', '/api/v1/session')).body.sign_in_with).toBeNull();
    expect(codeOf(await browser.call('POST', UNDER))).toBe('oidc_off');
  });
});
