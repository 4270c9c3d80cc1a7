import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDeskServer, type DeskServer } from '../src/testing/open-desk-server.ts';
import { ConsoleDriver } from './testing/console-driver.ts';
import { write } from './testing/fill-desk.ts';
import { openForeignSite, type ForeignSite } from './testing/foreign-page.ts';
import { openBrowser } from './testing/open-browser.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WidgetDriver } from './testing/widget-driver.ts';

const WEB = fileURLToPath(new URL('../dist/web/', import.meta.url));
const MESSAGES = 10_000;
/** Messages that may be in the page before one scrolls: a part of the conversation, not the whole. */
const MOST_FIRST = 80;

let browser: Browser;
let site: ForeignSite;
let server: DeskServer;
let folder: string;
let conversationId: string;
let threadId: string;

beforeAll(async () => {
  if (!existsSync(`${WEB}index.html`))
    throw new Error('The pages are not built: run "npm run build:web" first.');
  folder = await mkdtemp(join(tmpdir(), 'answerbox-long-'));
  site = await openForeignSite();
  server = await openDeskServer(folder, { webFolder: WEB, config: { allowed_origins: site.origin } });
  site.box = server.url;
  conversationId = await server.app.conversations.createConversation({});
  for (let number = 1; number <= MESSAGES; number += 1)
    await write(server, conversationId, 'customer', `Line ${number} of my story`);
  await server.http.call('POST', `/api/v1/conversations/${conversationId}/handover`, { body: {} });
  threadId = (await server.app.desk.tools.store.threadOf(conversationId))!.id;
  browser = await openBrowser();
}, 600_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await site?.close();
  await rm(folder, { recursive: true, force: true });
});

const elementsOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.querySelectorAll('*').length);

it('the customer page reads the newest part, older ones as one goes up, and keeps one’s place', async () => {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(120_000);
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes(`/conversations/${conversationId}?`))
      asked.push(new URL(request.url()).search);
  });
  await page.goto(`${server.url}/#conversation=${conversationId}`);
  await page.getByText(`Line ${MESSAGES} of my story`).waitFor();
  const shown = () => page.locator('.log .message').count();
  expect(await shown()).toBeLessThanOrEqual(MOST_FIRST);
  expect(await elementsOf(page)).toBeLessThan(2_000);
  expect(asked).toEqual(['?limit=60']);

  const first = page.locator('.log .message').first();
  const text = (await first.textContent())!;
  await first.scrollIntoViewIfNeeded();
  const kept = page.locator('.log .message', { hasText: text.match(/Line \d+ of my story/)![0] });
  await page.locator('.log .message').nth(MOST_FIRST).waitFor();
  // What one read is still in sight, with older messages above it.
  const place = await kept.boundingBox();
  expect(place!.y).toBeGreaterThan(-200);
  expect(place!.y).toBeLessThan(800);
  expect(await page.locator('.new-messages').count()).toBe(0);
  expect(asked.length).toBeGreaterThan(1);

  await page.locator('.composer textarea').fill('Still there?');
  await page.locator('.composer textarea').press('Enter');
  await page.locator('.log .message', { hasText: 'Still there?' }).waitFor();
  await page.context().close();
});

it('the widget does so in its panel', async () => {
  const visitor = await WidgetDriver.open(browser, site);
  await visitor.page.evaluate((id) => sessionStorage.setItem('answerbox.conversation', id), conversationId);
  await visitor.page.reload();
  await visitor.openPanel();
  await visitor.panel.getByText(`Line ${MESSAGES} of my story`).waitFor();
  const messages = visitor.panel.locator('.log .message');
  const before = await messages.count();
  expect(before).toBeLessThanOrEqual(MOST_FIRST);
  await visitor.panel.locator('.panel-body').evaluate((body) => body.scrollTo({ top: 0 }));
  await messages.nth(before + 30).waitFor();
  expect(await messages.count()).toBeLessThan(before + 200);
  expect(visitor.problems).toEqual([]);
  await visitor.page.context().close();
});

it('a slow machine, too, opens the thread at its end', async () => {
  await server.signIn('agent', 'Bo');
  const agent = await ConsoleDriver.open(browser, server.url);
  await agent.signIn('bo@shop.example');
  const { page } = agent;
  const protocol = await page.context().newCDPSession(page);
  const older: string[] = [];
  page.on('request', (request) => {
    const before = new URL(request.url()).searchParams.get('before');
    if (before !== null && before !== String(Number.MAX_SAFE_INTEGER)) older.push(before);
  });
  for (const rate of [6, 12, 20]) {
    await page.goto('about:blank');
    await protocol.send('Emulation.setCPUThrottlingRate', { rate });
    await agent.go(`/inbox/all/${threadId}`);
    await page.locator('.timeline-row').getByText(`Line ${MESSAGES} of my story`).waitFor();
    await protocol.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  }
  // Nobody went up: an older part that comes on the way to the end would shift it.
  expect(older).toEqual([]);
  await agent.close();
});

it('the console keeps what is in view alone in the page, from the end to far back', async () => {
  const ada = await server.signIn('agent', 'Ada');
  expect(ada.id).toBeTruthy();
  const agent = await ConsoleDriver.open(browser, server.url, `/inbox/all/${threadId}`);
  await agent.signIn('ada@shop.example');
  const { page } = agent;
  const rows = page.locator('.timeline-row');
  await rows.getByText(`Line ${MESSAGES} of my story`).waitFor();
  expect(await rows.count()).toBeLessThan(60);
  const oldest = async (): Promise<number> => {
    const texts = await rows.allTextContents();
    return Math.min(...texts.map((text) => Number(/Line (\d+) of/.exec(text)?.[1] ?? Infinity)));
  };
  const timeline = page.locator('.timeline');
  while ((await oldest()) > MESSAGES - 1_000) {
    const was = await oldest();
    await timeline.evaluate((element) => element.scrollTo({ top: 0 }));
    await expect.poll(oldest, { timeout: 120_000 }).toBeLessThan(was);
  }
  expect(await rows.count()).toBeLessThan(60);
  expect(await elementsOf(page)).toBeLessThan(2_500);
  await agent.reply.fill('I have read it all');
  await page.keyboard.press('Control+Enter');
  await expect
    .poll(async () => (await server.app.conversations.listRecentMessages(conversationId, 1))[0]?.text)
    .toBe('I have read it all');
  expect(agent.problems).toEqual([]);
  await agent.close();
});
