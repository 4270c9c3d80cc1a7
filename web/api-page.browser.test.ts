import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../src/testing/start-test-server.ts';
import { openBrowser } from './testing/open-browser.ts';

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer({ config: { demo: false } }), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

describe('the API’s page', () => {
  it('shows every group of routes, asks nobody else for anything, and keeps to its policy', async () => {
    const page = await browser.newPage();
    const [stray, complaints]: [string[], string[]] = [[], []];
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(server.url))
        stray.push(request.url());
    });
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${server.url}/docs`);
    await page.locator('#operations-tag-openai').click();
    await page.locator('#operations-openai-post_v1_chat_completions').click();
    await page.getByText('markers such as [1] stay in the text').waitFor();
    expect(await page.locator('.opblock-tag').count()).toBe(7);
    expect(stray).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
