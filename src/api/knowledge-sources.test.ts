import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { startHttpServer } from '../testing/start-http-server.ts';
import { startKnowledgeServer } from '../testing/start-knowledge-server.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

vi.setConfig({ testTimeout: 60_000 });

/** A site of three pages that are known by their stamps. */
async function startSite() {
  return startHttpServer(({ url, headers }, response) => {
    const page = ['/', '/help/a', '/old/b'].includes(url ?? '');
    const known = page && headers['if-none-match'] === `"${url}"`;
    response.writeHead(known ? 304 : page ? 200 : 404, { 'content-type': 'text/html', etag: `"${url}"` });
    const links = '<a href="/help/a">a</a> <a href="/old/b">b</a>';
    response.end(
      known || !page
        ? ''
        : `<html><body><main><h1>${url}</h1><p>Words of ${url}.</p></main>${links}</body></html>`,
    );
  });
}

it('a site is changed in all that its form says, and what is said of its pages reaches those that did not change', async () => {
  const site = await startSite();
  const server = await startKnowledgeServer(() => ({}), { crawl_private_hosts: site.host });
  const { call, over } = server;
  const made = (await call('POST', '/api/v1/documents', { url: `http://${site.host}/`, language: 'en' }))
    .body;
  expect((await over(made.job_id)).counts).toMatchObject({ added: 3 });
  const path = `/api/v1/knowledge/sources/${made.source_id}`;
  expect((await call('GET', path)).body).toMatchObject({ language: 'en', audience: null, every_hours: null });
  expect((await call('GET', '/api/v1/knowledge/sources')).body.private_hosts).toEqual([site.host]);

  const change = {
    depth: 1,
    pages: 10,
    exclude: ['/old/**'],
    every_hours: 12,
    audience: 'staff',
    language: null,
  };
  const changed = await call('PATCH', path, change);
  expect(changed.status).toBe(200);
  expect(changed.body).toMatchObject({ ...change, include: [] });
  expect(changed.body.next_at).not.toBeNull();
  const job = await over((await call('POST', `${path}/visit`)).body.job_id);
  expect(job.counts).toMatchObject({ changed: 2, removed: 1 });
  const { documents } = (await call('GET', '/api/v1/documents')).body;
  expect(documents.map(({ audience, language }: Record<string, unknown>) => [audience, language])).toEqual([
    ['staff', null],
    ['staff', null],
  ]);
  // What stays the same is asked for by its stamp again.
  const again = await over((await call('POST', `${path}/visit`)).body.job_id);
  expect(again.counts).toMatchObject({ unchanged: 2 });
  expect(site.requests.at(-1)!.headers['if-none-match']).toBeDefined();
  expect((await call('PATCH', path, { every_hours: null })).body).toMatchObject({
    every_hours: null,
    next_at: null,
  });
});

it('a folder keeps its schedule and what is said of it when it is visited; a bad change is refused', async () => {
  const folder = join(temporaryFolder(), 'shop');
  mkdirSync(folder);
  writeFileSync(join(folder, 'page.md'), '# Page\n\nRopes are made of hemp.');
  const { call, over, ingestion } = await startKnowledgeServer();
  const { source, jobId } = await ingestion.visits.visitFolder(folder);
  await over(jobId);
  const path = `/api/v1/knowledge/sources/${source.id}`;
  expect((await call('PATCH', path, { owner: 'Ada', every_hours: 24 })).status).toBe(200);
  await over((await ingestion.visits.visitFolder(folder)).jobId);
  expect((await call('GET', path)).body).toMatchObject({ owner: 'Ada', every_hours: 24 });
  expect((await call('GET', '/api/v1/documents')).body.documents).toMatchObject([{ owner: 'Ada' }]);
  for (const [change, status] of [
    [{ depth: 3 }, 400],
    [{}, 400],
    [{ pages: 0 }, 400],
    [{ valid_until: 'some day' }, 422],
    [{ address: 'https://elsewhere.example/' }, 400],
  ] as const)
    expect([change, (await call('PATCH', path, change)).status]).toEqual([change, status]);
  expect((await call('PATCH', '/api/v1/knowledge/sources/none', { owner: 'Ada' })).status).toBe(404);
});
