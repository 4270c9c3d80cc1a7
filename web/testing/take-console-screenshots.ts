/** Takes the pictures of the console in web/screenshots/. By hand: npx jiti web/testing/take-console-screenshots.ts */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions } from 'playwright-core';
import { openDeskServer } from '../../src/testing/open-desk-server.ts';
import { ConsoleDriver } from './console-driver.ts';
import { fillDesk } from './fill-desk.ts';
import { openBrowser } from './open-browser.ts';

const FOLDER = fileURLToPath(new URL('../screenshots/', import.meta.url));
const WEB = fileURLToPath(new URL('../../dist/web/', import.meta.url));
const WIDE: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, colorScheme: 'light' };
const WIDE_DARK: BrowserContextOptions = { ...WIDE, colorScheme: 'dark' };
const NARROW: BrowserContextOptions = { viewport: { width: 360, height: 740 }, colorScheme: 'light' };

interface Picture {
  file: string;
  path: string;
  look: BrowserContextOptions;
  keys?: readonly string[];
}

const data = mkdtempSync(join(tmpdir(), 'answerbox-pictures-'));
const server = await openDeskServer(data, { webFolder: WEB, profile: { name: 'Northwind Outdoor' } });
const browser = await openBrowser();
try {
  const agent = await server.signIn('admin', 'Ada');
  const bo = await server.signIn('agent', 'Bo');
  const asked = await fillDesk(server);
  const last = asked.at(-1)!;
  await agent.call('PATCH', `/api/v1/tickets/${asked[0]!.number}`, {
    body: { assignee_id: bo.id, priority: 'urgent' },
  });
  await agent.call('PATCH', `/api/v1/tickets/${asked[1]!.number}`, {
    body: { status: 'pending', tags: ['warranty'] },
  });
  await agent.call('PATCH', `/api/v1/tickets/${asked[4]!.number}`, { body: { status: 'resolved' } });
  await agent.call('POST', `/api/v1/threads/${last.threadId}/notes`, {
    body: { text: 'Batch 7 has known seam trouble. Replace it.' },
  });
  await agent.call('POST', `/api/v1/threads/${last.threadId}/messages`, {
    body: { text: 'Hello Kim, I am sorry to hear that. I am looking into a replacement.' },
  });
  const thread = await agent.call('GET', `/api/v1/threads/${last.threadId}`);
  const customer = thread.body.customer.id as string;
  const conversation = `/inbox/open/${last.threadId}`;
  const pictures: Picture[] = [
    { file: 'console-sign-in.png', path: '', look: WIDE },
    { file: 'console-conversation.png', path: conversation, look: WIDE },
    { file: 'console-conversation-dark.png', path: conversation, look: WIDE_DARK, keys: ['n'] },
    { file: 'console-conversation-narrow.png', path: conversation, look: NARROW },
    { file: 'console-inbox-narrow.png', path: '/inbox/open', look: NARROW },
    { file: 'console-tickets.png', path: '/tickets?status=any', look: WIDE },
    { file: 'console-board.png', path: '/tickets?view=board', look: WIDE_DARK },
    { file: 'console-ticket.png', path: `/tickets/${last.number}`, look: WIDE },
    { file: 'console-customer.png', path: `/customers/${customer}`, look: WIDE },
    { file: 'console-commands.png', path: conversation, look: WIDE, keys: ['Control+k'] },
    { file: 'console-keys.png', path: conversation, look: WIDE_DARK, keys: ['?'] },
  ];
  const wanted = process.argv.slice(2);
  for (const { file, path, look, keys = [] } of pictures) {
    if (wanted.length > 0 && !wanted.some((name) => file.includes(name))) continue;
    const driver = await ConsoleDriver.open(browser, server.url, path, look);
    if (path !== '') {
      await driver.signIn('ada@shop.example');
      await driver.page.waitForTimeout(700);
    }
    for (const key of keys) await driver.page.keyboard.press(key);
    await driver.page.waitForTimeout(500);
    await driver.page.screenshot({ path: `${FOLDER}${file}` });
    if (driver.problems.length > 0) console.error(file, driver.problems);
    await driver.close();
  }
} finally {
  await browser.close();
  await server.close();
  rmSync(data, { recursive: true, force: true });
}
