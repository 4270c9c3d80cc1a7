import type { lookup as systemLookup } from 'node:dns';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { BlockList } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { JobItemRecord } from '../../stores/job-contracts.ts';
import { waitFor } from '../../testing/http-client.ts';
import { openKnowledgeTools } from '../../testing/knowledge-tools.ts';
import { startHttpServer } from '../../testing/start-http-server.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { createIngestQueue, type IngestQueue } from '../jobs/ingest-queue.ts';
import type { AddressGuardOptions } from './address-guard.ts';
import { openCrawl } from './open-crawl.ts';
import type { NewSite } from './source-visits.ts';

// Real sockets and files, on machines of any speed.
vi.setConfig({ testTimeout: 120_000 });

interface Page {
  body?: string;
  type?: string;
  status?: number;
  headers?: Record<string, string>;
}
type Site = Record<string, Page | ((request: IncomingMessage, response: ServerResponse) => void)>;

const html = (title: string, words: string, links: readonly string[] = [], head = ''): Page => ({
  body: `<html><head><title>${title}</title>${head}</head><body><nav>${links
    .map((link) => `<a href="${link}">go</a>`)
    .join(' ')}</nav><main><h1>${title}</h1><p>${words}</p></main></body></html>`,
});

/** A server whose pages may change while it runs; robots.txt is open unless the site has one. */
async function serve(site: Site) {
  const server = await startHttpServer((request, response) => {
    const page = site[request.url ?? ''];
    if (typeof page === 'function') return page(request, response);
    const {
      body = '',
      type = 'text/html; charset=utf-8',
      status = 200,
      headers = {},
    } = page ?? { status: 404 };
    response.writeHead(status, { 'content-type': type, ...headers }).end(body);
  });
  const paths = () => server.requests.map(({ url }) => url).filter((url) => url !== '/robots.txt');
  return { ...server, origin: `http://${server.host}`, paths };
}

function startCrawler(allowed: readonly string[], guard: Partial<AddressGuardOptions> = {}) {
  const kit = openKnowledgeTools(temporaryFolder());
  const { jobs, sources, tools } = kit;
  const queueRef: { current: IngestQueue | null } = { current: null };
  const crawl = openCrawl({
    config: { crawl_private_hosts: allowed.join(','), crawl_every_hours: 0 },
    jobs,
    sources,
    tools,
    wake: () => queueRef.current?.wake(),
    log: () => undefined,
    guard,
  });
  const queue = createIngestQueue({ jobs, tools, pages: crawl.pages, log: () => undefined });
  queueRef.current = queue;
  onTestFinished(async () => {
    await queue.close();
    await crawl.close();
  });
  queue.start();
  const visit = async (site: NewSite) => {
    const { jobId, source } = await crawl.visits.visitSite(site);
    const job = await waitFor('the crawl', async () => {
      const found = await jobs.getJob(jobId);
      return found?.finishedAt ? found : null;
    });
    const items = await jobs.listItems(jobId, { limit: 1000 });
    return { job, source, items, of: (path: string) => items.find((item) => item.source.endsWith(path)) };
  };
  return { ...kit, crawl, queue, visit };
}

const readOf = (items: readonly JobItemRecord[]) =>
  items.filter(({ state }) => state === 'added').map(({ source }) => new URL(source).pathname);

describe('a crawl', () => {
  it('reads a site from its start: same host, robots.txt, patterns, canonical addresses, depth, types', async () => {
    const elsewhere = await serve({ '/': html('Elsewhere', 'Not ours.') });
    const site: Site = {
      '/robots.txt': {
        type: 'text/plain',
        body: 'User-agent: *\nDisallow: /secret\nUser-agent: Answerbox\nDisallow: /hidden\n',
      },
      '/': html('Start', 'Welcome to the rope shop.', [
        '/a?utm_source=mail#top',
        '/a',
        '/hidden/x',
        '/secret',
        '/archive/old',
        '/picture.png',
        '/copy',
        '/quiet',
        '/moved',
        '/away',
        '/gone',
        `${elsewhere.origin}/`,
        'mailto:a@b.example',
      ]),
      '/a': html('Ropes', 'Ropes are eleven millimetres thick.', ['/deep']),
      '/secret': html('Open to us', 'Robots rules name us apart.'),
      '/hidden/x': html('Hidden', 'Not for us.'),
      '/archive/old': html('Old', 'Left out.'),
      '/picture.png': { type: 'image/png', body: 'PNG' },
      '/copy': html('Copy', 'Ropes are eleven.', [], '<link rel="canonical" href="/a">'),
      '/quiet': html(
        'Quiet',
        'Not to be indexed.',
        ['/from-quiet'],
        '<meta name="robots" content="noindex">',
      ),
      '/from-quiet': html('From quiet', 'Found behind a page that is not indexed.'),
      '/moved': { status: 301, headers: { location: '/new-place' } },
      '/new-place': html('New place', 'Here it is now.'),
      '/away': { status: 302, headers: { location: `${elsewhere.origin}/` } },
      '/deep': html('Deep', 'Second level.', ['/deeper']),
      '/deeper': html('Deeper', 'Third level, too far.'),
    };
    const server = await serve(site);
    const { visit, tools } = startCrawler([server.host]);
    const { items, of, job } = await visit({
      address: `${server.origin}/`,
      depth: 2,
      exclude: ['/archive/**'],
    });
    expect(readOf(items).sort()).toEqual(['/', '/a', '/deep', '/from-quiet', '/new-place', '/secret']);
    expect(job.state).toBe('completed');
    const why = (path: string) => of(path)?.message;
    expect(why('/hidden/x')).toContain('robots.txt');
    expect(why('/picture.png')).toContain('image/png');
    expect(why('/copy')).toContain(`${server.origin}/a`);
    expect(why('/quiet')).toContain('not to be indexed');
    expect(why('/away')).toContain(elsewhere.host);
    expect(of('/gone')).toMatchObject({ state: 'failed', code: 'page_missing' });
    expect(of('/archive/old')).toBeUndefined();
    expect(elsewhere.requests).toEqual([]);
    expect(server.paths()).not.toContain('/hidden/x');
    expect(server.paths().filter((path) => path === '/a')).toHaveLength(1);
    const [hit] = await tools.knowledge.searchKeywords('eleven millimetres', 5);
    const [chunk] = await tools.knowledge.getChunks([hit!.chunkId]);
    expect(chunk).toMatchObject({ title: 'Ropes', url: `${server.origin}/a` });
    expect(chunk!.text).not.toContain('go');
  });

  it('reads again only what changed: ETag, Last-Modified, passages; and removes what is gone', async () => {
    const stamped =
      (etag: string, page: Page) =>
      ({ headers }: IncomingMessage, response: ServerResponse): void => {
        const isKnown = headers['if-none-match'] === etag;
        response.writeHead(isKnown ? 304 : 200, { 'content-type': 'text/html', etag });
        response.end(isKnown ? '' : page.body);
      };
    const site: Site = {
      '/': stamped('"1"', html('Start', 'Nothing changes here.', ['/changing', '/leaving'])),
      '/changing': html('Changing', 'Delivery takes three days.'),
      '/leaving': html('Leaving', 'The zebra offer ends.'),
    };
    const server = await serve(site);
    const { visit, tools, embedded, sources } = startCrawler([server.host]);
    const first = await visit({ address: `${server.origin}/` });
    expect(first.job.counts).toEqual({ added: 3 });
    const before = embedded.length;
    site['/changing'] = html('Changing', 'Delivery takes two days.');
    delete site['/leaving'];
    const second = await visit({ address: `${server.origin}/` });
    expect(second.job.counts).toEqual({ unchanged: 1, changed: 1, removed: 1 });
    expect(embedded.length - before).toBe(second.job.chunksEmbedded);
    expect(second.job.chunksEmbedded).toBe(1);
    expect(await tools.knowledge.searchKeywords('zebra', 5)).toEqual([]);
    expect(server.requests.filter(({ headers }) => headers['if-none-match'] === '"1"')).toHaveLength(1);
    expect(await sources.getSource(second.source.id)).toMatchObject({
      documents: 2,
      lastJobId: second.job.id,
    });
  });

  it('keeps a page that leads elsewhere for now, and removes one that moved for good', async () => {
    const links = ['/a', '/b', '/c', '/d', '/e'];
    const site: Site = { '/': html('Start', 'Welcome.', links) };
    for (const link of links) site[link] = html(link, `The words of ${link.slice(1)}quokka.`);
    const server = await serve(site);
    const { visit, tools, sources } = startCrawler([server.host]);
    const first = await visit({ address: `${server.origin}/` });
    expect(first.job.counts).toEqual({ added: 6 });
    site['/away'] = html('Away', 'We are back soon.');
    for (const [index, status] of [302, 303, 307, 301, 308].entries())
      site[links[index]!] = { status, headers: { location: '/away' } };
    const { of, job } = await visit({ address: `${server.origin}/` });
    expect(job.counts).toMatchObject({ unchanged: 1, skipped: 3, removed: 2, added: 1 });
    for (const [index, status] of [302, 303, 307].entries()) {
      const item = of(links[index]!);
      expect(item).toMatchObject({ state: 'skipped', code: 'page_moved_for_now' });
      expect(item!.message).toContain(`status ${status}`);
      expect(await tools.knowledge.searchKeywords(`${links[index]!.slice(1)}quokka`, 5)).toHaveLength(1);
      expect(await sources.getPage(job.sourceId!, `${server.origin}${links[index]!}`)).not.toBeNull();
    }
    expect(await tools.knowledge.searchKeywords('dquokka', 5)).toEqual([]);
    expect(of('/d')).toMatchObject({ state: 'removed', message: expect.stringContaining('/away') });
  });

  it('holds removals of more than half of the site, however far apart they are seen', async () => {
    const links = Array.from({ length: 30 }, (_, index) => `/page/${index}`);
    const site: Site = { '/': html('Start', 'Welcome.', links) };
    for (const link of links) site[link] = html(link, `The words of ${link}.`);
    const server = await serve(site);
    const { visit, tools, jobs, queue } = startCrawler([server.host]);
    await visit({ address: `${server.origin}/` });
    const pages = { ...site };
    for (const link of links) Reflect.deleteProperty(site, link);
    const { job, of } = await visit({ address: `${server.origin}/` });
    expect(job.counts).toEqual({ unchanged: 1, failed: 30 });
    expect(of('/page/0')).toMatchObject({
      code: 'removal_held',
      message: expect.stringContaining('30 of 31'),
    });
    expect((await tools.knowledge.counts()).documents).toBe(31);

    // Its owner asks for the removals; a page that is back by then stays.
    site['/page/3'] = pages['/page/3']!;
    expect(await jobs.retryItems(job.id, null)).toBe(30);
    queue.wake();
    const after = await waitFor('the removals', async () => {
      const found = await jobs.getJob(job.id);
      return found?.finishedAt ? found : null;
    });
    expect(after.counts).toEqual({ unchanged: 2, removed: 29 });
    expect((await tools.knowledge.counts()).documents).toBe(2);
  });

  it('is repeated when it is due, and asks by Last-Modified where there is no ETag', async () => {
    const modified = 'Sat, 21 Nov 2026 10:00:00 GMT';
    const server = await serve({
      '/': ({ headers }, response) => {
        const isKnown = headers['if-modified-since'] === modified;
        response.writeHead(isKnown ? 304 : 200, { 'content-type': 'text/html', 'last-modified': modified });
        response.end(isKnown ? '' : html('Start', 'Ropes are dried in spring.').body);
      },
    });
    const { visit, crawl, sources, jobs } = startCrawler([server.host]);
    const asked = () =>
      server.requests.filter(({ url }) => url === '/').map(({ headers }) => headers['if-modified-since']);
    const { source, job } = await visit({ address: `${server.origin}/`, everyHours: 2 });
    const hours = (count: number): Date => new Date(Date.now() + count * 3_600_000);
    const now = async () => (await sources.getSource(source.id))!;
    expect(await now()).toMatchObject({ nextAt: null, finishedAt: null });
    // The visit is over: from here on its two hours count.
    await crawl.visits.tick(hours(0));
    const { finishedAt, nextAt } = await now();
    expect(Date.parse(nextAt!) - Date.parse(finishedAt!)).toBe(7_200_000);
    await crawl.visits.tick(hours(1.9));
    expect((await now()).lastJobId).toBe(job.id);
    expect(asked()).toEqual([undefined]);
    await crawl.visits.tick(hours(2.1));
    const { lastJobId } = await now();
    expect(lastJobId).not.toBe(job.id);
    const second = await waitFor('the second crawl', async () => {
      const found = await jobs.getJob(lastJobId!);
      return found?.finishedAt ? found : null;
    });
    expect(second.counts).toEqual({ unchanged: 1 });
    expect(asked()).toEqual([undefined, modified]);
    await crawl.visits.tick(hours(0));
    expect((await now()).nextAt).not.toBeNull();
  });

  it('takes addresses from sitemaps, in the address and in robots.txt, without expanding entities', async () => {
    const server = await serve({});
    const place = (path: string) => `<url><loc>${server.origin}${path}</loc></url>`;
    const bomb = '<!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>';
    const site: Site = {
      '/robots.txt': { type: 'text/plain', body: `Sitemap: ${server.origin}/map-index.xml\n` },
      '/': html('Start', 'It links nowhere.'),
      '/map-index.xml': {
        type: 'application/xml',
        body: `<sitemapindex><sitemap><loc>${server.origin}/map.xml</loc></sitemap></sitemapindex>`,
      },
      '/map.xml': {
        type: 'application/xml',
        body: `${bomb}<urlset>${place('/one')}${place('/two?a=1&amp;b=2')}${place('/&b;')}<url><loc>http://other.example/</loc></url></urlset>`,
      },
      '/one': html('One', 'The first listed page.'),
      '/two?a=1&b=2': html('Two', 'The second listed page.'),
    };
    const listed = await startHttpServer((request, response) => {
      const page = site[request.url ?? ''] as Page | undefined;
      response.writeHead(page ? 200 : 404, { 'content-type': page?.type ?? 'text/html' });
      response.end(page?.body?.replaceAll(server.origin, `http://${listed.host}`));
    });
    const { visit } = startCrawler([listed.host]);
    const { items } = await visit({ address: `http://${listed.host}/` });
    expect(readOf(items).sort()).toEqual(['/', '/one', '/two']);
    const alone = await visit({ address: `http://${listed.host}/map.xml` });
    expect(alone.items.map(({ source }) => new URL(source).pathname)).toContain('/one');
  });

  it('comes to an end in a site without one', async () => {
    const server = await startHttpServer(({ url = '/' }, response) => {
      const number = Number(url.split('/')[2] ?? 0);
      const body =
        url === '/robots.txt'
          ? ''
          : html(`Day ${number}`, `Nothing on day ${number}.`, [`/day/${number + 1}`, `/a${url}/a`]).body;
      response
        .writeHead(200, { 'content-type': url === '/robots.txt' ? 'text/plain' : 'text/html' })
        .end(body);
    });
    const { visit } = startCrawler([server.host]);
    const { job } = await visit({ address: `http://${server.host}/day/0`, pages: 12, depth: 100 });
    expect(job).toMatchObject({ total: 12, done: 12 });
    const shallow = await visit({ address: `http://${server.host}/day/500`, pages: 1000, depth: 3 });
    expect(shallow.job.total).toBeLessThan(20);
  });

  it('keeps the delay that robots.txt asks for', async () => {
    const times: number[] = [];
    const server = await startHttpServer(({ url = '/' }, response) => {
      if (url !== '/robots.txt') times.push(performance.now());
      response.writeHead(200, { 'content-type': url === '/robots.txt' ? 'text/plain' : 'text/html' });
      response.end(
        url === '/robots.txt'
          ? 'User-agent: *\nCrawl-delay: 0.4\n'
          : html(url, `Words of ${url}.`, url === '/' ? ['/1', '/2', '/3'] : []).body,
      );
    });
    const { visit } = startCrawler([server.host]);
    expect((await visit({ address: `http://${server.host}/` })).job.counts).toEqual({ added: 4 });
    const gaps = times.slice(1).map((time, index) => time - times[index]!);
    // Sent 400 ms apart; what the machine adds on the way makes some gaps longer and the next one shorter.
    expect(gaps.reduce((sum, gap) => sum + gap, 0)).toBeGreaterThan(1_100);
  });

  it('says of a server that fails, refuses, lies about its size or sends nothing what is wrong', async () => {
    const flood = (_request: IncomingMessage, response: ServerResponse): void => {
      response.writeHead(200, { 'content-type': 'text/html' });
      const more = (): void => {
        while (!response.destroyed && response.write('<p>words words words</p>'.repeat(1_000)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    };
    let broken = 0;
    const server = await serve({
      '/': html('Start', 'Words.', ['/flood', '/closed', '/broken', '/liar', '/mended', '/packed']),
      '/flood': flood,
      '/packed': (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' });
        response.end(gzipSync(Buffer.alloc(100_000_000, 'words ')));
      },
      '/closed': { status: 403 },
      '/broken': (_request, response) => void response.socket?.destroy(),
      '/liar': { type: 'text/html', body: '\u0000\u0001PK\u0003\u0004binary'.repeat(50) },
      '/mended': (_request, response) => {
        broken += 1;
        response.writeHead(broken === 1 ? 503 : 200, { 'content-type': 'text/html' });
        response.end(broken === 1 ? '' : html('Mended', 'It works at the second try.').body);
      },
    });
    const { visit } = startCrawler([server.host]);
    const { of } = await visit({ address: `${server.origin}/` });
    expect(of('/flood')).toMatchObject({ state: 'failed', code: 'page_too_large' });
    expect(of('/packed')).toMatchObject({ state: 'failed', code: 'page_too_large' });
    expect(of('/closed')).toMatchObject({ code: 'page_refused', message: expect.stringContaining('403') });
    expect(of('/broken')).toMatchObject({ code: 'page_unreachable' });
    expect(of('/liar')).toMatchObject({ state: 'failed', code: 'document_binary' });
    expect(of('/mended')).toMatchObject({ state: 'added' });
  });

  it('reads nothing of a site whose rules cannot be read', async () => {
    const server = await serve({ '/robots.txt': { status: 500 }, '/': html('Start', 'Words.') });
    const { visit } = startCrawler([server.host]);
    const { items } = await visit({ address: `${server.origin}/` });
    expect(items).toMatchObject([{ state: 'failed', code: 'robots_unreadable' }]);
    expect(server.paths()).toEqual([]);
  });
});

describe('private addresses', () => {
  it('are refused, written out, by name and behind a redirect, unless they are allowed by name', async () => {
    const secret = await serve({ '/': html('Secret', 'The admin page of the router.') });
    const port = new URL(secret.origin).port;
    const strict = startCrawler([]);
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '2130706433', '[::ffff:7f00:1]', '0']) {
      const { items } = await strict.visit({ address: `http://${host}:${port}/` });
      expect(items[0], host).toMatchObject({ state: 'failed', code: 'page_address_refused' });
    }
    const open = await serve({ '/': { status: 302, headers: { location: `http://localhost:${port}/` } } });
    const partly = startCrawler([open.host]);
    const { items } = await partly.visit({ address: `${open.origin}/` });
    expect(items.every(({ state }) => state !== 'added')).toBe(true);
    expect(secret.requests).toEqual([]);
  });

  it('are refused when a name changes to one between two requests', async () => {
    // 127.0.0.2 stands for an address of the open net here, 127.0.0.1 for one of the inner one.
    const refused = new BlockList();
    refused.addAddress('127.0.0.1', 'ipv4');
    const inner: string[] = [];
    const outer = createServer(({ url = '/' }, response) => {
      response.writeHead(200, {
        'content-type': url === '/robots.txt' ? 'text/plain' : 'text/html',
        connection: 'close',
      });
      response.end(url === '/robots.txt' ? '' : html('Outer', 'Words.', ['/admin', '/more']).body);
    });
    await new Promise<void>((resolve) => outer.listen(0, '127.0.0.2', resolve));
    const { port } = outer.address() as { port: number };
    const hidden = createServer(({ url = '/' }, response) => {
      inner.push(url);
      response.end('inner');
    });
    await new Promise<void>((resolve) => hidden.listen(port, '127.0.0.1', resolve));
    onTestFinished(() => {
      outer.close();
      hidden.close();
    });
    let asked = 0;
    const lookup = ((_name: string, _options: unknown, callback: (error: null, all: unknown) => void) => {
      asked += 1;
      // As an attacker's name server answers: good for the rules and the start, the inner address afterwards.
      callback(null, [{ address: asked <= 2 ? '127.0.0.2' : '127.0.0.1', family: 4 }]);
    }) as unknown as typeof systemLookup;
    const { visit } = startCrawler([], { lookup, refused });
    const { items } = await visit({ address: `http://rebind.example:${port}/` });
    expect(items.map(({ state }) => state)).toEqual(['added', 'failed', 'failed']);
    expect(items.slice(1).map(({ code }) => code)).toEqual(['page_address_refused', 'page_address_refused']);
    expect(inner).toEqual([]);
  });
});
