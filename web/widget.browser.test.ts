import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TestServer } from '../src/testing/start-test-server.ts';
import { findAccessibilityProblems } from './testing/find-accessibility-problems.ts';
import { openForeignSite, type ForeignSite } from './testing/foreign-page.ts';
import { openBrowser } from './testing/open-browser.ts';
import { startShopServer } from './testing/start-shop-server.ts';
import { WidgetDriver, type WidgetOptions } from './testing/widget-driver.ts';

/** A question that the demo shop's documents answer. */
const QUESTION = 'How long can I return unworn goods?';

let site: ForeignSite;
let stranger: ForeignSite;
let server: TestServer;
let browser: Browser;
const opened: WidgetDriver[] = [];

async function openWidget(options?: WidgetOptions, where = site): Promise<WidgetDriver> {
  const driver = await WidgetDriver.open(browser, where, options);
  opened.push(driver);
  return driver;
}

beforeAll(async () => {
  const built = existsSync(new URL('../dist/web/widget.js', import.meta.url));
  if (!built) throw new Error('The widget is not built: run "npm run build" first.');
  [site, stranger] = await Promise.all([openForeignSite(), openForeignSite()]);
  [server, browser] = await Promise.all([
    startShopServer({ config: { allowed_origins: site.origin } }),
    openBrowser(),
  ]);
  site.box = stranger.box = server.url;
});

afterEach(async () => {
  for (const driver of opened.splice(0)) {
    expect(driver.problems).toEqual([]);
    await driver.page.context().close();
  }
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await site?.close();
  await stranger?.close();
});

describe('on a page of another site, under a strict policy', () => {
  it('answers with sources that open at their quote, and tells the page', async () => {
    const visitor = await openWidget();
    const { page } = visitor;
    await visitor.openPanel();
    await page.evaluate(() => {
      const status = document.querySelector('answerbox-widget')?.shadowRoot?.querySelector('[role="status"]');
      const spoken: string[] = [];
      Object.assign(window, { spoken });
      new MutationObserver(() => status?.textContent && spoken.push(status.textContent)).observe(status!, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    });
    await visitor.ask(QUESTION);
    const quote = await visitor.newestAnswer.locator('.source-quote').first().textContent();
    await visitor.newestAnswer.locator('.citation').first().click();
    await visitor.panel.locator('.source-panel time').waitFor();
    expect(await visitor.panel.locator('.source-text mark').textContent()).toBe(quote);
    await page.keyboard.press('Escape');
    await visitor.panel.locator('.source-panel').waitFor({ state: 'detached' });
    expect(await visitor.composer.isVisible()).toBe(true);

    const told = await visitor.told();
    expect(told.map(([name]) => name)).toEqual(['ready', 'open', 'message']);
    expect(told[2]?.[1]).toMatchObject({ outcome: 'answered', text: expect.stringMatching(/\[1\]/) });
    const spoken = await page.evaluate(() => (window as unknown as { spoken: string[] }).spoken);
    expect(spoken).toEqual(['Writing…', 'Answer ready']);
  });

  it('leaves the page as it was, but for one element and one name', async () => {
    const visitor = await openWidget();
    await visitor.openPanel();
    const seen = await visitor.page.evaluate(() => ({
      elements: [...document.querySelectorAll('body > *, head > *')].map(({ localName }) => localName),
      onmessage: window.onmessage,
      rootStyle: document.documentElement.getAttribute('style'),
      names: Object.keys(window).filter(
        (name) => !(window as unknown as { namesBefore: string[] }).namesBefore.includes(name),
      ),
    }));
    expect(seen.elements.sort()).toEqual(['answerbox-widget', 'link', 'main', 'script', 'script', 'title']);
    expect(seen).toMatchObject({ onmessage: null, rootStyle: null });
    // All but the last are the site's own, and the last is its stub until the widget takes its place.
    expect(seen.names).toEqual(['namesBefore', 'told', 'answerboxSettings', 'Answerbox']);
    const looks = await visitor.composer.evaluate((field) => {
      const { fontSize, letterSpacing, fontStyle, textAlign } = getComputedStyle(field);
      return { fontSize, letterSpacing, fontStyle, textAlign };
    });
    expect(looks).toEqual({
      fontSize: '16px',
      letterSpacing: 'normal',
      fontStyle: 'normal',
      textAlign: 'start',
    });
  });

  it('does what the page asked before it was loaded, and throws at nothing', async () => {
    const visitor = await openWidget({ ask: QUESTION });
    await visitor.waitForEnd();
    expect(await visitor.newestAnswer.locator('.citation').count()).toBeGreaterThan(0);
    await visitor.call('opne' as 'open');
    await visitor.call('ask', 7);
    const errors = (await visitor.told()).filter(([name]) => name === 'error');
    expect(errors.map(([, detail]) => detail['code'])).toEqual(['command_unknown', 'command_failed']);
    await visitor.call('hide');
    await visitor.launcher.waitFor({ state: 'hidden' });
    await visitor.call('show');
    await visitor.launcher.waitFor();
    await visitor.call('toggle');
    await visitor.composer.waitFor();
  });

  it('is refused on a site that is not on the list', async () => {
    const visitor = await openWidget({}, stranger);
    await visitor.openPanel();
    await visitor.panel.locator('[data-connection="failed"], [data-connection="offline"]').waitFor();
  });
});

describe('the visitor', () => {
  it('finds conversation and unsent text again after a reload', async () => {
    const visitor = await openWidget();
    await visitor.openPanel();
    await visitor.ask(QUESTION);
    const before = await visitor.newestAnswer.locator('.answer-text').textContent();
    await visitor.composer.fill('half a quest');
    await visitor.page.reload();
    await visitor.openPanel();
    await visitor.newestAnswer.waitFor();
    expect(await visitor.newestAnswer.locator('.answer-text').textContent()).toBe(before);
    expect(await visitor.composer.inputValue()).toBe('half a quest');
  });

  it('is told of an answer that came while the panel was closed', async () => {
    const visitor = await openWidget({ slowedBy: 150 });
    await visitor.openPanel();
    await visitor.composer.fill(QUESTION);
    await visitor.composer.press('Enter');
    await visitor.panel.locator('.writing').waitFor();
    await visitor.call('close');
    await visitor.page.locator('.launcher[aria-label*="1 unread"]').waitFor({ timeout: 120_000 });
    await visitor.openPanel();
    expect(await visitor.launcher.getAttribute('aria-label')).toBe('Close the support chat');
    const unread = (await visitor.told()).filter(([name]) => name === 'unread');
    expect(unread.map(([, detail]) => detail['count'])).toEqual([1, 0]);
  });

  it('leaves nothing behind for the next one after shutdown', async () => {
    const visitor = await openWidget();
    await visitor.openPanel();
    await visitor.ask(QUESTION);
    await visitor.composer.fill('something private');
    await visitor.call('shutdown');
    expect(await visitor.panel.count()).toBe(0);
    const kept = await visitor.page.evaluate(() => [
      ...Object.keys(localStorage),
      ...Object.keys(sessionStorage),
    ]);
    expect(kept).toEqual([]);
    await visitor.openPanel();
    await visitor.panel.locator('.suggestion').first().waitFor();
    expect(await visitor.panel.locator('.message').count()).toBe(0);
    expect(await visitor.composer.inputValue()).toBe('');
  });

  it('does not see the conversation of another customer of the shop', async () => {
    const visitor = await openWidget();
    const token = (sub: string) => `x.${Buffer.from(JSON.stringify({ sub })).toString('base64url')}.y`;
    await visitor.openPanel();
    await visitor.ask(QUESTION);
    await visitor.call('identify', token('anna'));
    expect(await visitor.panel.locator('.message').count()).toBe(2);
    for (const next of ['ben', 'carla']) {
      await visitor.call('identify', token(next));
      await visitor.openPanel();
      await visitor.panel.locator('.suggestion').first().waitFor();
      expect(await visitor.panel.locator('.message').count()).toBe(0);
      expect(await visitor.page.evaluate(() => sessionStorage.getItem('answerbox.subject'))).toBe(next);
    }
  });

  it('reads it in another language, also from right to left', async () => {
    const visitor = await openWidget({ settings: { locale: 'fr' } });
    await visitor.openPanel();
    await visitor.panel.getByRole('button', { name: 'Parler à une personne' }).waitFor();
    await visitor.call('setLocale', 'de-AT');
    await visitor.panel.getByRole('button', { name: 'Mit einem Menschen sprechen' }).waitFor();
    expect(await visitor.panel.getAttribute('lang')).toBe('de');
    const arabic = await openWidget({
      settings: { messages: { lang: 'ar', dir: 'rtl', 'welcome.title': 'كيف يمكننا المساعدة؟' } },
    });
    await arabic.openPanel();
    expect(await arabic.panel.getAttribute('dir')).toBe('rtl');
    const box = await arabic.launcher.boundingBox();
    expect(box?.x).toBeLessThan(100);
  });
});

describe('the keyboard alone', () => {
  it('opens, asks, reaches a person in two presses, closes and is back where it was', async () => {
    const visitor = await openWidget();
    const { keyboard } = visitor.page;
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    expect(await visitor.focused()).toBe('launcher');
    expect(await visitor.launcher.getAttribute('aria-expanded')).toBe('false');
    await keyboard.press('Enter');
    await visitor.composer.waitFor();
    expect(await visitor.focused()).toBe('TEXTAREA');
    await keyboard.type(QUESTION);
    await keyboard.press('Enter');
    await visitor.waitForEnd();
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await visitor.panel.locator('[data-outcome="handed_off"]').waitFor({ timeout: 120_000 });
    expect((await visitor.told()).map(([name]) => name)).toContain('handoff');
    await keyboard.press('Escape');
    await visitor.panel.waitFor({ state: 'hidden' });
    expect(await visitor.focused()).toBe('launcher');
  });

  it('stays in the sheet that covers a narrow page', async () => {
    const visitor = await openWidget({ viewport: { width: 360, height: 740 } });
    await visitor.openPanel();
    for (let presses = 0; presses < 15; presses += 1) {
      await visitor.page.keyboard.press('Tab');
      expect(await visitor.focused()).not.toMatch(/launcher|page A$/);
    }
    await visitor.page.keyboard.press('Escape');
    await visitor.panel.waitFor({ state: 'hidden' });
    expect(await visitor.focused()).toBe('launcher');
  });
});

describe('accessibility', () => {
  const looks: [string, WidgetOptions][] = [
    ['light at 360 px', { colorScheme: 'light', viewport: { width: 360, height: 740 } }],
    ['dark at 360 px', { colorScheme: 'dark', viewport: { width: 360, height: 740 } }],
    [
      'light at 1280 px, a pale colour',
      { settings: { color: '#ffd500' }, viewport: { width: 1280, height: 800 } },
    ],
    ['dark at 1280 px, a dark colour', { colorScheme: 'dark', settings: { color: '#220055' } }],
  ];

  it.each(looks)('has no violations: %s', async (_, options) => {
    const visitor = await openWidget(options);
    expect(await findAccessibilityProblems(visitor.page)).toEqual([]);
    await visitor.openPanel();
    await visitor.panel.locator('.suggestion').first().waitFor();
    expect(await findAccessibilityProblems(visitor.page)).toEqual([]);
    await visitor.ask(QUESTION);
    expect(await findAccessibilityProblems(visitor.page)).toEqual([]);
    await visitor.newestAnswer.locator('.citation').first().click();
    await visitor.panel.locator('.source-panel time').waitFor();
    expect(await findAccessibilityProblems(visitor.page)).toEqual([]);
  });
});
