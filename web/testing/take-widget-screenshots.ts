/** Takes the pictures of the widget in web/screenshots/. By hand: npx jiti web/testing/take-widget-screenshots.ts */
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { openForeignSite } from './foreign-page.ts';
import { openBrowser } from './open-browser.ts';
import { signInStaff, type StaffMember } from './staff-member.ts';
import { startShopServer } from './start-shop-server.ts';
import { WidgetDriver, type WidgetOptions } from './widget-driver.ts';

const FOLDER = fileURLToPath(new URL('../screenshots/', import.meta.url));
const LIGHT: WidgetOptions = { viewport: { width: 1000, height: 800 }, reducedMotion: 'reduce' };
const DARK: WidgetOptions = {
  viewport: { width: 390, height: 844 },
  colorScheme: 'dark',
  reducedMotion: 'reduce',
  deviceScaleFactor: 2,
};

async function save(visitor: WidgetDriver, file: string): Promise<void> {
  await visitor.page.waitForTimeout(400);
  await visitor.page.screenshot({ path: `${FOLDER}${file}` });
}

/** A conversation with a person, from the first question to the rating. */
async function showPerson(visitor: WidgetDriver, anna: StaffMember, name: string): Promise<void> {
  await visitor.openPanel();
  await visitor.panel.locator('.suggestion').first().waitFor();
  await save(visitor, `widget-${name}-welcome.png`);
  await visitor.composer.pressSequentially('how');
  await visitor.panel.getByRole('option').first().waitFor();
  await save(visitor, `widget-${name}-type-ahead.png`);
  await visitor.ask('How long can I return unworn goods?');
  await save(visitor, `widget-${name}-answer.png`);
  await visitor.panel.getByRole('button', { name: 'Talk to a person' }).click();
  await visitor.strip('waiting').waitFor();
  const thread = `/api/v1/threads/${await anna.newestThread('waiting')}`;
  await anna.post(`${thread}/take`);
  await visitor.attach('torn-sole.txt', Buffer.from('The sole of the left boot is torn.'));
  await visitor.panel.locator('[data-file="sent"]').waitFor();
  await anna.post(`${thread}/messages`, {
    text: 'Hello, this is Anna.\nI can see your file. We will send you a label for the return.',
  });
  await visitor.panel.locator('.message-staff').waitFor();
  await anna.post(`${thread}/presence`, { state: 'writing', kind: 'reply' });
  await visitor.panel.locator('.desk-typing').waitFor();
  await save(visitor, `widget-${name}-person.png`);
  const { body } = await anna.call('GET', thread);
  await anna.call('PATCH', `/api/v1/tickets/${body.ticket}`, { body: { status: 'resolved' } });
  await visitor.panel.locator('.csat').waitFor();
  await visitor.panel.locator('.csat-stars label').nth(3).click();
  await visitor.panel.locator('.csat').scrollIntoViewIfNeeded();
  await save(visitor, `widget-${name}-rating.png`);
  await visitor.page.context().close();
}

async function withPeople(browser: Browser): Promise<void> {
  const site = await openForeignSite();
  const server = await startShopServer({ config: { allowed_origins: site.origin } });
  try {
    site.box = server.url;
    const anna = await signInStaff(server, 'Anna');
    await showPerson(await WidgetDriver.open(browser, site, LIGHT), anna, 'light');
    await showPerson(await WidgetDriver.open(browser, site, DARK), anna, 'dark');
    const settings = { container: 'main', dir: 'rtl', color: '#7a2d8c' } as const;
    const inline = await WidgetDriver.open(browser, site, { ...LIGHT, settings });
    await inline.panel.locator('.suggestion').first().waitFor();
    await save(inline, 'widget-inline-rtl.png');
    await inline.page.context().close();
  } finally {
    await server.close();
    await site.close();
  }
}

async function withoutPeople(browser: Browser): Promise<void> {
  const site = await openForeignSite();
  const server = await startShopServer({ people: 'away', config: { allowed_origins: site.origin } });
  try {
    site.box = server.url;
    const visitor = await WidgetDriver.open(browser, site, LIGHT);
    await visitor.openPanel();
    await visitor.panel.getByRole('button', { name: 'Talk to a person' }).click();
    await visitor.panel.locator('.contact-form').waitFor();
    await save(visitor, 'widget-light-form.png');
    await visitor.page.context().close();
  } finally {
    await server.close();
    await site.close();
  }
}

const browser = await openBrowser();
try {
  await withPeople(browser);
  await withoutPeople(browser);
} finally {
  await browser.close();
}
