import { createServer, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApp } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import type { Bench } from './bench-types.ts';
import { createTextGenerator } from './generate-text.ts';
import { round, timed } from './measure.ts';
import { seedText } from './shop-files.ts';

const WORDS = [150, 300, 80, 220];

export const benchSites: Bench = {
  name: 'sites',
  about: 'web pages a minute of a site served on this machine, first visit and second (--size PAGES)',
  run: async ({ quick, size, signal, say }) => {
    const pages = size ?? (quick ? 60 : 600);
    const site = await serveSite(pages);
    const folder = await mkdtemp(join(tmpdir(), 'answerbox-sites-'));
    const { port } = site.address() as AddressInfo;
    try {
      const { config } = loadConfig({ environment: {}, file: join(folder, 'none.json') });
      const app = await openApp({
        ...config,
        data_dir: folder,
        demo: false,
        generator: 'none',
        crawl_private_hosts: `127.0.0.1:${port}`,
      });
      try {
        const rows = [];
        for (const visit of ['first visit', 'second visit']) {
          say(`sites: ${visit}`);
          const { result: job, ms } = await timed(async () => {
            const { jobId } = await app.visits.visitSite({ address: `http://127.0.0.1:${port}/`, pages });
            for (;;) {
              const found = (await app.jobs.getJob(jobId))!;
              if (found.finishedAt !== null) return found;
              if (signal.aborted) throw new Error('cancelled');
              await new Promise((resolve) => setTimeout(resolve, 100));
            }
          });
          const { added = 0, changed = 0, unchanged = 0, failed = 0 } = job.counts;
          const read = added + changed + unchanged;
          const rate = round((read * 60_000) / ms, 0);
          rows.push({ visit, pages: read, failed, embedded: job.chunksEmbedded, pages_per_minute: rate });
        }
        return {
          rows,
          notes: ['from the first request to the last searchable page; at most 600 are asked for a minute'],
        };
      } finally {
        await app.close();
      }
    } finally {
      site.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** Pages that link to ten further ones each, with an ETag. */
async function serveSite(pages: number): Promise<Server> {
  const generator = createTextGenerator(await seedText(), 5);
  const bodies = Array.from({ length: pages }, (_, place) => {
    const { title, text } = generator.document(WORDS[place % WORDS.length]!);
    const links = Array.from({ length: 10 }, (_one, link) => place * 10 + link + 1).filter(
      (one) => one < pages,
    );
    const nav = links.map((one) => `<a href="/page/${one}">page ${one}</a>`).join(' ');
    return `<!doctype html><title>${title}</title><nav>${nav}</nav><main><h1>${title}</h1><p>${text}</p></main>`;
  });
  const server = createServer((request, response) => {
    const place = Number(/^\/page\/(\d+)$/.exec(request.url ?? '')?.[1] ?? (request.url === '/' ? 0 : -1));
    const body = bodies[place];
    const etag = `"${place}"`;
    if (body === undefined) return void response.writeHead(404).end();
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', etag }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
