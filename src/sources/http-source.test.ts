import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { sendJson, startHttpServer, type TestHttpServer } from '../testing/start-http-server.ts';
import { HTTP_SETTINGS } from './http-settings.ts';
import { createHttpSource, type HttpSourceOptions } from './http-source.ts';
import type { FactKind, FactResult, LiveSource } from './source-contracts.ts';
import { tooSlow } from './until-aborted.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const FIELDS: HttpSourceOptions['fields'] = {
  price: { amount: 'data.price.amount', unit: 'major', currency_field: 'data.price.currency' },
  stock: { pieces: 'data.stock' },
};
const PRODUCT = { data: { price: { amount: 12.9, currency: 'EUR' }, stock: 3 } };
const FOUND = {
  outcome: 'found',
  fact: {
    kind: 'price',
    key: 'A 1',
    source: 'shop',
    readAt: '2026-11-21T12:00:00.000Z',
    price: { minor: 1290, currency: 'EUR' },
  },
};
/** Long enough for a busy machine where an answer is expected, short where none comes. */
const LONG = 20_000;
const SHORT = 150;

function sourceAt(server: TestHttpServer, more: Partial<HttpSourceOptions> = {}): LiveSource {
  return createHttpSource({
    name: 'shop',
    kinds: ['price', 'stock'],
    url: `http://${server.host}/products/{key}?fields=all`,
    fields: FIELDS,
    allowedHosts: [server.host],
    timeLimitMs: LONG,
    retries: 0,
    now: () => NOW,
    random: () => 0,
    ...more,
  });
}

const read = (
  source: LiveSource,
  key = 'A 1',
  kind: FactKind = 'price',
  signal = new AbortController().signal,
): Promise<FactResult> => source.read({ kind, key }, { signal });

async function readFrom(answer: RequestListener, more: Partial<HttpSourceOptions> = {}): Promise<FactResult> {
  return read(sourceAt(await startHttpServer(answer), more));
}

const failed = (reason: string): unknown => ({ outcome: 'failed', reason: expect.stringContaining(reason) });

describe('a fact over HTTP', () => {
  it('is asked by GET, with the headers, and told with the time it was read', async () => {
    const server = await startHttpServer((_, response) => sendJson(response, PRODUCT));
    const source = sourceAt(server, { headers: { authorization: 'Bearer hush' } });
    expect(await read(source)).toEqual(FOUND);
    expect(await read(source, 'A 1', 'stock')).toMatchObject({ fact: { kind: 'stock', stock: 3 } });
    const [request] = server.requests;
    expect(request).toMatchObject({ method: 'GET', url: '/products/A%201?fields=all' });
    expect(request?.headers).toMatchObject({ authorization: 'Bearer hush', accept: 'application/json' });
  });

  it.each([
    ['../../admin', '/products/..%2F..%2Fadmin?fields=all'],
    ['a?b#c&d', '/products/a%3Fb%23c%26d?fields=all'],
    ['@evil.example/', '/products/%40evil.example%2F?fields=all'],
    ['100%\r\nX: y', '/products/100%25%0D%0AX%3A%20y?fields=all'],
    ['Größe$&', '/products/Gr%C3%B6%C3%9Fe%24%26?fields=all'],
  ])('keeps a key like %j in its place', async (key, url) => {
    const server = await startHttpServer((_, response) => sendJson(response, PRODUCT));
    await read(sourceAt(server), key);
    expect(server.requests.map((request) => request.url)).toEqual([url]);
  });

  it.each(['', ' ', '.', '..', '\ud800', 'x'.repeat(201)])(
    'is unknown, and not asked for, with the key %j',
    async (key) => {
      const server = await startHttpServer((_, response) => sendJson(response, PRODUCT));
      expect(await read(sourceAt(server), key)).toEqual({ outcome: 'unknown' });
      expect(server.requests).toEqual([]);
    },
  );

  it.each([404, 410])('is unknown when the server answers %i', async (status) => {
    expect(await readFrom((_, response) => sendJson(response, {}, status))).toEqual({ outcome: 'unknown' });
  });

  it('is unknown when its field is null, failed when the field is missing or holds something else', async () => {
    const reply = (price: unknown): Promise<FactResult> =>
      readFrom((_, response) => sendJson(response, { data: { price } }));
    expect(await reply({ amount: null, currency: 'EUR' })).toEqual({ outcome: 'unknown' });
    expect(await reply({})).toEqual(failed('data.price.amount'));
    expect(await reply('12')).toEqual(failed('data.price.amount'));
    expect(await reply({ amount: 'cheap', currency: 'EUR' })).toEqual(failed('not a number'));
    expect(await reply({ amount: 12, currency: 'Gold' })).toEqual(failed('currency'));
  });
});

describe('a broken HTTP source fails with a reason', () => {
  it('when it never answers', async () => {
    expect(await readFrom(() => undefined, { timeLimitMs: SHORT })).toEqual(failed(`within ${SHORT} ms`));
  });

  it('when it drips, though every byte comes soon', async () => {
    const drip: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '), 10);
      response.on('close', () => clearInterval(timer));
    };
    expect(await readFrom(drip, { timeLimitMs: SHORT })).toEqual(failed(`within ${SHORT} ms`));
  });

  it('when nothing listens there', async () => {
    const server = await startHttpServer(() => undefined);
    await server.close();
    expect(await read(sourceAt(server))).toEqual(failed('ECONNREFUSED'));
  });

  it('when it breaks off', async () => {
    expect(await readFrom((request) => request.socket.destroy())).toEqual(failed('could not be reached'));
    const half: RequestListener = (request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"data":', () => request.socket.destroy());
    };
    expect(await readFrom(half)).toEqual(failed('could not be reached'));
  });

  it.each([204, 301, 400, 401, 403, 418, 500, 503])('when it answers %i', async (status) => {
    const reason = status === 301 ? 'redirected to no HTTP address' : `answered ${status}`;
    expect(await readFrom((_, response) => void response.writeHead(status).end())).toEqual(failed(reason));
  });

  it.each([
    ['half of JSON', '{"data": {"price"'],
    ['a page', '<html>Bearer hush</html>'],
    ['nothing', ''],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
  ])('when it sends %s as JSON, and the reason quotes nothing of it', async (_, body) => {
    const result = await readFrom((__, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    });
    expect(result).toEqual({ outcome: 'failed', reason: 'it sent no valid JSON in UTF-8' });
  });

  it.each(['text/html', 'application/javascript', 'application/jsonx', ''])(
    'when it sends %j',
    async (type) => {
      const result = await readFrom((_, response) => {
        response.writeHead(200, type === '' ? {} : { 'content-type': type }).end(JSON.stringify(PRODUCT));
      });
      expect(result).toEqual(failed('something else than application/json'));
    },
  );

  it('takes other kinds of JSON, a byte order mark and null at the top', async () => {
    const send = (type: string, body: string): Promise<FactResult> =>
      readFrom((_, response) => void response.writeHead(200, { 'content-type': type }).end(body));
    expect(await send('application/vnd.shop.v2+json', JSON.stringify(PRODUCT))).toEqual(FOUND);
    expect(await send('APPLICATION/JSON;charset=utf-8', `\ufeff${JSON.stringify(PRODUCT)}`)).toEqual(FOUND);
    expect(await send('application/json', 'null')).toEqual(failed('data.price.amount'));
  });

  it('when JSON is nested 400,000 deep', async () => {
    const deep = '['.repeat(400_000) + ']'.repeat(400_000);
    const result = await readFrom((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(deep);
    });
    expect(result).toMatchObject({ outcome: 'failed' });
  });

  it('when it sends 100 MB, of which it gets rid of few', async () => {
    const block = Buffer.alloc(64_000, ' ');
    let sent = 0;
    let closed: Promise<unknown> | undefined;
    const flood: RequestListener = (_, response) => {
      closed = once(response, 'close');
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = (): void => {
        while (sent < 100_000_000 && !response.destroyed) {
          sent += block.length;
          if (!response.write(block)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    };
    expect(await readFrom(flood)).toEqual(failed('more than 1000000 bytes'));
    await closed;
    // What was under way in the buffers of two sockets.
    expect(sent).toBeLessThan(20_000_000);
  });

  it('when it says beforehand that it will send too much, or hides it in a small compressed reply', async () => {
    const announced = await readFrom((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '2000000' });
      response.flushHeaders();
    });
    expect(announced).toEqual(failed('more than 1000000 bytes'));
    const bomb = gzipSync(Buffer.alloc(50_000_000, ' '));
    const packed = await readFrom((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb);
    });
    expect(packed).toEqual(failed('more than 1000000 bytes'));
  });
});

describe('redirects', () => {
  const to =
    (location: string, status = 302): RequestListener =>
    (_, response) => {
      response.writeHead(status, { location }).end('moved');
    };

  it.each([301, 302, 303, 307, 308])(
    'are followed to an allowed host (%i), without the headers of the first',
    async (status) => {
      const target = await startHttpServer((_, response) => sendJson(response, PRODUCT));
      const first = await startHttpServer(to(`http://${target.host}/new`, status));
      const source = sourceAt(first, {
        allowedHosts: [first.host, target.host],
        headers: { 'x-key': 'hush' },
      });
      expect(await read(source)).toEqual(FOUND);
      expect(first.requests[0]?.headers).toMatchObject({ 'x-key': 'hush' });
      expect(target.requests[0]?.headers).not.toHaveProperty('x-key');
    },
  );

  it('are followed on the same host with its headers', async () => {
    const server = await startHttpServer((request, response) => {
      if (request.url?.startsWith('/products/')) to('/new')(request, response);
      else sendJson(response, PRODUCT);
    });
    expect(await read(sourceAt(server, { headers: { 'x-key': 'hush' } }))).toEqual(FOUND);
    expect(server.requests[1]?.headers).toMatchObject({ 'x-key': 'hush' });
  });

  it('to any other host are not followed', async () => {
    const target = await startHttpServer((_, response) => sendJson(response, PRODUCT));
    const result = await readFrom(to(`http://${target.host}/new`));
    expect(result).toEqual(failed(`the host ${target.host} is not allowed`));
    expect(target.requests).toEqual([]);
  });

  it.each([
    ['file:///etc/passwd', 'no HTTP address'],
    ['javascript:alert(1)', 'no HTTP address'],
    ['http://[', 'no HTTP address'],
    ['//user:word@127.0.0.1/', 'password'],
    ['http://169.254.169.254/latest/meta-data', '169.254.169.254 is not allowed'],
    ['http://localhost/', 'localhost is not allowed'],
  ])('to %s are not followed', async (location, reason) => {
    expect(await readFrom(to(location))).toEqual(failed(reason));
  });

  it('without end are given up', async () => {
    const server = await startHttpServer(to('/again'));
    expect(await read(sourceAt(server))).toEqual(failed('redirected more than 3 times'));
    expect(server.requests).toHaveLength(4);
  });
});

describe('an HTTP source in trouble', () => {
  afterEach(() => void vi.useRealTimers());
  const broken: RequestListener = (_, response) => void response.writeHead(503).end();

  it('is tried again, with growing pauses of random length', async () => {
    let times = 0;
    const server = await startHttpServer((_, response) => {
      times += 1;
      if (times < 4) response.writeHead(503).end();
      else sendJson(response, PRODUCT);
    });
    const shares: number[] = [];
    const random = (): number => {
      shares.push(0);
      return 0;
    };
    expect(await read(sourceAt(server, { retries: 3, random }))).toEqual(FOUND);
    expect(server.requests).toHaveLength(4);
    expect(shares).toHaveLength(3);
  });

  it('is not tried again when that would change nothing', async () => {
    const server = await startHttpServer((_, response) => void response.writeHead(401).end());
    await read(sourceAt(server, { retries: 3 }));
    expect(server.requests).toHaveLength(1);
  });

  it('rests after failures in a row, and comes back when one try went well', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOW });
    let well = false;
    const server = await startHttpServer((request, response) => {
      if (well) sendJson(response, PRODUCT);
      else broken(request, response);
    });
    const source = sourceAt(server);
    for (let time = 0; time < HTTP_SETTINGS.failuresUntilRest; time += 1)
      expect(await read(source)).toEqual(failed('answered 503'));
    for (let time = 0; time < 20; time += 1) expect(await read(source)).toEqual(failed('5 times in a row'));
    expect(server.requests).toHaveLength(5);
    vi.setSystemTime(NOW + HTTP_SETTINGS.restMs);
    expect(await read(source)).toEqual(failed('answered 503'));
    expect(await read(source)).toEqual(failed('rests'));
    well = true;
    vi.setSystemTime(NOW + 2 * HTTP_SETTINGS.restMs);
    expect(await read(source)).toEqual(FOUND);
    expect(await read(source)).toEqual(FOUND);
    expect(server.requests).toHaveLength(8);
  });

  it('rests when the time of those who asked was up, not when they merely left', async () => {
    const server = await startHttpServer(() => undefined);
    const giveUp = async (source: LiveSource, reason?: unknown): Promise<void> => {
      const asker = new AbortController();
      const before = server.requests.length;
      const reading = read(source, 'A 1', 'price', asker.signal);
      await vi.waitUntil(() => server.requests.length > before, { timeout: 10_000, interval: 5 });
      asker.abort(reason);
      await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    };
    const left = sourceAt(server, { timeLimitMs: LONG });
    for (let time = 0; time < 6; time += 1) await giveUp(left);
    const slow = sourceAt(server, { timeLimitMs: LONG });
    for (let time = 0; time < 5; time += 1) await giveUp(slow, tooSlow());
    expect(await read(slow)).toEqual(failed('rests'));
  });

  it('is left at once by an asker who leaves in a pause between tries', async () => {
    const asker = new AbortController();
    const server = await startHttpServer(broken);
    const random = (): number => {
      asker.abort();
      return 1e6;
    };
    const reading = read(sourceAt(server, { retries: 3, random }), 'A 1', 'price', asker.signal);
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    await expect(read(sourceAt(server), 'A', 'price', AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
