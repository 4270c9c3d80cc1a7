/** Takes the pictures of the customer page in web/screenshots/. By hand: npx jiti web/testing/take-screenshots.ts */
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { startTestServer } from '../../src/testing/start-test-server.ts';
import { CustomerPageDriver, type PageOptions } from './customer-page-driver.ts';
import { openBrowser } from './open-browser.ts';

const FOLDER = fileURLToPath(new URL('../screenshots/', import.meta.url));

interface Picture {
  file: string;
  questions: string[];
  options: PageOptions;
  /** Number of the citation whose source is open. */
  source?: number;
}

const PICTURES: Picture[] = [
  {
    file: 'customer-page.png',
    questions: ['How much does it cost to resole leather boots?', 'How long do refunds take?'],
    options: { viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  },
  {
    file: 'customer-page-dark.png',
    questions: ['How long do refunds take?'],
    options: { viewport: { width: 390, height: 844 }, colorScheme: 'dark', deviceScaleFactor: 2 },
  },
  {
    file: 'customer-page-source.png',
    questions: ['How long do refunds take?'],
    options: { viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
    source: 0,
  },
];

async function takePicture(
  browser: Browser,
  url: string,
  { file, questions, options, source }: Picture,
): Promise<void> {
  const customer = await CustomerPageDriver.open(browser, url, { ...options, reducedMotion: 'reduce' });
  for (const question of questions) await customer.ask(question);
  if (source !== undefined) {
    await customer.newestAnswer.locator('.citation').nth(source).click();
    await customer.page.locator('.source-panel time').waitFor();
  }
  await customer.page.waitForTimeout(300);
  await customer.page.screenshot({ path: `${FOLDER}${file}` });
  await customer.close();
}

const server = await startTestServer();
const browser = await openBrowser();
try {
  for (const picture of PICTURES) await takePicture(browser, server.url, picture);
} finally {
  await browser.close();
  await server.close();
}
