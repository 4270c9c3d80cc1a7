import { expect, it, vi } from 'vitest';
import { parseFile } from '../ingest/parse/parse-file.ts';
import { startKnowledgeServer } from '../testing/start-knowledge-server.ts';

vi.setConfig({ testTimeout: 60_000 });

it('reads kept originals again by a job that is followed, and says when nothing fits', async () => {
  const { call, over, tools } = await startKnowledgeServer();
  const documents = [
    { title: 'Ropes', text: '# Ropes\n\nThey are e1even millimetres thick.' },
    { title: 'Page', name: 'page.html', text: '<html><body><p>Knots hold well in rain.</p></body></html>' },
  ];
  await over((await call('POST', '/api/v1/documents', { documents })).body.job_id);
  tools.parser = {
    parse: async (file) => {
      const parsed = await parseFile(file);
      const text = parsed.document.text.replace('e1even', 'eleven');
      return { ...parsed, document: { ...parsed.document, text } };
    },
    close: () => Promise.resolve(),
  };
  const { status, body: job } = await call('POST', '/api/v1/documents/reread', {});
  expect(status).toBe(202);
  expect(job).toMatchObject({ kind: 'reread', total: 2, title: 'Page and 1 more' });
  expect(await over(job.id)).toMatchObject({ state: 'completed', counts: { changed: 1, unchanged: 1 } });
  const [ropes] = (await call('GET', '/api/v1/documents?format=md')).body.documents;
  expect((await call('GET', `/api/v1/documents/${ropes.id}`)).body.text).toContain('eleven');

  const some = await call('POST', '/api/v1/documents/reread', { format: 'html' });
  expect(some.body.total).toBe(1);
  await over(some.body.id);
  expect(
    (await call('POST', '/api/v1/documents/reread', { source: 'documents', ids: [ropes.id] })).body.total,
  ).toBe(1);
  for (const [body, found] of [
    [{ format: 'pdf' }, 400],
    [{ format: 'wine' }, 400],
    [{ ids: ['none'] }, 404],
    [{ source: 'nowhere' }, 400],
    [{ colour: 'red' }, 400],
  ] as const)
    expect((await call('POST', '/api/v1/documents/reread', body)).status).toBe(found);
});
