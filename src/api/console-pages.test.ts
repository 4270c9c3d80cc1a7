import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { startDeskServer } from '../testing/start-desk-server.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

vi.setConfig({ testTimeout: 120_000 });

it('serves one page for every address of the console, and nothing else for its assets', async () => {
  const webFolder = temporaryFolder();
  mkdirSync(join(webFolder, 'console/assets'), { recursive: true });
  writeFileSync(join(webFolder, 'console/index.html'), '<title>Console</title>');
  writeFileSync(join(webFolder, 'console/assets/a-1.js'), 'export {};');
  const { url } = await startDeskServer({ webFolder });
  for (const path of ['/console', '/console/', '/console/inbox/open/abc', '/console/tickets?view=board']) {
    const response = await fetch(url + path);
    expect([path, response.status, await response.text()]).toEqual([path, 200, '<title>Console</title>']);
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
  }
  const script = await fetch(`${url}/console/assets/a-1.js`);
  expect(script.headers.get('cache-control')).toContain('immutable');
  expect((await fetch(`${url}/console/assets/gone.js`)).status).toBe(404);
  expect((await fetch(`${url}/console/assets/..%2F..%2F..%2Fpackage.json`)).status).not.toBe(200);
});

it('lists what sleeps apart from what is to be done, and counts it so', async () => {
  const server = await startDeskServer();
  const agent = await server.signIn('agent', 'Ada');
  const contact = { message: 'Where is it?', email: 'kim@example.com' };
  for (const message of ['one', 'two'])
    await server.http.call('POST', '/api/v1/contact', { body: { ...contact, message } });
  await agent.call('POST', '/api/v1/tickets/1/snooze', { body: {} });
  const tickets = async (query: string) =>
    (await agent.call('GET', `/api/v1/threads?${query}`)).body.threads.map(
      ({ ticket }: { ticket: number }) => ticket,
    );
  expect(await tickets('snoozed=true')).toEqual([1]);
  expect(await tickets('snoozed=false')).toEqual([2]);
  expect((await tickets('')).sort()).toEqual([1, 2]);
  expect((await agent.call('GET', '/api/v1/threads/counts')).body).toMatchObject({
    unassigned: 1,
    open: 1,
    snoozed: 1,
    all: 2,
  });
});
