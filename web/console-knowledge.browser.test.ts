import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { DISK_FULL } from '../src/faults/faults.ts';
import { listenHttp } from '../src/testing/listen-http.ts';
import { startTestServer, type TestServer } from '../src/testing/start-test-server.ts';
import { dropFiles } from './testing/drop-files.ts';
import { findAccessibilityProblems } from './testing/find-accessibility-problems.ts';
import { openBrowser } from './testing/open-browser.ts';
import { addOwner, OwnerDriver } from './testing/owner-driver.ts';
import { OWNER_PAGES, SIZES } from './testing/owner-pages.ts';

const FILES = [
  {
    name: 'canoe-hire.md',
    text: '# Canoe hire\n\nA canoe costs 35 EUR a day. The deposit is 80 EUR.\n\n## Age\n\nSomebody of 16 years or more has to be on board.\n',
  },
  { name: 'opening.txt', text: 'The boathouse opens at eight in the morning from May to September.' },
  // A document by its name, and no such thing by its bytes.
  { name: 'broken.pdf', text: '%PDF-1.7 this ends before it began' },
];
const PAGE = `<!doctype html><html lang="en"><title>Kayak courses</title><main><h1>Kayak courses</h1>
<p>The beginners' course in kayaking takes two evenings and costs 59 EUR, with boat and paddle.</p></main></html>`;

/** On every page, and the shell's own to test: its name, and the menu of whoever is signed in. */
const OF_THE_SHELL =
  /^region: <span class="wordmark"|^label-content-name-mismatch: <button data-scope="menu"/;

let server: TestServer;
let browser: Browser;
const opened: OwnerDriver[] = [];

async function openConsole(options?: Parameters<typeof OwnerDriver.open>[2]): Promise<OwnerDriver> {
  const driver = await OwnerDriver.open(browser, server.url, options);
  opened.push(driver);
  return driver;
}

beforeAll(async () => {
  const built = existsSync(new URL('../dist/web/console/index.html', import.meta.url));
  if (!built) throw new Error('The console is not built: run "npm run build" first.');
  // What is shown needs neither the demo shop nor the generator.
  const config = { demo: false, generator: 'none', crawl_private_hosts: '127.0.0.1' } as const;
  [server, browser] = await Promise.all([startTestServer({ config }), openBrowser()]);
  await addOwner(server);
}, 600_000);

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

describe('a document', () => {
  it('is dropped, read, found, described, removed and brought back', async () => {
    const { page, button, heading, row } = bound(await openConsole());
    await page.getByText('Up to 20 MB a file').waitFor();
    await dropFiles(page, '.documents', FILES);
    const card = page.locator('.job-card').filter({ hasText: 'canoe-hire.md' }).first();
    const file = (name: string) => card.locator('li').filter({ hasText: name });
    await file('canoe-hire.md').getByText('Searchable', { exact: true }).waitFor();
    await file('opening.txt').getByText('Searchable', { exact: true }).waitFor();
    // The bad one tells which it is, why, and what to do; the others are none the worse for it.
    expect(await file('broken.pdf').locator('.problem').textContent()).toMatch(/document_damaged/);
    await file('broken.pdf').getByRole('button', { name: /Retry/ }).waitFor();

    // Progress is the server's: it is there again after a reload, and so is the failure.
    await page.goto(`${server.url}/console/imports`);
    await page.locator('.import-row').first().click();
    await page.getByRole('button', { name: 'Failed 1' }).click();
    await page.locator('.import-file').filter({ hasText: 'broken.pdf' }).waitFor();
    expect(await page.locator('.import-file').count()).toBe(1);

    await page.goto(`${server.url}/console/documents`);
    await row('Canoe hire').click();
    await heading('Canoe hire').waitFor();
    const chunk = page.locator('.chunk').filter({ hasText: 'deposit is 80 EUR' });
    await chunk.click();
    expect(await page.locator('mark.segment').textContent()).toContain('deposit is 80 EUR');

    await page.goto(`${server.url}/console/retrieval`);
    await page.getByRole('searchbox', { name: 'Question' }).fill('What is the deposit for a canoe?');
    await page.keyboard.press('Enter');
    const first = page.locator('.found > li').first();
    await first.getByRole('link', { name: 'Canoe hire' }).waitFor();
    expect(await first.locator('.scores').textContent()).toMatch(/Keywordno\. 1\d+\.\d{3}Vectorno\. 1/);
    await page.getByRole('combobox', { name: 'A document that you expected' }).fill('opening');
    await page.getByRole('option', { name: /opening/i }).click();
    await page
      .locator('.why-not')
      .getByText(/cosine 0\.\d{3}/)
      .waitFor();
    await first.getByRole('button', { name: 'Make a test question' }).click();
    await page.getByText('It is a test question from now on.').waitFor();

    await page.getByRole('spinbutton', { name: /^Keywords/ }).fill('0.3');
    await button('Try').click();
    await page.getByText('Tried on this page only').waitFor();
    await first.getByRole('link', { name: 'Canoe hire' }).waitFor();
    await button('Apply these settings').click();
    const changes = page.getByRole('dialog').getByRole('row');
    await changes.nth(1).waitFor();
    expect(await changes.allTextContents()).toEqual(['WeightNowThen', 'Keywords0.150.3']);
    await page.getByRole('dialog').getByRole('button', { name: 'Apply these settings' }).click();
    await page.getByText('The weights are in force.').waitFor();
    await page.getByText('In force for every question.').waitFor();
    expect(await page.getByRole('spinbutton', { name: /^Keywords/ }).inputValue()).toBe('0.3');
    await button('As they ship').click();
    await button('Apply these settings').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Apply these settings' }).click();
    await page.getByRole('button', { name: 'As they ship' }).waitFor({ state: 'detached' });

    await page.goto(`${server.url}/console/documents`);
    await row('Canoe hire').click();
    await page.getByRole('link', { name: 'Details' }).click();
    await button('Edit').click();
    await page.getByLabel('Category').fill('Boats');
    await page.getByLabel('Owner').fill('Mara');
    await button('Save').click();
    await page
      .locator('dd')
      .filter({ hasText: /^boats$/ })
      .waitFor();
    await page
      .locator('dd')
      .filter({ hasText: /^Mara$/ })
      .waitFor();

    await button('Delete').click();
    await heading('Documents').waitFor();
    await button('Undo').waitFor();
    expect(await row('Canoe hire').count()).toBe(0);
    await button('Undo').click();
    await row('Canoe hire').waitFor();
  });

  it('is gone for good once nobody undid it', async () => {
    const { page, button, heading, row } = bound(await openConsole());
    await row('opening.txt').click();
    const removed = page.waitForResponse((response) => response.request().method() === 'DELETE');
    await button('Delete').click();
    await heading('Documents').waitFor();
    expect((await removed).status()).toBe(204);
    await page.reload();
    await page.locator('.document-row').first().waitFor();
    expect(await row('opening.txt').count()).toBe(0);
  });

  it('is replaced, and what it was before is brought back', async () => {
    const { page, button, heading, row } = bound(await openConsole());
    await row('Canoe hire').click();
    await heading('Canoe hire').waitFor();
    const text = '# Canoe hire\n\nA canoe costs 39 EUR a day.\n';
    const file = { name: 'canoe-hire.md', mimeType: 'text/markdown', buffer: Buffer.from(text) };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.locator('.chunk').filter({ hasText: '39 EUR' }).waitFor();
    await page.getByRole('link', { name: 'Versions' }).click();
    await button('Restore').click();
    await page.getByText('Version 1 is back.').waitFor();
    await page.getByRole('link', { name: 'Text and passages' }).click();
    await page.locator('.chunk').filter({ hasText: '35 EUR' }).waitFor();
  });

  it('is written anew here, and a passage of it is left out of answers and let back in', async () => {
    const { page, button, heading, row } = bound(await openConsole());
    await row('Canoe hire').click();
    await heading('Canoe hire').waitFor();
    await button('Change text').click();
    const source = page.getByRole('dialog').getByLabel('Source text');
    expect(await source.inputValue()).toContain('# Canoe hire');
    await source.fill('# Canoe hire\n\nA canoe costs 41 EUR a day. Sunday is free.\n');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    const passage = page.locator('.passage-row').filter({ hasText: '41 EUR' });
    await passage.getByRole('button', { name: 'Leave out of answers' }).click();
    await passage.getByText('left out of answers').waitFor();
    const found = async () =>
      (await server.app.search('What does a canoe cost on Sunday?', {})).fused.some(({ chunk }) =>
        chunk.text.includes('41 EUR'),
      );
    expect(await found()).toBe(false);
    await passage.getByRole('button', { name: 'Let back in' }).click();
    await passage.getByRole('button', { name: 'Leave out of answers' }).waitFor();
    expect(await found()).toBe(true);
    await button('Disable').click();
    await page.getByText('This document is disabled').waitFor();
    expect(await found()).toBe(false);
    await button('Enable').click();
    await button('Disable').waitFor();
    await page.getByRole('link', { name: 'Versions' }).click();
    await button('Restore').first().waitFor();
  });
});

it('passages that say nearly the same are listed, and one is left out of answers', async () => {
  const words =
    'Every boat has a bailer, a sponge, two paddles and a bag that keeps its things dry on the river.';
  for (const name of ['boats-one.md', 'boats-two.md'])
    for await (const outcome of server.app.ingest(fileOf(name, `# Boats\n\n${words}\n`)))
      expect(outcome.status).toBe('added');
  const { page } = bound(await openConsole());
  await page.goto(`${server.url}/console/knowledge-health`);
  const group = page.locator('.rows > li').filter({ hasText: 'a bag that keeps its things dry' });
  await group
    .getByRole('button', { name: /Leave out of answers/ })
    .last()
    .click();
  await page.getByText('Answers no longer use this passage.').waitFor();
  await expect.poll(() => group.count()).toBe(0);
});

it('a site is read from its address, and followed at the hours that are chosen', async () => {
  const { host } = await listenHttp((_request, response) => {
    response.setHeader('content-type', 'text/html').end(PAGE);
  });
  const address = `http://${host}/courses`;
  const { page, button, row } = bound(await openConsole());
  await page.getByLabel('Address of a site or sitemap').fill(address);
  await page.getByText('Schedule, limits, patterns').click();
  await page.getByLabel('Hours between two visits').fill('24');
  await button('Read the site').click();
  await row('Kayak courses').waitFor();
  await page.goto(`${server.url}/console/sites`);
  const site = page.locator('.rows > li').filter({ hasText: address });
  await site.getByText('1 documents').waitFor();
  expect(await site.getByRole('combobox').inputValue()).toBe('24');
  await site.getByRole('button', { name: 'Change' }).click();
  await page.getByRole('dialog').getByLabel('Links deep').fill('2');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await site.getByText('2 links deep').waitFor();
  await site.getByRole('combobox').selectOption('Every 1 h');
  await expect.poll(async () => (await server.app.sources.listSources())[0]?.everyHours).toBe(1);
});

it('the health of the knowledge is checked, and a gap becomes a document by its draft', async () => {
  const id = await server.app.startConversation([]);
  const question = 'May I bring my dog into the canoe?';
  for await (const _event of server.app.answer({
    message: question,
    conversationId: id,
    signal: AbortSignal.timeout(60_000),
  }));
  const { page, button, row } = bound(await openConsole());
  await page.goto(`${server.url}/console/knowledge-health`);
  await button('Check now').click();
  await page.getByRole('heading', { name: 'Contradictions' }).waitFor();
  await page
    .locator('.rows > li')
    .filter({ hasText: question })
    .getByRole('button', { name: 'Read the draft' })
    .click();
  await page
    .getByLabel('Text (Markdown)')
    .fill('# Dogs\n\nDogs are welcome in every canoe, with a life vest.');
  await button('Approve: make it a document').click();
  await page.getByText('The article is searchable').waitFor();
  await page.goto(`${server.url}/console/documents?words=dog`);
  await row(question).waitFor();
});

it('the owner sees what a rate does before it is applied, and takes it back', async () => {
  const { page, button } = bound(await openConsole());
  await page.goto(`${server.url}/console/settings`);
  await page.getByRole('radio', { name: '20 %' }).check();
  await page.getByText(/From As fitted to 20 %: answered [+−±]/).waitFor();
  await button('Apply').click();
  await page.getByText('20 %, set here').waitFor();
  expect(server.app.errorRate()).toEqual({ rate: 0.2, from: 'console' });
  await button('Back to the configuration').click();
  await page.getByText('As fitted, from the configuration').waitFor();
  expect(server.app.errorRate().from).toBe('configuration');
});

it('models and the machine are checked, a key is made once and revoked', async () => {
  const { page, button } = bound(await openConsole());
  await page.goto(`${server.url}/console/models`);
  await button('Verify checksums').click();
  await page.getByText(/All \d+ files are as the manifest says/).waitFor();
  await page.goto(`${server.url}/console/system`);
  await button('Run the checks').click();
  await page.locator('.rows > li').filter({ hasText: 'Free disk space' }).waitFor();
  await page.goto(`${server.url}/console/people`);
  await button('Make a key').click();
  await page.getByLabel('Name').fill('Shop system');
  await page.getByRole('dialog').getByRole('button', { name: 'Make a key' }).click();
  // The dialog names its scopes as code too, until the key is there.
  const key = await page.getByRole('dialog').locator('code', { hasText: /^abx_/ }).textContent();
  const models = await fetch(`${server.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
  expect(models.status).toBe(200);
  await page.keyboard.press('Escape');
  await page
    .getByRole('row', { name: /Shop system/ })
    .getByRole('button', { name: /Revoke/ })
    .click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('No keys yet.').waitFor();
  const refused = await fetch(`${server.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
  expect(refused.status).toBe(401);
});

it('a part that fails is told on every page, and what to do on that of the system', async () => {
  const { page, button } = bound(await openConsole());
  const { faults } = server.app;
  onTestFinished(() => faults.clear('disk'));
  await page.goto(`${server.url}/console/system`);
  await page.getByText('Every part works.').waitFor();
  expect(await page.locator('.figure', { hasText: 'Last backup' }).textContent()).toContain('None');
  faults.report('disk', 'failing', DISK_FULL);
  faults.report('index', 'healed', 'it was damaged and built anew');
  await page.goto(`${server.url}/console/documents`);
  await page.getByRole('status').getByText(DISK_FULL).waitFor();
  await page.getByRole('status').getByRole('link', { name: 'System health' }).click();
  const rows = page.locator('.panel', { hasText: 'Faults' }).locator('.rows > li');
  await rows.nth(1).waitFor();
  expect(await rows.allTextContents()).toEqual([
    expect.stringMatching(/^FailingDisk.*the disk is full/),
    expect.stringMatching(/^HealedVector index.*built anew/),
  ]);
  expect(await findAccessibilityProblems(page)).toEqual([]);
  faults.clear('disk');
  faults.clear('index');
  await page.getByText('Every part works.').waitFor();
  await button('Run the checks').waitFor();
});

it('a document is found and its passage shown by the keyboard alone', async () => {
  const { page, heading } = bound(await openConsole());
  const { keyboard } = page;
  const reach = async (wanted: string): Promise<void> => {
    for (let presses = 0; presses < 80; presses += 1) {
      if (await page.evaluate((name) => document.activeElement?.matches(name) ?? false, wanted)) return;
      await keyboard.press('Tab');
    }
    throw new Error(`${wanted} is not reached by Tab`);
  };
  await page.locator('.document-row').first().waitFor();
  await page.reload();
  await page.locator('.document-row').first().waitFor();
  await keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the page');
  await keyboard.press('Enter');
  await reach('input[type=search]');
  await keyboard.type('canoe hire');
  await expect.poll(() => page.locator('.document-row').count()).toBe(1);
  await reach('.document-row');
  await keyboard.press('Enter');
  await heading('Canoe hire').waitFor();
  await reach('.chunk');
  await keyboard.press('Enter');
  await page.locator('mark.segment').waitFor();
});

describe.each(['light', 'dark'] as const)('accessibility, %s', (colorScheme) => {
  it.each(Object.entries(SIZES))('%s: axe finds nothing serious on any page', async (_name, viewport) => {
    const { page, show } = bound(await openConsole({ colorScheme, viewport }));
    const found: string[] = [];
    const look = async (path: string): Promise<void> => {
      for (const problem of await findAccessibilityProblems(page))
        if (!OF_THE_SHELL.test(problem)) found.push(`${path} ${problem}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      if (wide) found.push(`${path} is wider than the window`);
    };
    for (const { path, heading } of OWNER_PAGES) {
      await show(path, heading);
      await look(path);
    }
    await show('/documents', 'Documents');
    await page.locator('.document-row').first().click();
    for (const view of ['Text and passages', 'Details', 'Versions']) {
      await page.getByRole('link', { name: view }).click();
      await look(view);
    }
    expect(found).toEqual([]);
  });
});

async function* fileOf(name: string, text: string) {
  yield { source: `upload:${name}`, name, bytes: Buffer.from(text) };
}

function bound(driver: OwnerDriver) {
  const { page } = driver;
  return {
    page,
    show: driver.show.bind(driver),
    button: driver.button.bind(driver),
    heading: driver.heading.bind(driver),
    row: (text: string) => page.locator('.document-row').filter({ hasText: text }),
  };
}
