import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { canReadPictures } from '../src/ingest/parse/read-picture.ts';
import { readDeskStream } from '../src/testing/read-desk-stream.ts';
import type { TestServer } from '../src/testing/start-test-server.ts';
import { findAccessibilityProblems } from './testing/find-accessibility-problems.ts';
import { openForeignSite, type ForeignSite } from './testing/foreign-page.ts';
import { openBrowser } from './testing/open-browser.ts';
import { signInStaff, type StaffMember } from './testing/staff-member.ts';
import { startShopServer } from './testing/start-shop-server.ts';
import { WidgetDriver, type WidgetOptions } from './testing/widget-driver.ts';

const QUESTION = 'How long can I return unworn goods?';
const HOSTILE = '<img src=x onerror="window.ran=1"><script>window.ran=1</script> **hi**';
/** One black pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let site: ForeignSite;
let awaySite: ForeignSite;
let server: TestServer;
let away: TestServer;
let anna: StaffMember;
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
  [site, awaySite, browser] = await Promise.all([openForeignSite(), openForeignSite(), openBrowser()]);
  server = await startShopServer({ config: { allowed_origins: site.origin, max_attachment_bytes: 100_000 } });
  away = await startShopServer({
    people: 'away',
    config: { allowed_origins: awaySite.origin, proof_of_work_bits: 10 },
  });
  site.box = server.url;
  awaySite.box = away.url;
  anna = await signInStaff(server, 'Anna');
});

afterEach(async () => {
  for (const driver of opened.splice(0)) {
    expect(driver.problems).toEqual([]);
    await driver.page.context().close();
  }
});

afterAll(async () => {
  await browser?.close();
  await Promise.all([server?.close(), away?.close(), site?.close(), awaySite?.close()]);
});

/** Asked, answered, and handed to a person. */
async function handOver(visitor: WidgetDriver): Promise<string> {
  await visitor.openPanel();
  await visitor.ask(QUESTION);
  await visitor.panel.getByRole('button', { name: 'Talk to a person' }).click();
  await visitor.strip('waiting').waitFor();
  return `/api/v1/threads/${await anna.newestThread('waiting')}`;
}

describe('a person', () => {
  it('joins, types, answers, hands back, and is rated after closing', async () => {
    const visitor = await openWidget();
    const { panel, page } = visitor;
    const thread = await handOver(visitor);
    expect((await visitor.told()).map(([name]) => name)).toContain('handoff');
    expect(await panel.locator('[data-outcome="handed_off"]').count()).toBe(1);

    const stream = readDeskStream(server.url, `${thread}/stream`, anna.headers());
    await stream.opened;
    await anna.post(`${thread}/take`);
    await panel.locator('[data-note="joined"]', { hasText: 'Anna has joined' }).waitFor();
    await anna.post(`${thread}/presence`, { state: 'writing', kind: 'reply' });
    await panel.locator('.desk-typing', { hasText: 'Anna is typing' }).waitFor();
    await anna.post(`${thread}/messages`, { text: HOSTILE });
    const said = panel.locator('.message-staff');
    await said.waitFor();
    expect(await said.locator('p').textContent()).toBe(HOSTILE);
    expect(await page.evaluate(() => (window as { ran?: number }).ran)).toBeUndefined();
    await panel.locator('.desk-typing').waitFor({ state: 'detached' });
    expect(await panel.getByRole('status').textContent()).toContain('Anna:');

    await visitor.composer.pressSequentially('Thank you');
    await stream.until(({ type, data }) => type === 'typing-change' && isCustomer(data));
    await visitor.composer.press('Enter');
    const events = await stream.until(({ message }) => textOf(message) === 'Thank you');
    await anna.post(`${thread}/read`, { sequence: events.at(-1)!['sequence'] });
    await panel.locator('.message-seen').waitFor();
    // The assistant said nothing to it.
    expect(await panel.locator('.message-answer').count()).toBe(2);
    expect(await panel.locator('.message-customer').count()).toBe(2);

    await anna.post(`${thread}/hand-back`);
    await panel.locator('[data-note="back"]').waitFor();
    await visitor.ask('How long do refunds take?');
    expect(await visitor.newestAnswer.locator('.citation').count()).toBeGreaterThan(0);

    const { body } = await anna.call('GET', thread);
    await anna.call('PATCH', `/api/v1/tickets/${body.ticket}`, { body: { status: 'resolved' } });
    await panel.locator('.csat').waitFor();
    await visitor.strip('closed').waitFor();
    expect(await findAccessibilityProblems(page)).toEqual([]);
    await panel.getByRole('radio', { name: '4 of 5 stars' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Quick and kind');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await panel.locator('.csat-thanks').waitFor();
    const rated = (await anna.call('GET', `/api/v1/tickets/${body.ticket}`)).body;
    expect(rated.csat).toMatchObject({ rating: 5, comment: 'Quick and kind' });
  });

  it('is heard while the panel is closed and after a reload, each message once, in both tabs', async () => {
    const visitor = await openWidget();
    const thread = await handOver(visitor);
    await visitor.call('close');
    await anna.post(`${thread}/messages`, { text: 'First' });
    await visitor.page.locator('.launcher[aria-label*="1 unread"]').waitFor();
    const told = await visitor.told();
    expect(told.filter(([name]) => name === 'unread').at(-1)?.[1]).toEqual({ count: 1 });
    expect(told.filter(([name]) => name === 'message').at(-1)?.[1]).toMatchObject({
      outcome: 'staff',
      text: 'First',
      author: 'Anna',
    });
    const tab = await visitor.duplicate();
    opened.push(tab);
    await visitor.page.reload();
    await anna.post(`${thread}/messages`, { text: 'Second' });
    for (const one of [visitor, tab]) {
      await one.page.locator('.launcher[aria-label*="2 unread"]').waitFor();
      await one.openPanel();
      await one.strip('person').waitFor();
      await one.panel.locator('.message-staff', { hasText: 'Second' }).waitFor();
      expect(await one.panel.locator('.message-staff p').allTextContents()).toEqual(['First', 'Second']);
      expect(await one.launcher.getAttribute('aria-label')).toBe('Close the support chat');
    }
    await tab.composer.fill('From the other tab');
    await tab.composer.press('Enter');
    await visitor.panel.locator('.message-customer', { hasText: 'From the other tab' }).waitFor();
    expect(await visitor.panel.locator('.message-customer').count()).toBe(2);
    expect(await tab.panel.locator('.message-customer').count()).toBe(2);
  });

  it('gets what was written while the line was down, once', async () => {
    const visitor = await openWidget();
    const thread = await handOver(visitor);
    await anna.post(`${thread}/take`);
    await visitor.strip('person').waitFor();
    await visitor.page.context().setOffline(true);
    await visitor.composer.fill('Are you there?');
    await visitor.composer.press('Enter');
    await anna.post(`${thread}/messages`, { text: 'Still here' });
    await visitor.page.context().setOffline(false);
    await visitor.panel.locator('.message-staff', { hasText: 'Still here' }).waitFor();
    await visitor.panel.locator('.message-customer[data-delivery="sent"]', { hasText: 'Are you' }).waitFor();
    const { body } = await anna.call('GET', `${thread}/events?limit=100`);
    const texts = (body.events as { message?: { text: string } }[]).map(({ message }) => message?.text);
    expect(texts.filter((text) => text === 'Are you there?')).toHaveLength(1);
    expect(await visitor.panel.locator('.message-staff').count()).toBe(1);
  });
});

const isCustomer = (data: unknown): boolean => (data as { who?: string } | undefined)?.who === 'customer';
const textOf = (message: unknown): string | undefined => (message as { text?: string } | null)?.text;

describe('when nobody is there', () => {
  it('says when somebody is, and takes a message that survives a reload', async () => {
    const visitor = await openWidget({ timezoneId: 'Asia/Tokyo' }, awaySite);
    await visitor.openPanel();
    await visitor.panel.locator('.suggestion').first().waitFor();
    await visitor.page.keyboard.press('Tab');
    await visitor.page.keyboard.press('Enter');
    const form = visitor.panel.locator('.contact-form');
    await form.waitFor();
    // Nine in UTC is six in the evening there.
    expect(await form.textContent()).toMatch(/A person is back on \w+ \d+ \w+ at 06:00 PM|06:00\sPM|18:00/);
    expect(await findAccessibilityProblems(visitor.page)).toEqual([]);
    await form.getByLabel('E-mail address').fill('kim@example.com');
    await form.getByLabel('Message').fill(HOSTILE);
    await visitor.page.reload();
    await visitor.openPanel();
    await visitor.panel.getByRole('button', { name: 'Talk to a person' }).click();
    expect(await form.getByLabel('E-mail address').inputValue()).toBe('kim@example.com');
    await form.getByRole('button', { name: 'Send message' }).click();
    await visitor.strip('waiting').waitFor();
    expect(await visitor.panel.locator('.message-customer p').textContent()).toBe(HOSTILE);
    const key = { headers: { authorization: `Bearer ${away.adminKey}` } };
    const { tickets } = (await (await fetch(`${away.url}/api/v1/tickets`, key)).json()) as {
      tickets: { contact: { email: string }; source: string }[];
    };
    expect(tickets).toMatchObject([{ contact: { email: 'kim@example.com' }, source: 'form' }]);
    expect(await visitor.page.evaluate(() => localStorage.getItem('answerbox.form'))).toBeNull();
  });

  it('answers questions all the same, for the work that the owner asks of strangers', async () => {
    const visitor = await openWidget({}, awaySite);
    await visitor.openPanel();
    await visitor.ask(QUESTION);
    expect(await visitor.newestAnswer.locator('.citation').count()).toBeGreaterThan(0);
    await visitor.panel.getByRole('button', { name: 'Talk to a person' }).click();
    const form = visitor.panel.locator('.contact-form');
    expect(await form.getByLabel('Message').inputValue()).toBe(QUESTION);
    await form.getByLabel('E-mail address').fill('lee@example.com');
    await form.getByRole('button', { name: 'Send message' }).click();
    await visitor.strip('waiting').waitFor();
    expect(await visitor.strip('waiting').textContent()).toContain('A person is back');
  });
});

describe('a file', () => {
  it('is sent, its text put to the question, and saved again by its name', async () => {
    const visitor = await openWidget();
    await visitor.openPanel();
    await visitor.attach('question.txt', Buffer.from(QUESTION));
    await visitor.panel.locator('[data-file="sent"]').waitFor();
    await visitor.page.waitForFunction(
      (text) =>
        document.querySelector('answerbox-widget')?.shadowRoot?.querySelector('textarea')?.value === text,
      QUESTION,
    );
    await visitor.composer.press('Enter');
    await visitor.waitForEnd();
    expect(await visitor.newestAnswer.locator('.citation').count()).toBeGreaterThan(0);
    const [download] = await Promise.all([
      visitor.page.waitForEvent('download'),
      visitor.panel.locator('.file-chip').click(),
    ]);
    expect(download.suggestedFilename()).toBe('question.txt');
    await visitor.page.reload();
    await visitor.openPanel();
    await visitor.panel.locator('[data-file="sent"]', { hasText: 'question.txt' }).waitFor();
  });

  it('of staff is shown with who sent it, and saved by its name', async () => {
    const visitor = await openWidget();
    const thread = await handOver(visitor);
    const form = new FormData();
    form.append('file', new Blob(['Return label 4711']), 'label.txt');
    await anna.post(`${thread}/attachments`, form);
    const file = visitor.panel.locator('.message-file.message-staff', { hasText: 'label.txt' });
    await file.waitFor();
    const [download] = await Promise.all([
      visitor.page.waitForEvent('download'),
      file.locator('.file-chip').click(),
    ]);
    expect(download.suggestedFilename()).toBe('label.txt');
  });

  it('is refused by its content and its size, in words', async () => {
    const visitor = await openWidget();
    await visitor.openPanel();
    await visitor.attach('photo.png', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(300)]));
    const refused = visitor.panel.locator('[data-file="refused"]');
    await refused.waitFor();
    expect(await refused.getByRole('alert').textContent()).toContain('Send a picture');
    await visitor.attach('long.txt', Buffer.alloc(100_001, 'a'));
    await visitor.panel.locator('[data-file="refused"]', { hasText: 'larger than' }).waitFor();
    await visitor.attach('photo.png', PNG);
    const sent = visitor.panel.locator('[data-file="sent"]');
    await sent.waitFor();
    const reason = (await canReadPictures()) ? 'No text was found' : 'cannot be read here';
    await sent.locator('.file-note', { hasText: reason }).waitFor();
  });
});

describe('the page', () => {
  it('gets the chat inside an element of its own', async () => {
    const visitor = await openWidget({
      settings: { container: 'main', greeting: 'Ask away', logo: '/logo.svg' },
    });
    await visitor.panel.locator('.suggestion').first().waitFor();
    expect(await visitor.launcher.count()).toBe(0);
    expect(await visitor.page.locator('main answerbox-widget').count()).toBe(1);
    expect(await visitor.panel.getByRole('heading', { name: 'Ask away' }).count()).toBe(1);
    expect(await visitor.panel.locator('.panel-logo').count()).toBe(1);
    await visitor.ask(QUESTION);
    expect(await visitor.newestAnswer.locator('.citation').count()).toBeGreaterThan(0);
    await visitor.call('close');
    await visitor.call('shutdown');
    await visitor.panel.locator('.suggestion').first().waitFor();
    expect(await findAccessibilityProblems(visitor.page)).toEqual([]);
  });

  it('offers the owner’s questions while somebody types, by keyboard', async () => {
    const visitor = await openWidget();
    const { keyboard } = visitor.page;
    await visitor.openPanel();
    const question = (await visitor.panel.locator('.suggestion').first().textContent())!.trim();
    await visitor.composer.pressSequentially(question.slice(0, 7));
    const list = visitor.panel.getByRole('listbox');
    await list.getByRole('option', { name: question }).waitFor();
    expect(await findAccessibilityProblems(visitor.page)).toEqual([]);
    await keyboard.press('Escape');
    await list.waitFor({ state: 'hidden' });
    expect(await visitor.composer.isVisible()).toBe(true);
    await visitor.composer.pressSequentially(question.slice(7, 9));
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await visitor.panel.locator('.message-customer', { hasText: question }).waitFor();
    await visitor.waitForEnd();
  });

  it('writes from the right where the language does', async () => {
    const visitor = await openWidget({ settings: { messages: { lang: 'ar' } } });
    await visitor.openPanel();
    expect(await visitor.panel.getAttribute('dir')).toBe('rtl');
    expect((await visitor.launcher.boundingBox())?.x).toBeLessThan(100);
    const forced = await openWidget({ settings: { dir: 'rtl', container: 'main' } });
    await forced.panel.waitFor();
    expect(await forced.panel.getAttribute('dir')).toBe('rtl');
  });
});

describe('accessibility with a person', () => {
  it.each(['light', 'dark'] as const)('has no violations: %s at 360 px', async (colorScheme) => {
    const visitor = await openWidget({ colorScheme, viewport: { width: 360, height: 740 } });
    const thread = await handOver(visitor);
    await anna.post(`${thread}/take`);
    await anna.post(`${thread}/messages`, { text: 'Hello, this is Anna.' });
    await visitor.panel.locator('.message-staff').waitFor();
    await visitor.attach('note.txt', Buffer.from('A note'));
    await visitor.panel.locator('[data-file="sent"]').waitFor();
    expect(await findAccessibilityProblems(visitor.page)).toEqual([]);
  });
});
