import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

const OWNER = {
  name: 'Mara Lind',
  email: 'mara@shop.example',
  role: 'owner',
  password: 'correct-horse-battery-staple',
};

/** Somebody who may do everything, made with the admin key. */
export async function addOwner(server: { url: string; adminKey: string }): Promise<void> {
  const { status } = await fetch(`${server.url}/api/v1/users`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(OWNER),
  });
  if (status !== 201) throw new Error(`the owner was not added: ${status}`);
}

/** The console as its owner sees it, in a context of its own. */
export class OwnerDriver {
  readonly page: Page;
  /** Addresses outside the page's own origin that it tried to reach. */
  readonly strayRequests: string[] = [];
  /** Script errors and refused policies, which must not happen. */
  readonly complaints: string[] = [];
  private readonly url: string;

  private constructor(page: Page, url: string) {
    this.page = page;
    this.url = url;
    // A machine that runs other tests at once is slow; a page that never comes is told soon enough.
    page.setDefaultTimeout(60_000);
    const { origin } = new URL(url);
    page.on('request', (request) => {
      const own = request.url().startsWith('blob:') || new URL(request.url()).origin === origin;
      if (!own) this.strayRequests.push(request.url());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) this.complaints.push(message.text());
    });
  }

  /** Signs in and waits for the first page. */
  static async open(
    browser: Browser,
    url: string,
    context: BrowserContextOptions = {},
  ): Promise<OwnerDriver> {
    const page = await (await browser.newContext({ reducedMotion: 'reduce', ...context })).newPage();
    const driver = new OwnerDriver(page, url);
    await page.goto(`${url}/console/documents`);
    await page.getByLabel('E-mail').fill(OWNER.email);
    await page.getByLabel('Password').fill(OWNER.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await driver.heading('Documents').waitFor();
    return driver;
  }

  /** Goes to a page of the console by its address, and waits until nothing is loading. */
  async show(path: string, heading: string | RegExp): Promise<void> {
    await this.page.goto(`${this.url}/console${path}`);
    await this.heading(heading).waitFor();
    await this.settled();
  }

  async settled(): Promise<void> {
    await this.page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 1, name });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
