import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Secret, TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { PASSWORD } from '../src/testing/staff-client.ts';
import { startDeskServer } from '../src/testing/start-desk-server.ts';
import { CLIENT, startIdentityProvider } from '../src/testing/start-identity-provider.ts';
import { temporaryFolder } from '../src/testing/temporary-folder.ts';
import { findAccessibilityProblems } from './testing/find-accessibility-problems.ts';
import { openBrowser } from './testing/open-browser.ts';

vi.setConfig({ testTimeout: 240_000 });

const WEB = fileURLToPath(new URL('../dist/web/', import.meta.url));
let browser: Browser;
beforeAll(async () => {
  if (!existsSync(`${WEB}console/index.html`))
    throw new Error('The console is not built: run "npm run build" first.');
  browser = await openBrowser();
});
afterAll(() => browser?.close());

/** The provider's own pages: who one is, then whether this server may know it. */
async function signInThere(page: Page, subject: string): Promise<void> {
  await page.locator('input[name="login"]').fill(subject);
  await page.locator('input[name="password"]').fill('any');
  await page.locator('button[type="submit"]').click();
  await page.locator('input[name="prompt"][value="consent"]').waitFor({ state: 'attached' });
  await page.locator('button[type="submit"]').click();
}

it('signs in at a provider on another site and comes back to where one wanted to be', async () => {
  const provider = await startIdentityProvider();
  const secret = join(temporaryFolder(), 'secret');
  writeFileSync(secret, CLIENT.secret);
  const server = await startDeskServer({
    webFolder: WEB,
    config: {
      oidc_issuer: provider.issuer,
      oidc_client_id: CLIENT.id,
      oidc_client_secret_file: secret,
      oidc_name: 'Tent Co.',
      oidc_link_by_email: true,
    },
  });
  // Another site than the provider's, for cookies: names count there, ports do not.
  const url = server.url.replace('127.0.0.1', 'localhost');
  provider.serve(url);
  provider.accounts['ada-1'] = { email: 'ada@shop.example', email_verified: true };
  const body = { name: 'Ada', email: 'ada@shop.example', role: 'owner', password: PASSWORD };
  await server.http.call('POST', '/api/v1/users', { key: server.adminKey, body });

  const open = async (): Promise<Page> => {
    const page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
    onTestFinished(() => page.context().close());
    page.setDefaultTimeout(120_000);
    await page.goto(`${url}/console/tickets`);
    await page.getByRole('button', { name: 'Sign in with Tent Co.' }).waitFor();
    return page;
  };
  const page = await open();
  expect(await findAccessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Sign in with Tent Co.' }).click();
  await signInThere(page, 'ada-1');
  await page.locator('.shell').waitFor();
  expect(new URL(page.url()).pathname).toBe('/console/tickets');
  expect(await page.evaluate(() => document.cookie)).toBe('');
  // Nothing of the way back is left in the address or in what the back key leads to.
  expect(await page.evaluate(() => [location.search, history.state])).toEqual(['', null]);

  // Somebody with a second factor here; and somebody whom nobody knows here.
  const [user] = await server.app.staff.users.listUsers();
  const begun = await server.app.staff.signIn.secondFactors.begin(user!);
  const totp = new TOTP({ secret: Secret.fromBase32(begun.secret) });
  const [recovery] = await server.app.staff.signIn.secondFactors.confirm(user!, totp.generate());
  const guarded = await open();
  await guarded.getByRole('button', { name: 'Sign in with Tent Co.' }).click();
  await signInThere(guarded, 'ada-1');
  await guarded.getByLabel('One-time code').fill(recovery!);
  await guarded.getByRole('button', { name: 'Sign in', exact: true }).click();
  await guarded.locator('.shell').waitFor();

  const stranger = await open();
  await stranger.getByRole('button', { name: 'Sign in with Tent Co.' }).click();
  await signInThere(stranger, 'nobody');
  await stranger.getByRole('alert').waitFor();
  expect(await stranger.getByRole('alert').textContent()).toMatch(/may not sign in here/);
  await stranger.getByRole('button', { name: 'Back to signing in' }).click();
  await stranger.getByLabel('Password').waitFor();
});
