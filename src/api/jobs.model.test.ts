import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Static } from '@sinclair/typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEventStream } from '../cli/read-event-stream.ts';
import { runCli } from '../testing/run-cli.ts';
import { createHttpClient, waitFor, type HttpClient } from '../testing/http-client.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import type { HEALTH_STATE } from './schemas/health-schema.ts';
import type { JobEvent } from './watch-job.ts';

const PAGES: Record<string, string> = {
  '/': '<main><h1>Moor help</h1><p>Welcome to the help of the moor.</p><a href="/walks">Walks</a></main>',
  '/walks': '<main><h1>Walks</h1><p>Guided bog walks start at the windmill every Sunday at nine.</p></main>',
};

let site: Server;
let origin: string;
let server: TestServer;
let client: HttpClient;
let key: string;

beforeAll(async () => {
  site = createServer(({ url = '/' }, response) => {
    const page = PAGES[url];
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html' }).end(page);
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  server = await startTestServer({ config: { demo: false, crawl_private_hosts: new URL(origin).host } });
  client = createHttpClient(server);
  key = server.adminKey;
});
afterAll(async () => {
  await server.close();
  site.closeAllConnections();
  site.close();
});

const page = (place: number) => ({
  source: `page-${place}`,
  name: `page-${place}.md`,
  text: `# Page ${place}\n\n${`Sentence ${place} about ropes and knots. `.repeat(40)}`,
});

const call = (method: string, path: string, body?: unknown) =>
  client.call(method, path, { key, ...(body !== undefined && { body }) });

async function upload(documents: unknown[]): Promise<string> {
  const { status, body } = await call('POST', '/api/v1/documents', { documents });
  expect(status).toBe(202);
  return body.job_id as string;
}

/** Events from the one after `lastId` on, until `stop` says so. */
async function follow(id: string, lastId: number, stop: (event: JobEvent) => boolean): Promise<JobEvent[]> {
  const broken = new AbortController();
  const response = await fetch(`${server.url}/api/v1/jobs/${id}/events`, {
    headers: { authorization: `Bearer ${key}`, ...(lastId > 0 && { 'last-event-id': String(lastId) }) },
    signal: broken.signal,
  });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const events: JobEvent[] = [];
  for await (const event of readEventStream<JobEvent>(response)) {
    events.push(event);
    if (stop(event)) break;
  }
  broken.abort();
  return events;
}

describe('a job', () => {
  it('is followed over a broken line: every file once, its reason with it, and the end', async () => {
    const id = await upload([
      ...Array.from({ length: 40 }, (_, place) => page(place)),
      { name: 'e.md', text: ' ' },
    ]);
    const first = await follow(id, 0, (event) => event.type === 'item-end');
    expect(first[0]).toMatchObject({ type: 'job-update', job: { id, total: 41 } });
    const last = first.at(-1)!;
    const rest = await follow(id, last.type === 'item-end' ? last.sequence : 0, () => false);
    const ended = [...first, ...rest].filter((event) => event.type === 'item-end');
    expect(ended.map(({ item }) => item.ordinal).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 41 }, (_, n) => n),
    );
    expect(ended.find(({ item }) => item.state === 'failed')?.item).toMatchObject({
      code: 'document_empty',
      message: expect.stringContaining('e.md') as unknown,
    });
    expect(rest.at(-1)).toMatchObject({ type: 'job-end', job: { state: 'completed', done: 41, failed: 1 } });
    const { body } = await call('GET', `/api/v1/jobs/${id}?state=failed`);
    expect(body.items).toHaveLength(1);
    expect(body.bytes_done).toBe(body.bytes);
    // Every one that is over is searchable.
    const { body: found } = await call('POST', '/api/v1/search', {
      query: 'Sentence 17 about ropes',
      limit: 50,
    });
    expect(found.results.map(({ title }: { title: string }) => title)).toContain('Page 17');
  });

  it('is paused, taken up again, cancelled, listed, and says when there is nothing to do', async () => {
    const id = await upload(Array.from({ length: 40 }, (_, place) => page(1000 + place)));
    const paused = await call('POST', `/api/v1/jobs/${id}/pause`);
    expect(paused.body).toMatchObject({ state: 'paused' });
    const { done } = (await call('GET', `/api/v1/jobs/${id}`)).body;
    const other = await client.finishJob(await upload([page(5000)]));
    expect(other.state).toBe('completed');
    expect((await call('GET', `/api/v1/jobs/${id}`)).body).toMatchObject({ state: 'paused', done });
    await call('POST', `/api/v1/jobs/${id}/resume`);
    expect(await client.finishJob(id)).toMatchObject({ state: 'completed', done: 40 });
    expect((await call('POST', `/api/v1/jobs/${id}/pause`)).body.error.code).toBe('job_over');
    expect((await call('POST', `/api/v1/jobs/${id}/retry`)).body.error.code).toBe('job_nothing_to_retry');
    expect((await call('GET', '/api/v1/jobs/nothing/events')).body.error.code).toBe('job_not_found');
    const { body } = await call('GET', '/api/v1/jobs?limit=2');
    expect(body.jobs.map((job: { id: string }) => job.id)).toEqual([other.id, id]);
    const shown = await runCli(['jobs', 'list', '--json'], { dataDir: server.dataDir });
    expect(JSON.parse(shown.stdout).jobs[0].id).toBe(other.id);
    expect((await client.call('GET', '/api/v1/jobs')).status).toBe(401);
  });
});

describe('a site', () => {
  it('is read by its address, found, listed, and removed with its pages; other private ones are refused', async () => {
    const { body } = await call('POST', '/api/v1/documents', { url: origin, every_hours: 24 });
    expect(await client.finishJob(body.job_id)).toMatchObject({
      kind: 'site',
      state: 'completed',
      counts: { added: 2 },
    });
    const { body: found } = await call('POST', '/api/v1/search', { query: 'guided bog walks windmill' });
    expect(found.results[0]).toMatchObject({ title: 'Walks', url: `${origin}/walks` });
    const again = await runCli(['ingest', `${origin}/`, '--json'], { dataDir: server.dataDir });
    expect(JSON.parse(again.stdout)).toMatchObject({ added: 0, unchanged: 2, failed: 0 });
    const { body: list } = await call('GET', '/api/v1/knowledge/sources');
    expect(list.sources).toMatchObject([{ id: body.source_id, address: `${origin}/`, documents: 2 }]);
    expect((await call('DELETE', `/api/v1/knowledge/sources/${body.source_id}`)).body).toEqual({
      removed: 2,
    });
    expect((await call('GET', '/api/v1/knowledge/sources')).body.sources).toEqual([]);

    const refused = await call('POST', '/api/v1/documents', {
      url: origin.replace('127.0.0.1', 'localhost'),
    });
    const job = await client.finishJob(refused.body.job_id);
    expect(job.items[0]).toMatchObject({ state: 'failed', code: 'page_address_refused' });
    const bad = await call('POST', '/api/v1/documents', { url: 'ftp://moor.example' });
    expect(bad.body.error.code).toBe('site_address_invalid');
  });
});

describe('a version', () => {
  it('is listed and brought back', async () => {
    const document = (words: string) => ({
      source: 'hut.md',
      name: 'hut.md',
      text: `# The hut\n\n${words}\n`,
    });
    await client.finishJob(await upload([document('The hut sleeps twelve.')]));
    const job = await client.finishJob(await upload([document('The hut sleeps twenty.')]));
    const id = job.items[0].document_id;
    const { body } = await call('GET', `/api/v1/documents/${id}/versions`);
    expect(body.versions).toMatchObject([{ version: 1, title: 'The hut' }]);
    const restored = await runCli(['documents', 'restore', id, '1', '--json'], { dataDir: server.dataDir });
    expect(JSON.parse(restored.stdout)).toMatchObject({ restored: true });
    expect((await call('GET', `/api/v1/documents/${id}`)).body.text).toContain('twelve');
    const missing = await call('POST', `/api/v1/documents/${id}/versions/9/restore`);
    expect(missing.body.error.code).toBe('version_not_found');
  });
});

describe('the health of the knowledge', () => {
  it('shows what contradicts itself and what is asked in vain, and closes the gap', async () => {
    const rule = (days: number) =>
      `# Returning boots\n\nUnworn boots can be returned within ${days} days of delivery.\n`;
    await client.finishJob(
      await upload([
        { source: 'returns.md', name: 'returns.md', text: rule(30) },
        { source: 'faq.md', name: 'faq.md', text: rule(60) },
      ]),
    );
    const question = 'Do you repair antique harpsichords?';
    expect((await client.ask(question, { mode: 'extractive' })).outcome).toBe('declined');
    expect((await call('POST', '/api/v1/knowledge/health')).status).toBe(202);
    const state = await waitFor('the check', async () => {
      const { body } = await call('GET', '/api/v1/knowledge/health');
      return body.running ? null : (body as Static<typeof HEALTH_STATE>);
    });
    expect(state.failure).toBeNull();
    const quotes = state.report!.contradictions.map(({ one, other }) => `${one.quote} ${other.quote}`);
    expect(quotes.some((text) => text.includes('30 days') && text.includes('60 days'))).toBe(true);
    const gap = state.gaps.find((one) => one.question === question)!;
    expect(gap).toMatchObject({ asked: 1, status: 'open' });
    const text = '# Harpsichords\n\nAntique harpsichords are repaired in our workshop in Leeds.\n';
    const approved = await call('POST', `/api/v1/knowledge/gaps/${gap.id}/approve`, { text });
    expect(await client.finishJob(approved.body.job_id)).toMatchObject({ state: 'completed' });
    const regression = await call('GET', '/api/v1/knowledge/regression-questions');
    expect(regression.body.questions).toEqual([{ q: question, doc_id: `article:${gap.id}` }]);
    const { body: found } = await call('POST', '/api/v1/search', { query: question });
    expect(found.results[0].text).toContain('Leeds');
  });

  it('leaves everything in place after upkeep by hand', async () => {
    const before = (await call('POST', '/api/v1/search', { query: 'antique harpsichords' })).body.results[0];
    const { code, stdout } = await runCli(['maintain', '--json'], { dataDir: server.dataDir });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ seconds: expect.any(Number) as unknown });
    const after = (await call('POST', '/api/v1/search', { query: 'antique harpsichords' })).body.results[0];
    expect(after.text).toBe(before.text);
  });
});
