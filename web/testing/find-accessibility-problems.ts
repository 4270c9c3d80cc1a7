import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

const AXE_SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds on the page as it stands: one line a violation and place. */
export async function findAccessibilityProblems(page: Page): Promise<string[]> {
  // Colours in the middle of a transition are nobody's; those inside a shadow tree are asked for there.
  await page.evaluate(() => {
    const shadows = [...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
    return Promise.all(
      [document, ...shadows]
        .flatMap((root) => root.getAnimations())
        .map((animation) => animation.finished.catch(() => undefined)),
    );
  });
  await page.evaluate(AXE_SOURCE);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
}
