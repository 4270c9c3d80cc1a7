import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { recordPage } from './page-recorder.ts';
import { slowAnswers } from './slow-answers.ts';

export interface PageOptions extends BrowserContextOptions {
  /** Milliseconds by which each event of an answer is held back. */
  slowedBy?: number;
}

/** The customer page in a context of its own, with the steps that tests share. */
export class CustomerPageDriver {
  readonly page: Page;
  /** Addresses outside the page's own origin that it tried to reach. */
  readonly strayRequests: string[] = [];
  /** Script errors and refused policies, which must not happen. */
  readonly complaints: string[] = [];

  private constructor(page: Page, origin: string) {
    this.page = page;
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== origin) this.strayRequests.push(request.url());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) this.complaints.push(message.text());
    });
  }

  static async open(
    browser: Browser,
    url: string,
    { slowedBy, ...context }: PageOptions = {},
  ): Promise<CustomerPageDriver> {
    const page = await (await browser.newContext(context)).newPage();
    const driver = new CustomerPageDriver(page, new URL(url).origin);
    await recordPage(page);
    if (slowedBy) await slowAnswers(page, slowedBy);
    await page.goto(url);
    await page.locator('.suggestion').first().waitFor();
    return driver;
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: 'Your question' });
  }

  get newestAnswer(): Locator {
    return this.page.locator('.message-answer').last();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async send(question: string): Promise<void> {
    await this.composer.fill(question);
    await this.composer.press('Enter');
  }

  /** Asks and waits for the whole answer. */
  async ask(question: string): Promise<void> {
    await this.send(question);
    await this.waitForEnd();
  }

  async waitForEnd(): Promise<void> {
    await this.page.locator('.message-answer[data-status]').last().waitFor();
    await this.page.locator('.log[aria-busy="false"]').waitFor({ timeout: 120_000 });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
