import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { databaseIn, killNow, startCliServer, type CliServer } from '../src/testing/run-cli.ts';
import { createHttpClient } from '../src/testing/http-client.ts';
import { openForeignSite, type ForeignSite } from './testing/foreign-page.ts';
import { openBrowser } from './testing/open-browser.ts';
import { signInStaff } from './testing/staff-member.ts';
import { writeShopProfile } from './testing/start-shop-server.ts';
import { WidgetDriver } from './testing/widget-driver.ts';

/** Questions with their document; the next one is taken where the answer was quicker than the kill. */
const QUESTIONS = [
  'How long can I return unworn goods?',
  'How much does it cost to resole leather boots?',
  'How long do refunds take?',
];
/** Six starts of a server with its models, on a machine that may be busy. */
const PATIENCE_MS = 900_000;
const DOCUMENT = `# Returns and repairs

You can return unworn goods within 60 days of delivery.

Refunds take five working days once the parcel is back with us.

Resoling a pair of leather boots costs 89 euros.
`;

let dataDir: string;
let site: ForeignSite;
let browser: Browser;
let server: CliServer;
let settings: Record<string, string>;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'answerbox-restart-'));
  await writeShopProfile(dataDir, 'there');
  [site, browser] = await Promise.all([openForeignSite(), openBrowser()]);
  settings = {
    // One short document and no generator: the server starts often here.
    ANSWERBOX_GENERATOR: 'none',
    ANSWERBOX_PORT: String(await freePort()),
    ANSWERBOX_ALLOWED_ORIGINS: site.origin,
  };
  server = await startCliServer({ dataDir, settings });
  site.box = server.url.replace(/\/$/, '');
  const http = createHttpClient({ url: site.box, adminKey: server.adminKey! });
  const added = await http.call('POST', '/api/v1/documents', {
    key: server.adminKey!,
    body: { documents: [{ title: 'Returns and repairs', text: DOCUMENT }] },
  });
  await http.finishJob(added.body.job_id as string);
}, PATIENCE_MS);

afterAll(async () => {
  if (server) await killNow(server.process);
  await browser?.close();
  await site?.close();
  await rm(dataDir, { recursive: true, force: true });
});

it(
  'loses and doubles nothing when the server is killed in mid-answer and starts again',
  async () => {
    const staff = await signInStaff({ url: site.box, adminKey: server.adminKey! }, 'Anna');
    const visitor = await WidgetDriver.open(browser, site);
    await visitor.openPanel();
    await visitor.panel.locator('.suggestion').first().waitFor();
    const asked: string[] = [];
    for (const question of QUESTIONS) {
      asked.push(question);
      const taken = visitor.page.waitForRequest((request) => request.url().endsWith('/api/v1/chat'));
      await visitor.composer.fill(question);
      await visitor.composer.press('Enter');
      await taken;
      await stored(question);
      await killNow(server.process);
      const unanswered = rowsOf().at(-1)?.role === 'customer';
      server = await startCliServer({ dataDir, settings });
      await visitor.waitForEnd();
      if (unanswered) break;
    }
    // The second tab reads all of it from the store, and both go on with the same stream of events.
    const tab = await visitor.duplicate();
    await tab.openPanel();
    await tab.newestAnswer.waitFor();
    for (const one of [visitor, tab]) {
      expect(await one.panel.locator('.message-customer p').allTextContents()).toEqual(asked);
      expect(await one.panel.locator('.message-answer').count()).toBe(asked.length);
      expect(await one.newestAnswer.locator('.citation').count()).toBeGreaterThan(0);
    }
    const rows = rowsOf();
    expect(rows.map(({ role }) => role)).toEqual(asked.flatMap(() => ['customer', 'assistant']));
    expect(await visitor.newestAnswer.locator('.answer-text').textContent()).toBe(
      await tab.newestAnswer.locator('.answer-text').textContent(),
    );

    // What staff write after the next kill comes by the same stream, opened again.
    await visitor.panel.getByRole('button', { name: 'Talk to a person' }).click();
    await visitor.strip('waiting').waitFor();
    const thread = `/api/v1/threads/${await staff.newestThread('waiting')}`;
    await staff.post(`${thread}/messages`, { text: 'Before' });
    await visitor.panel.locator('.message-staff', { hasText: 'Before' }).waitFor();
    await killNow(server.process);
    await visitor.composer.fill('Written while it was down');
    await visitor.composer.press('Enter');
    server = await startCliServer({ dataDir, settings });
    await staff.post(`${thread}/messages`, { text: 'After' });
    for (const one of [visitor, tab]) {
      await one.panel.locator('.message-staff', { hasText: 'After' }).waitFor();
      await one.panel.locator('.message-customer', { hasText: 'Written while' }).waitFor();
      expect(await one.panel.locator('.message-staff p').allTextContents()).toEqual(['Before', 'After']);
    }
    await visitor.panel.locator('[data-delivery="sent"]', { hasText: 'Written while' }).waitFor();
    expect(rowsOf().filter(({ text }) => text === 'Written while it was down')).toHaveLength(1);
    expect(visitor.problems.concat(tab.problems)).toEqual([]);
    await visitor.page.context().close();
  },
  PATIENCE_MS,
);

function rowsOf(): { role: string; text: string }[] {
  const database = new Database(databaseIn(dataDir), { readonly: true });
  try {
    return database.prepare('SELECT role, text FROM messages ORDER BY sequence').all() as never;
  } finally {
    database.close();
  }
}

/** Resolves when the question is on the disk. */
async function stored(question: string): Promise<void> {
  while (!rowsOf().some(({ text }) => text === question))
    await new Promise((resolve) => setTimeout(resolve, 2));
}

async function freePort(): Promise<number> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  await new Promise((resolve) => listener.close(resolve));
  return port;
}
