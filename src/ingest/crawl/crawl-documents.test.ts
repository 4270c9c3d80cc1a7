import { zipSync } from 'fflate';
import { expect, it, vi } from 'vitest';
import { startHttpServer } from '../../testing/start-http-server.ts';
import { startKnowledgeServer } from '../../testing/start-knowledge-server.ts';

vi.setConfig({ testTimeout: 120_000 });

it('archives and RTF that a site links to are read as documents, up to the size that is taken', async () => {
  const text = (words: string) => Buffer.from(`---\nowner: Ada\n---\n# Page\n\n${words}`);
  const files: Record<string, [type: string, body: Uint8Array]> = {
    '/a.zip': ['application/zip', zipSync({ 'one.md': text('Quokkas eat leaves.') })],
    '/large.zip': ['application/zip', zipSync({ 'two.md': new Uint8Array(60_000) }, { level: 0 })],
    '/b.rtf': ['application/rtf', Buffer.from('{\\rtf1\\ansi Wombats dig holes.\\par}')],
  };
  const site = await startHttpServer(({ url }, response) => {
    const [type, body] = files[url ?? ''] ?? ['text/html', Buffer.from('')];
    const links = Object.keys(files).map((path) => `<a href="${path}">${path}</a>`);
    const page = `<html><body><main><p>Files of the shop.</p></main>${links.join(' ')}</body></html>`;
    response.writeHead(200, { 'content-type': type }).end(url === '/' ? page : body);
  });
  const { call, over, tools } = await startKnowledgeServer(() => ({}), { crawl_private_hosts: site.host });
  tools.maxDocumentBytes = 50_000;
  const job = await over(
    (await call('POST', '/api/v1/documents', { url: `http://${site.host}/` })).body.job_id,
  );
  expect(job.counts).toMatchObject({ added: 3, failed: 1 });
  expect(job.items.find(({ state }: { state: string }) => state === 'failed').code).toBe('page_too_large');
  for (const word of ['quokkas', 'wombats'])
    expect(await tools.knowledge.searchKeywords(word, 5)).toHaveLength(1);
  // The front matter's owner is the document's, until another one is given.
  const [one] = (await call('GET', '/api/v1/documents?words=one.md')).body.documents;
  expect(one).toMatchObject({ owner: 'Ada' });
  await over((await call('PATCH', `/api/v1/documents/${one.id}`, { owner: 'Ben' })).body.job_id);
  expect((await call('GET', `/api/v1/documents/${one.id}`)).body.owner).toBe('Ben');
});
