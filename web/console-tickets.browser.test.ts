import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { fillTickets } from '../bench/fill-tickets.ts';
import { startDeskServer } from '../src/testing/start-desk-server.ts';
import { ConsoleDriver } from './testing/console-driver.ts';
import { openBrowser } from './testing/open-browser.ts';

const WEB = fileURLToPath(new URL('../dist/web/', import.meta.url));
const TICKETS = 100_000;
/** Rows to scroll through: the list is the same however far one goes. */
const SCROLLED = 3_000;
/** Rows that may be in the page at once, at this window's height. */
const MOST_ROWS = 80;
let browser: Browser;

beforeAll(async () => {
  if (!existsSync(`${WEB}console/index.html`))
    throw new Error('The console is not built: run "npm run build" first.');
  browser = await openBrowser();
});
afterAll(() => browser?.close());

it('a list of 100,000 tickets is scrolled, filtered and searched, with a few dozen rows in the page', async () => {
  const server = await startDeskServer({ webFolder: WEB });
  await server.signIn('agent', 'Ada');
  fillTickets(server.database, TICKETS);
  const ada = await ConsoleDriver.open(browser, server.url, '/tickets?status=any&sort=created');
  onTestFinished(async () => {
    expect(ada.problems).toEqual([]);
    await ada.close();
  });
  await ada.signIn('ada@shop.example');
  const { page } = ada;
  const row = (number: number) => page.locator(`[data-ticket="${number}"]`);
  await row(TICKETS).waitFor();
  const list = page.locator('.virtual-list');
  const lastIndex = () =>
    list.evaluate((element) => Number(element.querySelector('li:last-child')?.getAttribute('data-index')));
  const seen = new Set<number>();
  while ((await lastIndex()) < SCROLLED) {
    const before = await lastIndex();
    await list.evaluate((element) => element.scrollBy(0, element.scrollHeight));
    await page.waitForFunction(
      (index) =>
        Number(document.querySelector('.virtual-list li:last-child')?.getAttribute('data-index')) > index,
      before,
    );
    expect(await list.locator('li').count()).toBeLessThan(MOST_ROWS);
    seen.add(await lastIndex());
  }
  // By keyset: the row of an index is the one that the order says, however it was come to.
  const index = await lastIndex();
  await row(TICKETS - index).waitFor();

  await ada.go('/tickets?status=any&q=customer77777');
  await row(77_777).waitFor();
  expect(await page.locator('.ticket-row').count()).toBe(1);
  await ada.go('/tickets?view=board');
  await page.locator('.card').first().waitFor();
  expect(await page.locator('.card').count()).toBeLessThan(5 * MOST_ROWS);
});
