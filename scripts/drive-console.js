/**
 * The staff console as somebody works with it, by a page of playwright-core: signs in, opens every page that the
 * navigation offers and those behind its lists, reads and answers a conversation, searches, signs out.
 */

/** Pages that lists lead to, by where the list is and the link that is followed. */
const BEHIND_LISTS = [
  { list: '/console/inbox', link: '[data-thread]' },
  { list: '/console/tickets', link: 'a[href^="/console/tickets/"]' },
  { list: '/console/customers', link: 'a[href^="/console/customers/"]' },
  { list: '/console/documents', link: 'a[href^="/console/documents/"]' },
];

/**
 * @param {import('playwright-core').Page} page
 * @param {{ url: string, email: string, password: string }} account
 * @returns {Promise<string[]>} addresses of the pages that were opened
 */
export async function drive(page, { url, email, password }) {
  await page.goto(`${url}/console`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.locator('.shell').waitFor();

  const opened = [];
  const open = async (path) => {
    await page.goto(url + path);
    await settle(page);
    opened.push(path);
  };
  const links = page.locator('nav a.navigation-link');
  await links.first().waitFor();
  const paths = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  for (const path of paths) await open(path);
  for (const { list, link } of BEHIND_LISTS) {
    await open(list);
    const first = page.locator(`main ${link}, .shell ${link}`).first();
    await first.waitFor();
    await first.click();
    await settle(page);
    opened.push(new URL(page.url()).pathname);
  }
  await reply(page, url);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('lockers');
  await settle(page);
  await page.keyboard.press('Escape');
  return opened;
}

/** The page has its heading, and shows no rows that are still to come, nor a failure. */
async function settle(page) {
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => document.querySelector('.skeleton[aria-busy="true"]') === null);
  const failures = await page.locator('.state-failure').allInnerTexts();
  if (failures.length > 0) throw new Error(`${page.url()} shows: ${failures.join(' ')}`);
}

async function reply(page, url) {
  await page.goto(`${url}/console/inbox`);
  await page.locator('[data-thread]').first().click();
  const text = 'Hello, a person is reading this now.';
  const box = page.getByRole('textbox', { name: 'Reply to the customer' });
  await box.fill(text);
  await box.press('Control+Enter');
  await page.locator('.message-staff').getByText(text).first().waitFor();
}
