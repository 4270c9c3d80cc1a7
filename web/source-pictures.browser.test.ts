import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHttpClient } from '../src/testing/http-client.ts';
import { drawPicture, wordWithPictures } from '../src/testing/picture-files.ts';
import type { TestServer } from '../src/testing/start-test-server.ts';
import { findAccessibilityProblems } from './testing/find-accessibility-problems.ts';
import { openForeignSite, type ForeignSite } from './testing/foreign-page.ts';
import { openBrowser } from './testing/open-browser.ts';
import { startShopServer } from './testing/start-shop-server.ts';
import { WidgetDriver } from './testing/widget-driver.ts';

const QUESTION = 'How do I clean the Quillfeather tea kettle?';
const ALT = 'Where the limescale gathers in the kettle';

let site: ForeignSite;
let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  site = await openForeignSite();
  [server, browser] = await Promise.all([
    startShopServer({ config: { allowed_origins: site.origin } }),
    openBrowser(),
  ]);
  site.box = server.url;
  const { call, finishJob } = createHttpClient(server);
  const form = new FormData();
  const file = wordWithPictures([
    { heading: 'Cleaning the Quillfeather tea kettle' },
    'To clean the Quillfeather tea kettle, fill it with water and two spoons of citric acid, boil it and rinse it twice.',
    { alt: ALT, picture: drawPicture('#1030c0', 900, 600) },
  ]);
  form.set('file', new File([new Uint8Array(file)], 'kettle.docx'));
  const { body } = await call('POST', '/api/v1/documents', { key: server.adminKey, body: form });
  const { state } = await finishJob(body.job_id);
  expect(state).toBe('completed');
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await site?.close();
});

/** The colour in the corner of what is drawn. */
async function cornerOf(canvas: Locator): Promise<{ width: number; blue: boolean }> {
  return canvas.evaluate((element) => {
    const { width } = element as HTMLCanvasElement;
    const pixel = (element as HTMLCanvasElement).getContext('2d')!.getImageData(4, 4, 1, 1).data;
    return { width, blue: pixel[2]! > 150 && pixel[0]! < 90 };
  });
}

it('shows the picture beside a cited passage on a page with a strict policy, larger when it is opened', async () => {
  const visitor = await WidgetDriver.open(browser, site);
  await visitor.openPanel();
  await visitor.ask(QUESTION);
  const button = visitor.newestAnswer.getByRole('button', { name: `Show larger: ${ALT}` });
  await button.locator('canvas[data-drawn]').waitFor();
  expect(await cornerOf(button.locator('canvas'))).toEqual({ width: 360, blue: true });
  expect(await findAccessibilityProblems(visitor.page)).toEqual([]);
  await button.focus();
  await visitor.page.keyboard.press('Enter');
  const large = visitor.panel.locator('.picture-panel canvas[data-drawn]');
  await large.waitFor();
  expect(await cornerOf(large)).toEqual({ width: 900, blue: true });
  expect(await large.getAttribute('aria-label')).toBe(ALT);
  expect(await findAccessibilityProblems(visitor.page)).toEqual([]);
  await visitor.page.keyboard.press('Escape');
  await large.waitFor({ state: 'detached' });
  expect(await button.evaluate((element) => element.matches(':focus'))).toBe(true);
  expect(visitor.problems).toEqual([]);
});

it('shows it on the customer page too, and nothing beside an answer without pictures', async () => {
  const page = await (await browser.newContext({ viewport: { width: 360, height: 700 } })).newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(server.url);
  const ask = async (question: string): Promise<Locator> => {
    await page.locator('.composer textarea').fill(question);
    await page.locator('.composer textarea').press('Enter');
    const answer = page.locator('.message-answer').last();
    await answer.locator('.sources').waitFor({ timeout: 120_000 });
    return answer;
  };
  const answer = await ask(QUESTION);
  await answer.locator('canvas[data-drawn]').waitFor();
  const box = await answer.locator('.picture-button').boundingBox();
  expect(box!.x + box!.width).toBeLessThanOrEqual(360);
  const looked = page.waitForResponse((response) => response.url().includes('/pictures?'));
  const other = await ask('How long can I return unworn goods?');
  await looked;
  expect(await other.locator('canvas').count()).toBe(0);
  expect(complaints).toEqual([]);
});
