/**
 * Takes the pictures of the owner's pages in web/screenshots/. By hand: npx jiti web/testing/take-owner-screenshots.ts
 * With the address of a running server that has an owner already, that one is shown instead of a new one.
 */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startTestServer } from '../../src/testing/start-test-server.ts';
import { openBrowser } from './open-browser.ts';
import { OWNER_PAGES, SIZES } from './owner-pages.ts';
import { addOwner, OwnerDriver } from './owner-driver.ts';

const FOLDER = fileURLToPath(new URL('../screenshots/console/', import.meta.url));
const VIEWS = [
  { name: 'wide', viewport: SIZES.wide, colorScheme: 'light' },
  { name: 'narrow-dark', viewport: SIZES.narrow, colorScheme: 'dark' },
] as const;

const given = process.argv[2];
const server = given === undefined ? await startTestServer() : null;
if (server) await addOwner(server);
const browser = await openBrowser();
await mkdir(FOLDER, { recursive: true });
try {
  for (const { name, ...view } of VIEWS) {
    const owner = await OwnerDriver.open(browser, given ?? server!.url, view);
    for (const { file, path, heading } of OWNER_PAGES) {
      await owner.show(path, heading);
      await owner.page.waitForTimeout(500);
      await owner.page.screenshot({ path: `${FOLDER}${file}-${name}.png` });
    }
    await owner.show('/documents', 'Documents');
    await owner.page.locator('.document-row').first().click();
    await owner.page.locator('.chunk').first().click();
    await owner.page.waitForTimeout(500);
    await owner.page.screenshot({ path: `${FOLDER}document-${name}.png` });
    await owner.close();
  }
} finally {
  await browser.close();
  await server?.close();
}
