import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { resolve } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMailSender } from '../desk/send-mail.ts';
import { resolveTarget } from '../desk/webhook-target.ts';
import { createAddressGuard } from '../ingest/crawl/address-guard.ts';
import { createPageFetcher } from '../ingest/crawl/fetch-page.ts';
import { fetchJson } from '../sources/fetch-json.ts';
import { createHttpAction } from '../actions/http-action.ts';
import { answerJson, listenHttp } from '../testing/listen-http.ts';
import { LOCAL_CONNECTIONS, OUTBOUND_PURPOSES } from './outbound-purposes.ts';
import { isOffline, refuseOffline, switchOffline } from './outbound-switch.ts';

const SOURCE = resolve('src');
/** What opens a connection, or looks up a name. */
const CONNECTS =
  /from '(?:node:)?(?:net|tls|http|https|http2|dns|dns\/promises|dgram|undici|nodemailer|ws|openid-client)'|[^\w.]fetch\(|new WebSocket\(/;

function offline(): void {
  onTestFinished(switchOffline());
}

describe('what may connect', () => {
  it('is in the list, file by file, and nothing else is', () => {
    const found = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !/\.test\.ts$|^testing\/|\.suite\.ts$/.test(path))
      .filter((path) => {
        const text = readFileSync(resolve(SOURCE, path), 'utf8').replace(/^\s*(\/\/|\*|\/\*).*$/gm, '');
        return CONNECTS.test(text.replace(/^import type .*$/gm, ''));
      });
    const known = new Set([
      ...Object.values(OUTBOUND_PURPOSES).flatMap(({ files }) => [...files] as string[]),
      ...Object.keys(LOCAL_CONNECTIONS),
    ]);
    expect(found.length).toBeGreaterThan(8);
    expect(found.filter((path) => !known.has(path))).toEqual([]);
  });

  it('asks the switch in every file that begins a connection to another machine', () => {
    const asks = Object.values(OUTBOUND_PURPOSES).map(({ what, files }) => ({
      what,
      asked: files.some((path) => readFileSync(resolve(SOURCE, path), 'utf8').includes('refuseOffline(')),
      any: files.length > 0,
    }));
    expect(asks.filter(({ any, asked }) => any && !asked)).toEqual([]);
  });

  it('is on its page', async () => {
    const rows = Object.entries(OUTBOUND_PURPOSES).map(
      ([name, { what, to, sends, switchedOnBy }]) =>
        `| ${name} | ${what} | ${to} | ${sends} | ${switchedOnBy} |`,
    );
    const page = readFileSync(resolve(SOURCE, 'outbound', 'README.md'), 'utf8').replace(/ {2,}/g, ' ');
    expect(rows.filter((row) => !page.includes(row))).toEqual([]);
  });
});

describe('offline', () => {
  it('refuses each purpose by name, on this machine too, before anything is asked of it', async () => {
    const { host, received: asked } = await listenHttp((_request, response) => answerJson(response, {}));
    const url = new URL(`http://${host}/`);
    const signal = AbortSignal.timeout(30_000);
    const guard = createAddressGuard({ allowedHosts: new Set([host, url.hostname]) });
    const pages = createPageFetcher(guard);
    const page = () => pages.fetchPage({ url: url.href, maxBytes: 1000, wants: () => true, signal });
    const fact = () =>
      fetchJson({
        url,
        headers: {},
        allowedHosts: new Set([host]),
        maxBytes: 1000,
        timeLimitMs: 5_000,
        signal,
      });
    const action = createHttpAction({
      name: 'look_up',
      description: 'looks something up',
      method: 'GET',
      url: url.href,
      headers: {},
      changes: false,
      allow_hosts: [host],
      input: {},
    } as unknown as Parameters<typeof createHttpAction>[0]);
    const act = () => action.run({}, { signal } as Parameters<typeof action.run>[1]);
    const hook = () => resolveTarget(url.href, new Set([host, url.hostname]));
    const mail = () =>
      createMailSender(`smtp://127.0.0.1:${url.port}`, 'a@b.example').send(
        { to: 'c@d.example', subject: 's', text: 't' },
        signal,
      );

    await page();
    await fact();
    await act();
    expect((await hook()).address).toMatch(/127|::1/);
    const before = asked.length;
    expect(before).toBeGreaterThan(2);

    const online = switchOffline();
    expect(isOffline()).toBe(true);
    const words = /set to be offline/;
    await expect(page()).rejects.toMatchObject({ code: 'offline', message: expect.stringMatching(words) });
    await expect(fact()).rejects.toThrow(words);
    await expect(act()).rejects.toMatchObject({ code: 'offline' });
    await expect(hook()).rejects.toMatchObject({ code: 'offline' });
    await expect(mail()).rejects.toMatchObject({ code: 'offline' });
    expect(asked).toHaveLength(before);
    online();
    expect(isOffline()).toBe(false);
    await page();
    expect(asked.length).toBeGreaterThan(before);
    await pages.close();
  });

  it('closes every way out at the socket, also for what asks nobody', async () => {
    offline();
    const failing = (start: () => { once(name: 'error', then: (error: unknown) => void): unknown }) =>
      new Promise((fail) => void start().once('error', fail));
    const code = { code: 'offline' };
    expect(await failing(() => connect(443, '192.0.2.1'))).toMatchObject(code);
    expect(await failing(() => connect({ host: 'shop.example', port: 443 }))).toMatchObject(code);
    expect(await failing(() => connectTls({ host: '2001:db8::1', port: 443 }))).toMatchObject(code);
    expect(await failing(() => request('http://192.0.2.1/'))).toMatchObject(code);
    await expect(fetch('https://192.0.2.1/')).rejects.toMatchObject({ cause: code });
    await expect(fetch('http://shop.example/')).rejects.toMatchObject({ cause: code });
    // A name that only begins like this machine's.
    await expect(fetch('http://127.0.0.1.shop.example/')).rejects.toMatchObject({ cause: code });
  });

  it('leaves this machine to the command line and to health checks', async () => {
    const server = await listenHttp((_incoming, response) => void response.end('here'));
    offline();
    expect(await (await fetch(`http://${server.host}/`)).text()).toBe('here');
    expect(() => refuseOffline('webhook', 'crm.example')).toThrow(
      'This server is set to be offline, so nothing connects to crm.example (webhook).',
    );
  });
});
