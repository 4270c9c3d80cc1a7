import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startDeskServer, type DeskServer } from '../src/testing/start-desk-server.ts';
import { ConsoleDriver } from './testing/console-driver.ts';
import { findAccessibilityProblems } from './testing/find-accessibility-problems.ts';
import { openBrowser } from './testing/open-browser.ts';

const WEB = fileURLToPath(new URL('../dist/web/', import.meta.url));
let browser: Browser;

beforeAll(async () => {
  if (!existsSync(`${WEB}console/index.html`))
    throw new Error('The console is not built: run "npm run build" first.');
  browser = await openBrowser();
});
afterAll(() => browser?.close());

async function openSettings(server: DeskServer): Promise<ConsoleDriver> {
  await server.signIn('owner', 'Mara');
  const driver = await ConsoleDriver.open(browser, server.url, '/settings');
  onTestFinished(async () => {
    expect(driver.problems).toEqual([]);
    await driver.close();
  });
  await driver.signIn('mara@shop.example');
  return driver;
}

it('the owner sees what hours come to, is told what is wrong, and puts them in force', async () => {
  const server = await startDeskServer({ webFolder: WEB });
  const owner = await openSettings(server);
  const panel = owner.page.getByRole('group', { name: 'Opening hours and holidays' });
  await owner.page.getByText('No hours are set').waitFor();
  await panel.getByLabel('Time zone').fill('Europe/Berlin');
  await owner.button('Add a channel').click();
  await panel.getByLabel('Monday').fill('eight');
  await owner.page.getByText(/hours\.chat\.mon is "eight": one span as/).waitFor();
  await panel.getByLabel('Monday').fill('8-12, 13-20');
  await owner.button('Add a holiday').click();
  await panel.getByLabel('Date').fill('2030-01-07');
  await panel.getByLabel('Name', { exact: true }).fill('Stocktaking');
  await owner.page.getByLabel('Try another moment').fill('2030-01-07T10:00');
  await owner.page.getByRole('cell', { name: 'closed (Stocktaking)' }).waitFor();
  await owner.page.getByRole('cell', { name: '08:00–12:00, 13:00–20:00' }).waitFor();
  await owner.page.getByText(/closed, opens Mon,? 14 Jan/).waitFor();
  expect(server.app.desk.availability().open).toBe(true);
  await owner.button('Save the hours').click();
  await owner.page.getByText('set here').waitFor();
  expect(server.app.desk.tools.profile()).toMatchObject({
    time_zone: 'Europe/Berlin',
    hours: {
      chat: {
        mon: [
          ['08:00', '12:00'],
          ['13:00', '20:00'],
        ],
      },
    },
    holidays: [{ date: '2030-01-07', name: 'Stocktaking' }],
  });
  expect(await findAccessibilityProblems(owner.page)).toEqual([]);
  await owner.button('Back to what ships').click();
  await owner.page.getByText('No hours are set').waitFor();
});

it('hours of the file are shown, and cannot be changed', async () => {
  const profile = { name: 'Shop', time_zone: 'Europe/Berlin', hours: { chat: {} } };
  const owner = await openSettings(await startDeskServer({ webFolder: WEB, profile, profileInFile: true }));
  await owner.page.getByText('This stands in profile.json of the data folder').waitFor();
  const panel = owner.page.getByRole('group', { name: 'Opening hours and holidays' });
  expect(await panel.getByLabel('Time zone').isDisabled()).toBe(true);
  expect(await owner.button('Save the hours').count()).toBe(0);
});
