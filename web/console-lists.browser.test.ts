import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startDeskServer } from '../src/testing/start-desk-server.ts';
import { ConsoleDriver } from './testing/console-driver.ts';
import { askForPerson } from './testing/fill-desk.ts';
import { openBrowser } from './testing/open-browser.ts';

const WEB = fileURLToPath(new URL('../dist/web/', import.meta.url));
let browser: Browser;

beforeAll(async () => {
  if (!existsSync(`${WEB}console/index.html`))
    throw new Error('The console is not built: run "npm run build" first.');
  browser = await openBrowser();
});
afterAll(() => browser?.close());

async function openDesk(path: string) {
  const server = await startDeskServer({ webFolder: WEB });
  const admin = await server.signIn('admin', 'Ada');
  const driver = await ConsoleDriver.open(browser, server.url, path);
  onTestFinished(async () => {
    expect(driver.problems).toEqual([]);
    await driver.close();
  });
  return { server, admin, driver, page: driver.page };
}

it('a search stands in the address: over a reload, the way back and into the list that is saved', async () => {
  const { server, driver, page } = await openDesk('/inbox/all');
  const tent = await askForPerson(server, { email: 'kim@example.com', texts: ['My tent leaks'] });
  const boat = await askForPerson(server, { email: 'lee@example.com', texts: ['My boat sinks'] });
  await driver.signIn('ada@shop.example');
  const rowOf = ({ threadId }: { threadId: string }) => page.locator(`[data-thread="${threadId}"]`);
  await rowOf(boat).waitFor();
  await page.getByRole('searchbox').fill('tent');
  await rowOf(boat).waitFor({ state: 'detached' });
  await expect.poll(() => new URL(page.url()).search).toBe('?q=tent');
  await page.reload();
  await rowOf(tent).waitFor();
  expect(await page.getByRole('searchbox').inputValue()).toBe('tent');
  expect(await rowOf(boat).count()).toBe(0);

  await rowOf(tent).click();
  await page.getByRole('log').getByText('My tent leaks').waitFor();
  expect(new URL(page.url()).search).toBe('?q=tent');
  await page.goBack();
  await page.getByRole('heading', { name: 'My tent leaks' }).waitFor({ state: 'detached' });
  expect(await page.getByRole('searchbox').inputValue()).toBe('tent');
  expect(await rowOf(boat).count()).toBe(0);

  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Save this list as CSV' }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe('conversations.csv');
  const text = await readFile(await download.path(), 'utf8');
  expect(text).toContain('My tent leaks');
  expect(text).not.toContain('My boat sinks');

  await driver.go('/customers?q=kim');
  await page.locator('.customer-row').first().waitFor();
  expect(await page.getByRole('searchbox').inputValue()).toBe('kim');
  expect(await page.locator('.customer-row').count()).toBe(1);
});

it('the owner’s categories are the choices in a ticket’s form', async () => {
  const { driver, page } = await openDesk('/library');
  await driver.signIn('ada@shop.example');
  await page.getByRole('button', { name: /Categories$/ }).click();
  await page.getByLabel('Name').fill('Returns');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.locator('.row-name', { hasText: 'Returns' }).waitFor();
  await driver.go('/tickets');
  await driver.button('New ticket').click();
  const choice = page.getByRole('dialog').getByRole('combobox', { name: 'Category' });
  await expect.poll(() => choice.locator('option').allTextContents()).toEqual(['No category', 'Returns']);
});
