import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { URI, type TOTP } from 'otpauth';
import type { Browser, Locator } from 'playwright-core';
import decodeQR from 'qr/decode.js';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { DESK } from '../src/desk/desk-settings.ts';
import { exampleCitation } from '../src/testing/example-answer.ts';
import { startDeskServer, type DeskServer } from '../src/testing/start-desk-server.ts';
import { PASSWORD } from '../src/testing/staff-client.ts';
import { ConsoleDriver } from './testing/console-driver.ts';
import { askForPerson, write } from './testing/fill-desk.ts';
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

async function openConsole(server: DeskServer, path: string, email = 'ada@shop.example') {
  const driver = await ConsoleDriver.open(browser, server.url, path);
  onTestFinished(async () => {
    expect(driver.problems).toEqual([]);
    await driver.close();
  });
  await driver.signIn(email);
  return driver;
}

const TENT = {
  name: 'Kim Andersen',
  email: 'kim@example.com',
  texts: ['Can I return my tent?', 'It was used once'],
  answer: 'Unworn goods can be returned within 30 days [1].',
};

/** Found, and weaker than what customers are answered with. */
const SUGGESTED = {
  citations: [exampleCitation('Tents used once can be returned if dry.')],
  confidence: 0.3,
  sure: false,
  language: 'en',
};

/** What a camera reads of it. */
async function readQr(picture: Locator): Promise<string> {
  const image = await loadImage(await picture.screenshot());
  const { width, height } = image;
  const context = createCanvas(width, height).getContext('2d');
  context.drawImage(image, 0, 0);
  return decodeQR({ width, height, data: context.getImageData(0, 0, width, height).data });
}

/** @returns its id */
async function putArticle(server: DeskServer, title: string, audience: string): Promise<string> {
  const { documentId } = await server.app.knowledge.putDocument({
    source: `${title}.md`,
    title,
    url: null,
    mediaType: 'text/markdown',
    sha256: createHash('sha256').update(title).digest('hex'),
    original: Buffer.from(title),
    text: title,
    collection: 'documents',
    scope: { audience, category: null, language: null, validFrom: null, validUntil: null, owner: null },
    chunks: [],
    embeddings: [],
    embedder: 'none',
  });
  return documentId;
}

describe('a reply', () => {
  it('takes files along, which the customer gets and staff see refused in words', async () => {
    const server = await startDeskServer({ webFolder: WEB, config: { max_attachment_bytes: 100_000 } });
    await server.signIn('agent', 'Ada');
    const asked = await askForPerson(server, TENT);
    const ada = await openConsole(server, `/inbox/open/${asked.threadId}`);
    const { page } = ada;
    const label = { name: 'label.txt', mimeType: 'text/plain', buffer: Buffer.from('Return label 4711') };
    await ada.reply.fill('Here is your label');
    await ada.attach(
      label,
      { ...label, name: 'again.txt' },
      { ...label, name: 'long.txt', buffer: Buffer.alloc(100_001, 'a') },
    );
    await page.getByRole('button', { name: 'Leave out again.txt' }).click();
    await ada.reply.press('Control+Enter');
    await page.locator('.message-staff').getByText('label.txt').waitFor();
    const refused = page.locator('.staged-files li');
    await refused.getByRole('alert').waitFor();
    expect(await refused.textContent()).toMatch(/long\.txt.*larger than/s);
    const { body } = await server.http.call('GET', `/api/v1/conversations/${asked.conversationId}`);
    expect(body.attachments).toMatchObject([{ name: 'label.txt', from: 'staff' }]);
    expect(body.messages.at(-1)).toMatchObject({ role: 'staff', text: 'Here is your label' });
    // A note goes to nobody but staff: nothing can be attached to it.
    await ada.button('Note').click();
    expect(await page.getByRole('button', { name: 'Attach' }).count()).toBe(0);
  });

  it('names articles and colleagues by their signs, each where it may', async () => {
    const server = await startDeskServer({ webFolder: WEB });
    await server.signIn('agent', 'Ada');
    const id = await putArticle(server, 'Returns and refunds', 'public');
    await putArticle(server, 'Returns of resellers', 'staff');
    const asked = await askForPerson(server, TENT);
    const ada = await openConsole(server, `/inbox/open/${asked.threadId}`);
    const { page } = ada;
    const offered = page.getByRole('listbox', { name: 'Articles' }).getByRole('option');
    await ada.reply.fill('See ??return');
    await offered.getByText('Returns and refunds', { exact: true }).waitFor();
    expect(await offered.count()).toBe(1);
    await ada.reply.press('Enter');
    await page.waitForFunction(
      (url) => document.querySelector('textarea')?.value === `See Returns and refunds: ${url} `,
      `${server.url}/sources/${id}`,
    );
    await ada.button('Note').click();
    await ada.note.fill('??return');
    await offered.nth(1).waitFor();
  });

  it('is suggested, and the suggestion rated; both are counted', async () => {
    const texts = ['Tents used once can be returned.', 'The label costs nothing.'];
    const suggestReply = async (conversationId: string) => {
      const messages = await server.app.conversations.listRecentMessages(conversationId, 1);
      const text = texts.shift();
      return text === undefined ? null : { ...SUGGESTED, messageId: messages.at(-1)!.id, text };
    };
    const server = await startDeskServer({ webFolder: WEB, suggestReply });
    await server.signIn('agent', 'Ada');
    const asked = await askForPerson(server, TENT);
    const ada = await openConsole(server, `/inbox/open/${asked.threadId}`);
    const { page } = ada;
    const card = page.locator('.suggestion');
    await card.getByText('Tents used once can be returned.').waitFor();
    expect(await card.textContent()).toMatch(/30 % sure.*Not sure.*From: Returns/s);
    // The customer writes on: what fits now comes in its place.
    await write(server, asked.conversationId, 'customer', 'And what does the label cost?');
    await card.getByText('The label costs nothing.').waitFor();
    texts.push('The label costs nothing.');
    const bad = page.getByRole('button', { name: 'Bad suggestion' });
    await bad.click();
    await page.locator('[aria-pressed="true"][aria-label="Bad suggestion"]').waitFor();
    await ada.go(`/inbox/open/${asked.threadId}`);
    await page.locator('[aria-pressed="true"][aria-label="Bad suggestion"]').waitFor();
    await ada.button('Insert').click();
    await ada.reply.fill('Tents that were used once can be returned within 14 days, if dry and clean.');
    await ada.reply.press('Control+Enter');
    await page.locator('.message-staff').getByText('if dry and clean').waitFor();
    // What is written next is a person's own: the suggestion is gone, and counts no further.
    await page.locator('.suggestion').waitFor({ state: 'detached' });
    await ada.reply.fill('Shall I send a label?');
    await ada.reply.press('Control+Enter');
    await page.locator('.message-staff').getByText('Shall I send a label?').waitFor();
    await ada.go('/analytics');
    const drafts = page.locator('.panel', { has: page.getByRole('heading', { name: 'Suggested replies' }) });
    await drafts.waitFor();
    expect(await drafts.textContent()).toMatch(/Inserted1.*Rated good by staff0.*Rated bad by staff1/s);
  });

  it('that is pasted far too long is refused in words, and stays in its field', async () => {
    const server = await startDeskServer({ webFolder: WEB });
    await server.signIn('agent', 'Ada');
    const asked = await askForPerson(server, TENT);
    const ada = await openConsole(server, `/inbox/open/${asked.threadId}`);
    const paste = 'word '.repeat(DESK.messageCharacters / 2);
    await ada.reply.fill(paste);
    await ada.reply.press('Control+Enter');
    await ada.page
      .getByText(/20,?000/)
      .first()
      .waitFor();
    expect(await ada.reply.inputValue()).toBe(paste);
    expect(await ada.page.locator('.message-staff').count()).toBe(0);
  });
});

describe('a ticket', () => {
  it('is worked on by the keys of a conversation, and tells until when it sleeps', async () => {
    const server = await startDeskServer({ webFolder: WEB });
    await server.signIn('agent', 'Ada');
    const asked = await askForPerson(server, TENT);
    const ada = await openConsole(server, `/tickets/${asked.number}`);
    const { page } = ada;
    const { keyboard } = page;
    const ticket = () => server.app.desk.tools.store.getTicket(asked.number);
    await page.getByRole('heading', { name: 'Related tickets' }).waitFor();

    await keyboard.press('a');
    await page.getByRole('option', { name: 'To me' }).waitFor();
    await keyboard.press('Enter');
    await page.getByText('Assigned to Ada').waitFor();
    await keyboard.press('l');
    await page.getByLabel('New label').fill('tents');
    await keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(async () => (await ticket())?.tags).toEqual(['tents']);
    await keyboard.press('Shift+M');
    await page.getByRole('dialog', { name: /^Merge/ }).waitFor();
    await keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await keyboard.press('s');
    await page.getByRole('option', { name: /^One hour/ }).waitFor();
    await keyboard.type('one hour');
    await keyboard.press('Enter');
    await page.getByText(/^Snoozed until .*\d/).waitFor();
    expect(await ticket()).toMatchObject({ status: 'snoozed', assigneeId: expect.any(String) });
    await keyboard.press('e');
    await page.locator('.badge', { hasText: 'Resolved' }).first().waitFor();
    await expect.poll(async () => (await ticket())?.status, { timeout: 60_000 }).toBe('resolved');

    await keyboard.press('n');
    await page.waitForFunction(() => document.activeElement?.tagName === 'TEXTAREA');
    await keyboard.type('Seam of batch 7');
    expect(await ada.note.inputValue()).toBe('Seam of batch 7');
    expect(page.url()).toBe(`${server.url}/console/inbox/all/${asked.threadId}`);
  });

  it('is made by hand for a team, and found by team and category', async () => {
    const server = await startDeskServer({ webFolder: WEB });
    await server.signIn('agent', 'Ada');
    await askForPerson(server, TENT);
    const [key, body] = [server.adminKey, { name: 'Repairs', members: [] }];
    const team = await server.http.call('POST', '/api/v1/library/teams', { key, body });
    expect(team.status, JSON.stringify(team.body)).toBe(201);
    const ada = await openConsole(server, '/tickets');
    const { page } = ada;
    await page.locator('[data-ticket="1"]').waitFor();
    await ada.button('New ticket').click();
    const dialog = page.getByRole('dialog', { name: 'New ticket' });
    await dialog.getByLabel('Subject').fill('Torn seam');
    await dialog.getByLabel('First note, for staff').fill('Rang at ten');
    await dialog.getByLabel('E-mail').fill('lee@example.com');
    await dialog.getByLabel('Team').selectOption('Repairs');
    await dialog.getByLabel('Category').fill('repair');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: '#2 Torn seam' }).waitFor();
    await page.getByText('Rang at ten').waitFor();
    const { store } = server.app.desk.tools;
    expect(await store.getTicket(2)).toMatchObject({ teamId: team.body.id, category: 'repair' });
    await page.locator('.ticket-fields').getByLabel('Category').fill('warranty');
    await page.keyboard.press('Tab');
    await expect.poll(async () => (await store.getTicket(2))?.category).toBe('warranty');
    await ada.go('/tickets');
    await page.locator('[data-ticket="1"]').waitFor();
    await page.getByLabel('Team').selectOption('Repairs');
    await page.getByLabel('Category').fill('warranty');
    await page.keyboard.press('Enter');
    await page.locator('[data-ticket="1"]').waitFor({ state: 'detached' });
    await page.locator('[data-ticket="2"]').waitFor();
    expect(new URL(page.url()).searchParams.get('category')).toBe('warranty');
  });
});

describe('a thread', () => {
  it('tells what the customer has seen of it, and whoever is named in a note', async () => {
    const server = await startDeskServer({ webFolder: WEB });
    const boss = await server.signIn('agent', 'Bo');
    const { id } = await server.signIn('agent', 'Ada');
    const asked = await askForPerson(server, TENT);
    const ada = await openConsole(server, `/inbox/open/${asked.threadId}`);
    const { page } = ada;
    await ada.reply.fill('Please send a photo');
    await ada.reply.press('Control+Enter');
    const row = page.locator('.timeline-row', { hasText: 'Please send a photo' });
    await row.waitFor();
    expect(await page.locator('.timeline-seen').count()).toBe(0);
    const body = { sequence: 1_000 };
    await server.http.call('POST', `/api/v1/conversations/${asked.conversationId}/read`, { body });
    await row.getByText('Seen', { exact: true }).waitFor();
    await ada.go('/customers');
    await page.getByRole('heading', { name: 'Customers' }).waitFor();
    // Said again until the page's live line is open.
    const note = { text: '@Ada look at the seam', mentions: [id] };
    await expect
      .poll(
        async () => {
          await boss.call('POST', `/api/v1/threads/${asked.threadId}/notes`, { body: note });
          return page.getByText('Bo mentioned you in a note').count();
        },
        { timeout: 60_000, interval: 1_000 },
      )
      .toBeGreaterThan(0);
    await ada.button('Open').first().click();
    await page.locator('.message-note').getByText('look at the seam').first().waitFor();
  });

  it('of 10,000 messages opens at its end and is read upwards', async () => {
    const server = await startDeskServer({ webFolder: WEB });
    await server.signIn('agent', 'Ada');
    const asked = await askForPerson(server, TENT);
    const add = server.database.prepare(
      "INSERT INTO messages (id, conversation_id, role, text, created_at) VALUES (?, ?, 'customer', ?, ?)",
    );
    server.database.transaction(() => {
      for (let number = 1; number <= 10_000; number += 1)
        add.run(randomUUID(), asked.conversationId, `Message ${number}`, new Date().toISOString());
    })();
    const ada = await openConsole(server, `/inbox/open/${asked.threadId}`);
    const { page } = ada;
    const log = page.getByRole('log');
    await log.getByText('Message 10000', { exact: true }).waitFor();
    const shown = await page.locator('.timeline-item').count();
    expect(shown).toBeLessThan(300);
    await log.evaluate((element) => element.scrollTo(0, 0));
    await page.waitForFunction(
      (before) => document.querySelectorAll('.timeline-item').length > before,
      shown,
    );
    expect(await log.getByText('Message 1', { exact: true }).count()).toBe(0);
  });

  it('shows in two tabs of one person the same replies and the same draft', async () => {
    const server = await startDeskServer({ webFolder: WEB });
    await server.signIn('agent', 'Ada');
    const asked = await askForPerson(server, TENT);
    const first = await openConsole(server, `/inbox/open/${asked.threadId}`);
    await first.reply.fill('Half a thou');
    await first.page.getByText('Draft saved').waitFor();
    const second = await first.page.context().newPage();
    await second.goto(first.page.url());
    const field = second.getByRole('textbox', { name: 'Reply to the customer' });
    await second.waitForFunction(() => document.querySelector('textarea')?.value === 'Half a thou');
    await field.fill('A whole thought');
    await field.press('Control+Enter');
    await first.page.locator('.message-staff').getByText('A whole thought').waitFor();
    await second.locator('.message-staff').getByText('A whole thought').waitFor();
    for (const page of [first.page, second]) expect(await page.locator('.message-staff').count()).toBe(1);
  });
});

describe('one’s own account', () => {
  it('gets a second factor and recovery codes that are shown once, and ends other sessions', async () => {
    const server = await startDeskServer({ webFolder: WEB });
    await server.signIn('agent', 'Ada');
    const ada = await openConsole(server, '/account');
    const { page } = ada;
    const factor = page.locator('.panel', { has: page.getByRole('heading', { name: 'Second factor' }) });
    await factor.getByLabel('Your password now').fill('not-my-password-at-all');
    await factor.getByRole('button', { name: 'Set up' }).click();
    await page.getByText('The e-mail address and password do not fit').waitFor();
    await factor.getByLabel('Your password now').fill(PASSWORD);
    await factor.getByRole('button', { name: 'Set up' }).click();
    const link = factor.getByRole('link', { name: 'Open it in an app on this device' });
    const address = (await link.getAttribute('href'))!;
    expect(await readQr(page.getByRole('img', { name: 'QR code of the secret' }))).toBe(address);
    const totp = URI.parse(address) as TOTP;
    expect((await factor.locator('pre').textContent())?.replaceAll(' ', '')).toBe(totp.secret.base32);
    expect(await findAccessibilityProblems(page)).toEqual([]);
    await factor.getByLabel('Code that the app shows').fill(totp.generate());
    await factor.getByRole('button', { name: 'Put it in force' }).click();
    const codes = page.getByRole('region', { name: 'Recovery codes' });
    const [recovery = ''] = (await codes.textContent())!.split('\n');
    expect(await findAccessibilityProblems(page)).toEqual([]);
    await ada.button('I have kept them').click();
    await factor.getByText('on, 10 recovery codes left').waitFor();
    expect(await page.textContent('body')).not.toContain(recovery);

    const other = await ConsoleDriver.open(browser, server.url, '/account');
    onTestFinished(() => other.close());
    await other.page.getByLabel('E-mail').fill('ada@shop.example');
    await other.page.getByLabel('Password').fill(PASSWORD);
    await other.page.keyboard.press('Enter');
    await other.page.getByLabel('Code').fill(recovery);
    await other.page.keyboard.press('Enter');
    await other.page.locator('.shell').waitFor();
    await page.reload();
    await page.getByRole('button', { name: /^Sign out \S/ }).click();
    await page.getByText('That session is ended.').waitFor();
    await other.page.reload();
    await other.page.getByLabel('Password').waitFor();
  });

  it('cannot be put off where everybody needs a second factor', async () => {
    const server = await startDeskServer({ webFolder: WEB, config: { require_second_factor: true } });
    await server.signIn('agent', 'Ada');
    const ada = await ConsoleDriver.open(browser, server.url, '/inbox/open');
    onTestFinished(() => ada.close());
    const { page } = ada;
    await page.getByLabel('E-mail').fill('ada@shop.example');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByText('Here everybody signs in with a second factor').waitFor();
    await page.getByLabel('Your password now').fill(PASSWORD);
    await ada.button('Set up').click();
    const link = page.getByRole('link', { name: 'Open it in an app on this device' });
    const totp = URI.parse((await link.getAttribute('href'))!) as TOTP;
    await page.getByLabel('Code that the app shows').fill(totp.generate());
    await ada.button('Put it in force').click();
    await ada.button('I have kept them').click();
    await page.getByRole('heading', { name: 'Nothing here' }).waitFor();
  });
});

describe('texts, macros and teams', () => {
  it('are made where everybody finds them, and used in a reply', async () => {
    const server = await startDeskServer({ webFolder: WEB });
    await server.signIn('admin', 'Ada');
    const asked = await askForPerson(server, TENT);
    const ada = await openConsole(server, '/library');
    const { page } = ada;
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Add Saved replies' }).click();
    await dialog.getByLabel('Name', { exact: true }).fill('Greeting');
    await dialog.getByLabel(/^Text/).fill('Dear {{customer.first_name}},');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Edit Greeting' }).waitFor();
    await page.getByRole('button', { name: 'Add Macros' }).click();
    await dialog.getByLabel('Name', { exact: true }).fill('Refunded');
    await dialog.getByLabel('Reply to the customer').fill('Your refund is on its way.');
    await dialog.getByRole('button', { name: 'Add a step' }).click();
    await dialog.getByLabel('Step 1', { exact: true }).selectOption('status');
    await dialog.getByLabel('Value of step 1').selectOption('resolved');
    expect(await findAccessibilityProblems(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Edit Refunded' }).waitFor();
    await ada.go(`/inbox/open/${asked.threadId}`);
    await ada.reply.fill('/greet');
    await page.getByRole('option', { name: /Greeting/ }).waitFor();
    await ada.reply.press('Enter');
    await page.waitForFunction(() => document.querySelector('textarea')?.value === 'Dear Kim,');
    await ada.reply.blur();
    await page.keyboard.press('m');
    await dialog.getByText('Your refund is on its way.').waitFor();
  });
});
