import { gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { rawExchange } from '../testing/raw-exchange.ts';
import { startDeskServer } from '../testing/start-desk-server.ts';

vi.setConfig({ testTimeout: 120_000 });

const BODY = '{"message":"Hello","email":"a@b.example"}';
const HEAD = 'POST /api/v1/contact HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';
/** What a second server would take for the next request. */
const HIDDEN = 'GET /api/v1/availability HTTP/1.1\r\nHost: a\r\n\r\n';

describe('a name that is made to lead to this machine', () => {
  it('opens nothing that only this machine may read', async () => {
    const { url } = await startDeskServer();
    const ask = (host: string): Promise<string> =>
      rawExchange(url, `GET /metrics HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    for (const host of ['localhost:8080', '127.0.0.1:8080', '[::1]', 'LOCALHOST'])
      expect(await ask(host), host).toMatch(/^HTTP\/1\.1 200 /);
    for (const host of ['evil.example', 'localhost.evil.example:8080', '127.0.0.1.evil.example', ''])
      expect(await ask(host), host).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('carries no session along: cookies are of one host, and changes need their own page', async () => {
    const server = await startDeskServer();
    const owner = await server.signIn('owner');
    const cookie = owner.headers()['cookie']!;
    const forged = `POST /api/v1/users HTTP/1.1\r\nHost: evil.example\r\nOrigin: http://evil.example\r\nCookie: ${cookie}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`;
    expect(await rawExchange(server.url, forged)).toMatch(/^HTTP\/1\.1 403 [^]*csrf/);
  });
});

describe('requests that two servers would read differently', () => {
  it.each([
    [
      'both lengths, chunks last',
      `${HEAD}Content-Length: ${BODY.length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
    ],
    [
      'both lengths, chunks first',
      `${HEAD}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n5c\r\n${HIDDEN}\r\n0\r\n\r\n`,
    ],
    [
      'two encodings',
      `${HEAD}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${HIDDEN}`,
    ],
    ['an encoding nobody knows', `${HEAD}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${HIDDEN}`],
    ['an encoding behind a tab', `${HEAD}Transfer-Encoding:\tchunked, identity\r\n\r\n0\r\n\r\n${HIDDEN}`],
    ['a folded header', `${HEAD}Transfer-Encoding:\r\n chunked\r\n Content-Length: 3\r\n\r\nabc${HIDDEN}`],
    ['a length with a sign', `${HEAD}Content-Length: +2\r\n\r\n{}${HIDDEN}`],
    ['a length in words', `${HEAD}Content-Length: 0x2\r\n\r\n{}${HIDDEN}`],
    ['two lengths', `${HEAD}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}${HIDDEN}`],
    ['lengths in one line', `${HEAD}Content-Length: 2, 3\r\n\r\n{}${HIDDEN}`],
    [
      'a chunk whose size is no number',
      `${HEAD}Transfer-Encoding: chunked\r\n\r\n2x\r\n{}\r\n0\r\n\r\n${HIDDEN}`,
    ],
    ['a chunk whose size has no end', `${HEAD}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}`],
    ['a chunk that ends by a line feed', `${HEAD}Transfer-Encoding: chunked\r\n\r\n2\n{}\n0\n\n${HIDDEN}`],
    ['a space before the colon', `${HEAD}Content-Length : 2\r\n\r\n{}${HIDDEN}`],
    ['a null in a name', `${HEAD}Content\0-Length: 2\r\n\r\n{}${HIDDEN}`],
    ['a return alone', `${HEAD}X-A: b\rContent-Length: 2\r\n\r\n{}${HIDDEN}`],
  ])('%s: refused, and what hides behind it is not answered', async (_what, bytes) => {
    const { url, http } = await startDeskServer();
    const answer = await rawExchange(url, bytes, false);
    expect(answer).toMatch(/^(?:HTTP\/1\.1 (?:400|413|501) |$)/);
    expect(answer.match(/HTTP\/1\.1 /g)?.length ?? 0).toBeLessThan(2);
    expect(answer).not.toContain('time_zone');
    expect((await http.call('GET', '/api/v1/availability')).status).toBe(200);
  });
});

describe('a packed body', () => {
  it('is not unpacked, so that a small one cannot become a large one', async () => {
    const server = await startDeskServer();
    const bomb = gzipSync(
      Buffer.from(JSON.stringify({ message: 'x'.repeat(50_000_000), email: 'a@b.example' })),
    );
    expect(bomb.byteLength).toBeLessThan(100_000);
    for (const encoding of ['gzip', 'x-gzip', 'br', 'deflate']) {
      const headers = { 'content-encoding': encoding, 'content-type': 'application/json' };
      const { status } = await server.http.call('POST', '/api/v1/contact', { body: bomb, headers });
      expect([400, 415], encoding).toContain(status);
    }
    expect(server.database.prepare('SELECT count(*) FROM conversations').pluck().get()).toBe(0);
  });
});
