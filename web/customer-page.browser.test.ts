import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TestServer } from '../src/testing/start-test-server.ts';
import { CustomerPageDriver, type PageOptions } from './testing/customer-page-driver.ts';
import { findAccessibilityProblems } from './testing/find-accessibility-problems.ts';
import { openBrowser } from './testing/open-browser.ts';
import { startShopServer } from './testing/start-shop-server.ts';
import { readRecording } from './testing/page-recorder.ts';

/** Questions that the demo shop's documents answer. */
const QUESTION = 'How long can I return unworn goods?';
/** And one that the generator words. */
const GENERATED_QUESTION = 'How long is the link for a forgotten password valid?';
/** Longer than a page takes for all its tries when it need not wait between them. */
const TRIES_MS = 60_000;
const LONGER_QUESTION =
  'How much do I have to spend to reach the level Ridge, and after how long do my points expire?';

let server: TestServer;
let browser: Browser;
const opened: CustomerPageDriver[] = [];

async function openPage(options?: PageOptions): Promise<CustomerPageDriver> {
  const driver = await CustomerPageDriver.open(browser, server.url, options);
  opened.push(driver);
  return driver;
}

/** A page that somebody comes back to tries again at once; so all its tries, more than a minute, are soon over. */
async function waitUntilGivenUp({ page, newestAnswer }: CustomerPageDriver): Promise<void> {
  const comeBack = () => page.evaluate(() => window.dispatchEvent(new Event('pageshow')));
  const told = newestAnswer.getByRole('alert');
  const look = async () => ((await told.count()) === 0 ? (await comeBack(), false) : true);
  await expect.poll(look, { interval: 50, timeout: TRIES_MS }).toBe(true);
}

beforeAll(async () => {
  const built = existsSync(new URL('../dist/web/index.html', import.meta.url));
  if (!built) throw new Error('The page is not built: run "npm run build" first.');
  [server, browser] = await Promise.all([startShopServer({}), openBrowser()]);
});

afterEach(async () => {
  for (const driver of opened.splice(0)) {
    expect(driver.strayRequests).toEqual([]);
    expect(driver.complaints).toEqual([]);
    await driver.close();
  }
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

describe('an answer', () => {
  it('stands on the page before generation has ended', async () => {
    const customer = await openPage();
    await customer.ask(GENERATED_QUESTION);
    const { events, eventsAtFirstText } = await readRecording(customer.page);
    const place = (type: string, stage?: string): number =>
      events.findIndex((event) => event.type === type && event.stage === stage);
    expect(place('answer-start')).toBe(0);
    expect(place('answer-end')).toBe(events.length - 1);
    // The event numbers are the server's own: the first text was sent before the model had ended.
    expect(place('text-delta')).toBeGreaterThan(0);
    expect(place('text-delta')).toBeLessThan(place('stage-end', 'generate'));
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    expect(eventsAtFirstText).toBeGreaterThan(0);
    expect(eventsAtFirstText).toBeLessThanOrEqual(place('answer-end'));
  });

  it('is announced twice: when writing begins and when it ends', async () => {
    const customer = await openPage({ slowedBy: 80 });
    await customer.ask(QUESTION);
    const { announcements } = await readRecording(customer.page);
    expect(announcements).toEqual(['Writing…', 'Answer ready']);
  });

  it('opens each source with exactly its quote marked and in view', async () => {
    const customer = await openPage();
    await customer.ask(LONGER_QUESTION);
    const citations = customer.newestAnswer.locator('.citation');
    const quotes = await customer.newestAnswer.locator('.source-quote').allTextContents();
    expect(quotes.length).toBeGreaterThan(0);
    for (const citation of await citations.all()) {
      const index = Number((await citation.textContent())?.replace(/\D/g, ''));
      await citation.click();
      await customer.page.locator('.source-panel time').waitFor();
      const mark = customer.page.locator('.source-text mark');
      expect(await mark.textContent()).toBe(quotes[index - 1]);
      expect(await mark.evaluate((element) => element.getBoundingClientRect().top < innerHeight)).toBe(true);
      await customer.button('Close').click();
    }
  });

  it('keeps its part, marked, when it is stopped', async () => {
    const customer = await openPage({ slowedBy: 1500 });
    await customer.send(LONGER_QUESTION);
    await customer.newestAnswer.locator('.answer-text').waitFor();
    await customer.button('Stop').click();
    expect(await customer.newestAnswer.getAttribute('data-status')).toBe('stopped');
    const part = await customer.newestAnswer.locator('.answer-text').textContent();
    await customer.page.waitForTimeout(1500);
    expect(await customer.newestAnswer.locator('.answer-text').textContent()).toBe(part);
    expect(await customer.newestAnswer.textContent()).toContain('Stopped. This answer is incomplete.');
    await customer.button('Send').waitFor();
  });

  it('takes a rating and a comment', async () => {
    const customer = await openPage();
    await customer.ask(QUESTION);
    await customer.button('Not helpful').click();
    await customer.page.getByRole('textbox', { name: /good, or missing/ }).fill('Too short.');
    const stored = customer.page.waitForResponse(/\/feedback$/);
    await customer.button('Send comment').click();
    expect((await stored).status()).toBe(200);
    await customer.button('Send comment').waitFor({ state: 'detached' });
  });

  it('is there again after a reload, as are its sources', async () => {
    const customer = await openPage();
    await customer.ask(QUESTION);
    const before = await customer.newestAnswer.locator('.answer-text').textContent();
    await customer.page.reload();
    await customer.newestAnswer.waitFor();
    expect(await customer.newestAnswer.locator('.answer-text').textContent()).toBe(before);
    await customer.newestAnswer.locator('.citation').first().click();
    await customer.page.locator('.source-panel time').waitFor();
    expect((await readRecording(customer.page)).announcements).toEqual([]);
  });
});

describe('the keyboard alone', () => {
  it('reaches a person in two presses from the start', async () => {
    const customer = await openPage();
    await customer.page.keyboard.press('Tab');
    await customer.page.keyboard.press('Enter');
    await customer.page.locator('[data-outcome="handed_off"]').waitFor();
  });

  it('asks, opens a source, closes it and comes back to where it was', async () => {
    const customer = await openPage();
    const { keyboard } = customer.page;
    const focused = () => customer.page.evaluate(() => document.activeElement?.className ?? '');
    await keyboard.type(QUESTION);
    await keyboard.press('Enter');
    await customer.waitForEnd();
    for (let presses = 0; presses < 12 && (await focused()) !== 'citation'; presses += 1)
      await keyboard.press('Shift+Tab');
    expect(await focused()).toBe('citation');
    await keyboard.press('Enter');
    await customer.page.locator('.source-panel time').waitFor();
    expect(
      await customer.page.evaluate(() => document.querySelector('dialog')?.contains(document.activeElement)),
    ).toBe(true);
    await keyboard.press('Escape');
    await customer.page.locator('.source-panel').waitFor({ state: 'detached' });
    expect(await focused()).toBe('citation');
  });

  it('never sends with Shift or while an input method composes', async () => {
    const customer = await openPage();
    await customer.composer.fill('こん');
    await customer.composer.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    await customer.composer.press('Shift+Enter');
    expect(await customer.page.locator('.message').count()).toBe(0);
    expect(await customer.composer.inputValue()).toBe('こん\n');
  });

  it('makes a new line with Enter on a touch device', async () => {
    const customer = await openPage({
      hasTouch: true,
      isMobile: true,
      viewport: { width: 390, height: 844 },
    });
    await customer.composer.fill('one');
    await customer.composer.press('Enter');
    expect(await customer.composer.inputValue()).toBe('one\n');
  });
});

describe('the reader', () => {
  it('finds an unsent draft again after a reload', async () => {
    const customer = await openPage();
    await customer.composer.fill('half a quest');
    await customer.page.reload();
    await customer.page.locator('.suggestion').first().waitFor();
    expect(await customer.composer.inputValue()).toBe('half a quest');
  });

  it('finds a question that could not be sent again after a reload', async () => {
    const customer = await openPage();
    await customer.page.route('**/api/v1/chat', (route) => route.abort());
    await customer.send(QUESTION);
    await waitUntilGivenUp(customer);
    await customer.page.reload();
    await customer.page.locator('.suggestion').first().waitFor();
    expect(await customer.composer.inputValue()).toBe(QUESTION);
  });

  it('who scrolled up is left there and told of new messages', async () => {
    const customer = await openPage({ slowedBy: 500, viewport: { width: 360, height: 480 } });
    await customer.ask(QUESTION);
    await customer.ask(QUESTION);
    await customer.send(LONGER_QUESTION);
    await customer.page.mouse.move(180, 200);
    await customer.page.mouse.wheel(0, -400);
    await customer.button('New messages').waitFor();
    const top = await customer.page.evaluate(() => scrollY);
    await customer.waitForEnd();
    expect(await customer.page.evaluate(() => scrollY)).toBe(top);
    await customer.button('New messages').click();
    await customer.button('New messages').waitFor({ state: 'detached' });
    const below = await customer.page.evaluate(
      () => document.documentElement.scrollHeight - innerHeight - scrollY,
    );
    expect(below).toBeLessThan(2);
  });

  it('is told of a lost connection, can try again, and hears that it is back', async () => {
    const customer = await openPage();
    const banner = (phase: string) => customer.page.locator(`[data-connection="${phase}"]`);
    // Where only loopback is up the browser calls itself offline from the start, and so does the banner.
    const online = await customer.page.evaluate(() => navigator.onLine);
    if (online) {
      await customer.page.context().setOffline(true);
      await banner('offline').waitFor();
      await customer.page.context().setOffline(false);
      await banner('restored').waitFor();
      await banner('restored').waitFor({ state: 'detached' });
    }
    await customer.page.route('**/api/v1/*', (route) => route.abort());
    await customer.send(QUESTION);
    await banner(online ? 'failed' : 'offline').waitFor();
    await waitUntilGivenUp(customer);
    await customer.page.unroute('**/api/v1/*');
    await customer.button('Try again').click();
    await banner('restored').waitFor();
    await customer.button('Ask again').click();
    await customer.waitForEnd();
    expect(await customer.newestAnswer.getAttribute('data-status')).toBe('done');
  });
});

describe('accessibility', () => {
  const looks: [string, PageOptions][] = [
    ['light at 1280 px', { colorScheme: 'light', viewport: { width: 1280, height: 800 } }],
    ['light at 360 px', { colorScheme: 'light', viewport: { width: 360, height: 740 } }],
    ['dark at 1280 px', { colorScheme: 'dark', viewport: { width: 1280, height: 800 } }],
    ['dark at 360 px', { colorScheme: 'dark', viewport: { width: 360, height: 740 } }],
    ['high contrast', { contrast: 'more', viewport: { width: 1280, height: 800 } }],
    ['forced colours', { forcedColors: 'active', viewport: { width: 1280, height: 800 } }],
    ['320 px', { viewport: { width: 320, height: 640 } }],
    ['200 % zoom', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
  ];

  it.each(looks)('has no violations: %s', async (_, options) => {
    const customer = await openPage(options);
    expect(await findAccessibilityProblems(customer.page)).toEqual([]);
    await customer.ask(QUESTION);
    await customer.button('Helpful').click();
    await customer.ask('Who won the world cup in 1998?');
    await customer.button('Talk to a person').last().click();
    await customer.page.locator('[data-outcome="handed_off"]').waitFor();
    expect(await findAccessibilityProblems(customer.page)).toEqual([]);
    expect(await customer.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await customer.page.locator('.citation').first().click();
    await customer.page.locator('.source-panel time').waitFor();
    expect(await findAccessibilityProblems(customer.page)).toEqual([]);
  });
});
