import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { WidgetCommands, WidgetSettings } from '../widget/widget-contracts.ts';
import type { ForeignSite } from './foreign-page.ts';
import { slowAnswers } from './slow-answers.ts';

export interface WidgetOptions extends BrowserContextOptions {
  settings?: WidgetSettings;
  /** Asked by the page before the widget is loaded. */
  ask?: string;
  /** Milliseconds by which each event of an answer is held back. */
  slowedBy?: number;
}

/** The widget on a page of another site, with the steps that tests share. */
export class WidgetDriver {
  readonly page: Page;
  /** Requests to neither the site nor the server, and what the page or its policy complained of. */
  readonly problems: string[] = [];

  private readonly site: ForeignSite;

  private constructor(page: Page, site: ForeignSite) {
    this.page = page;
    this.site = site;
    page.on('request', (request) => {
      const { origin } = new URL(request.url());
      if (origin !== site.origin && origin !== site.box) this.problems.push(request.url());
    });
    page.on('pageerror', (error) => this.problems.push(error.message));
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) this.problems.push(message.text());
    });
  }

  static async open(
    browser: Browser,
    site: ForeignSite,
    { settings, ask, slowedBy, ...context }: WidgetOptions = {},
  ): Promise<WidgetDriver> {
    const page = await (await browser.newContext(context)).newPage();
    const driver = new WidgetDriver(page, site);
    if (slowedBy) await slowAnswers(page, slowedBy);
    const wish = new URLSearchParams({ settings: JSON.stringify(settings ?? {}), ...(ask && { ask }) });
    await page.goto(`${site.origin}/?${wish}`);
    await driver.page.locator(settings?.container ? '.panel' : '.launcher').waitFor();
    return driver;
  }

  get launcher(): Locator {
    return this.page.locator('.launcher');
  }

  get panel(): Locator {
    return this.page.locator('.panel');
  }

  get composer(): Locator {
    return this.panel.locator('.composer textarea');
  }

  get newestAnswer(): Locator {
    return this.panel.locator('.message-answer').last();
  }

  /** What says who has the conversation. */
  strip(state: 'waiting' | 'person' | 'closed'): Locator {
    return this.panel.locator(`.desk-strip[data-desk="${state}"]`);
  }

  async attach(name: string, buffer: Buffer): Promise<void> {
    const file = { name, mimeType: 'application/octet-stream', buffer };
    await this.panel.locator('input[type="file"]').setInputFiles(file);
  }

  /** The same page in a second tab, as browsers duplicate one: with its session. */
  async duplicate(): Promise<WidgetDriver> {
    const context = this.page.context();
    const kept = await this.page.evaluate(() => JSON.stringify(sessionStorage));
    const page = await context.newPage();
    await page.addInitScript((stored) => {
      if (sessionStorage.length > 0) return;
      for (const [key, value] of Object.entries(JSON.parse(stored) as Record<string, string>))
        sessionStorage.setItem(key, value);
    }, kept);
    const driver = new WidgetDriver(page, this.site);
    await page.goto(this.page.url());
    await driver.launcher.waitFor();
    return driver;
  }

  async openPanel(): Promise<void> {
    await this.launcher.click();
    await this.composer.waitFor();
  }

  async ask(question: string): Promise<void> {
    await this.composer.fill(question);
    await this.composer.press('Enter');
    await this.waitForEnd();
  }

  async waitForEnd(): Promise<void> {
    await this.panel.locator('.message-answer[data-status]').last().waitFor();
    await this.panel.locator('.log[aria-busy="false"]').waitFor({ timeout: 120_000 });
  }

  /** What the page's own script does. */
  async call<Name extends keyof WidgetCommands>(name: Name, ...values: unknown[]): Promise<void> {
    await this.page.evaluate(([command, ...rest]) => window.Answerbox?.(command, ...rest), [
      name,
      ...values,
    ] as unknown[]);
  }

  /** What the page's own script was told. */
  async told(): Promise<[string, Record<string, unknown>][]> {
    return this.page.evaluate(
      () => (window as unknown as { told: [string, Record<string, unknown>][] }).told,
    );
  }

  /** Class of what has the focus, inside the widget; else the tag on the page. */
  async focused(): Promise<string> {
    return this.page.evaluate(() => {
      const outer = document.activeElement;
      const inner = outer?.shadowRoot?.activeElement;
      return inner ? inner.className || inner.tagName : `page ${outer?.tagName}`;
    });
  }
}
