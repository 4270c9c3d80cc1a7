import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestServer } from '../src/testing/start-test-server.ts';
import { findAccessibilityProblems } from './testing/find-accessibility-problems.ts';
import { openForeignSite, type ForeignSite } from './testing/foreign-page.ts';
import { openBrowser } from './testing/open-browser.ts';
import { startShopServer } from './testing/start-shop-server.ts';
import { WidgetDriver, type WidgetOptions } from './testing/widget-driver.ts';

/** Nothing in the shop's documents comes near it. */
const UNKNOWN = 'Which of the moons of Jupiter was discovered first, and by whom?';

const LOOKS = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [360, 1440].map((width): [string, WidgetOptions] => [
    `${colorScheme} at ${width} px`,
    { colorScheme, viewport: { width, height: 800 } },
  ]),
);

let site: ForeignSite;
let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  if (!existsSync(new URL('../dist/web/widget.js', import.meta.url)))
    throw new Error('The widget is not built: run "npm run build" first.');
  [site, browser] = await Promise.all([openForeignSite(), openBrowser()]);
  server = await startShopServer({ people: 'away', config: { allowed_origins: site.origin } });
  site.box = server.url;
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await site?.close();
});

describe.each(LOOKS)('when something is amiss, %s', (_, options) => {
  it('has no violations: no answer, the form, its errors, handed over, a failed question, a lost line', async () => {
    const visitor = await WidgetDriver.open(browser, site, options);
    const { page, panel } = visitor;
    const isClean = async (state: string): Promise<void> =>
      expect([state, ...(await findAccessibilityProblems(page))]).toEqual([state]);
    await visitor.openPanel();

    await visitor.ask(UNKNOWN);
    expect(await visitor.newestAnswer.getAttribute('data-outcome')).toMatch(/declined|handed_off|clarify/);
    await isClean('no answer');

    await page.route('**/api/v1/chat', (route) =>
      route.fulfill({
        status: 500,
        headers: { 'access-control-allow-origin': site.origin, 'content-type': 'application/json' },
        body: '{"error":{"code":"internal","message":"Something failed here.","request_id":"r1"}}',
      }),
    );
    await visitor.composer.fill('How long can I return unworn goods?');
    await visitor.composer.press('Enter');
    await panel.locator('.message-answer[data-status="failed"]').waitFor();
    await isClean('a failed question');
    await page.unroute('**/api/v1/chat');

    await panel.getByRole('button', { name: 'Talk to a person' }).last().click();
    const form = panel.locator('.contact-form');
    await form.waitFor();
    await isClean('the form when nobody is there');
    await page.route('**/handover', (route) => route.abort());
    await form.getByLabel('E-mail address').fill('kim@example.com');
    await form.getByLabel('Message').fill('Please call me');
    await form.getByRole('button', { name: 'Send message' }).click();
    await form.getByRole('alert').waitFor();
    await isClean('the form that could not be sent');
    await page.unroute('**/handover');
    await form.getByRole('button', { name: 'Send message' }).click();
    await visitor.strip('waiting').waitFor();
    await isClean('handed over');

    await page.context().setOffline(true);
    await panel.locator('[data-connection="offline"], [data-connection="failed"]').first().waitFor();
    await isClean('a lost line');
    await page.context().setOffline(false);
    await page.context().close();
  });
});
