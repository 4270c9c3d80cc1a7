import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { startDeskServer } from '../src/testing/start-desk-server.ts';
import { askForPerson } from './testing/fill-desk.ts';
import { openBrowser } from './testing/open-browser.ts';

const WEB = fileURLToPath(new URL('../dist/web/', import.meta.url));
let browser: Browser;

beforeAll(async () => {
  if (!existsSync(`${WEB}index.html`))
    throw new Error('The page is not built: run "npm run build:web" first.');
  browser = await openBrowser();
});
afterAll(() => browser?.close());

it.each(['#', '?'])(
  'the link in a mail (/%sconversation=…) shows the reply and leaves no key',
  async (sign) => {
    const server = await startDeskServer({ webFolder: WEB });
    const ada = await server.signIn('agent', 'Ada');
    const asked = await askForPerson(server, { email: 'kim@example.com', texts: ['Where is my parcel?'] });
    const body = { text: 'It comes on Thursday.' };
    const sent = await ada.call('POST', `/api/v1/threads/${asked.threadId}/messages`, { body });
    expect(sent.status).toBe(201);
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    await page.goto(`${server.url}/${sign}conversation=${asked.conversationId}`);
    await page.getByText('It comes on Thursday.').waitFor();
    expect(page.url()).toBe(`${server.url}/`);
    // And it is this tab's conversation from now on.
    await page.reload();
    await page.getByText('It comes on Thursday.').waitFor();
  },
);
