import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { PASSWORD } from '../../src/testing/staff-client.ts';

/** The console in a browser, with the steps that tests and pictures share. */
export class ConsoleDriver {
  readonly page: Page;
  /** Requests to elsewhere, and what the page or its policy complained of. */
  readonly problems: string[] = [];
  private readonly url: string;

  private constructor(page: Page, url: string) {
    this.page = page;
    this.url = url;
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== new URL(url).origin) this.problems.push(request.url());
    });
    page.on('pageerror', (error) => this.problems.push(error.message));
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) this.problems.push(message.text());
    });
  }

  static async open(
    browser: Browser,
    url: string,
    path = '',
    options: BrowserContextOptions = {},
  ): Promise<ConsoleDriver> {
    const page = await (await browser.newContext({ reducedMotion: 'reduce', ...options })).newPage();
    // The machine may be busy with other tests; what is waited for comes, late or not.
    page.setDefaultTimeout(120_000);
    const driver = new ConsoleDriver(page, url);
    await driver.go(path);
    return driver;
  }

  async go(path: string): Promise<void> {
    await this.page.goto(`${this.url}/console${path}`);
  }

  async signIn(email: string): Promise<void> {
    await this.page.getByLabel('E-mail').fill(email);
    await this.page.getByLabel('Password').fill(PASSWORD);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.shell').waitFor();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  get reply(): Locator {
    return this.page.getByRole('textbox', { name: 'Reply to the customer' });
  }

  /** Chooses files as the file dialog would. */
  async attach(...files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
    await this.page.locator('.composer input[type="file"]').setInputFiles(files);
  }

  get note(): Locator {
    return this.page.getByRole('textbox', { name: 'Private note' });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
