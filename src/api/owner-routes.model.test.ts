import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHttpClient, type HttpClient } from '../testing/http-client.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

let server: TestServer;
let http: HttpClient;
const call = (method: string, path: string, body?: unknown) =>
  http.call(method, path, { key: server.adminKey, ...(body !== undefined && { body }) });

const DOCUMENTS = ['workshop/resoling.md', 'returns/returns-web-shop.md', 'contact/opening-hours.html'];

// Three documents instead of the demo shop, and no generator: what is tested here needs neither.
beforeAll(async () => {
  server = await startTestServer({ config: { demo: false, generator: 'none' } });
  http = createHttpClient(server);
  const documents = DOCUMENTS.map((path) => ({
    source: path,
    name: path,
    text: readFileSync(new URL(`../../data/shop/documents/${path}`, import.meta.url), 'utf8'),
  }));
  const { body } = await call('POST', '/api/v1/documents', { documents });
  await http.finishJob(body.job_id);
}, 600_000);
afterAll(() => server?.close());

it('documents are looked for, counted, cut into passages, and said to be something else', async () => {
  const list = (await call('GET', '/api/v1/documents?words=resoling&limit=5')).body;
  expect(list.total).toBe(1);
  const [document] = list.documents;
  const { chunks } = (await call('GET', `/api/v1/documents/${document.id}/chunks`)).body;
  const { text } = (await call('GET', `/api/v1/documents/${document.id}`)).body;
  expect(chunks).toHaveLength(document.chunks);
  for (const chunk of chunks) expect(text.slice(chunk.start, chunk.end)).toBe(chunk.text);
  const address = `/api/v1/documents/${document.id}`;
  const scope = { category: 'Repairs', audience: 'staff', owner: 'Mara', valid_until: '2031-01-31' };
  const changed = await call('PATCH', address, scope);
  expect(changed.status).toBe(202);
  const job = await http.finishJob(changed.body.job_id);
  expect(job).toMatchObject({ state: 'completed', chunks_embedded: 0 });
  expect((await call('GET', address)).body).toMatchObject({
    ...{ category: 'repairs', audience: 'staff', owner: 'Mara', valid_until: '2031-02-01T00:00:00.000Z' },
    title: document.title,
  });
  expect((await call('GET', `${address}/versions`)).body.versions).toEqual([]);
  const { audiences, categories } = (await call('GET', '/api/v1/documents/facets')).body;
  expect(audiences.staff).toBe(1);
  expect(categories.repairs).toBe(1);
  const staff = (await call('GET', '/api/v1/documents?audience=staff')).body;
  expect(staff.documents.map(({ id }: { id: string }) => id)).toEqual([document.id]);
  expect((await call('PATCH', address, { language: '??' })).body.error.code).toBe('document_scope_invalid');
  expect((await call('PATCH', address, { colour: 'red' })).status).toBe(400);
  await http.finishJob((await call('PATCH', address, { audience: null, valid_until: null })).body.job_id);
  expect((await call('GET', address)).body).toMatchObject({ audience: 'public', category: 'repairs' });
  expect((await call('GET', '/api/v1/documents/limits')).body).toMatchObject({ document_bytes: 20_000_000 });
});

it('files of a folder keep their paths, so that equal names are two documents', async () => {
  const form = new FormData();
  form.append('file', new File(['# Left\nThe left lock is opened with key 17.'], 'locks/left/note.md'));
  form.append('file', new File(['# Right\nThe right lock is opened with key 23.'], 'locks/right/note.md'));
  const { body } = await http.call('POST', '/api/v1/documents', { key: server.adminKey, body: form });
  const job = await http.finishJob(body.job_id);
  expect(job.items.map(({ source, state }: Record<string, string>) => `${source} ${state}`)).toEqual([
    'upload:locks/left/note.md added',
    'upload:locks/right/note.md added',
  ]);
});

it('why a document is not found: what excludes it, how far it came, what it lacked', async () => {
  const find = async (words: string) =>
    (await call('GET', `/api/v1/documents?words=${words}`)).body.documents[0].id as string;
  const why = async (query: string, document_id: string, filter?: object) =>
    (await call('POST', '/api/v1/search/why-not', { query, document_id, ...(filter && { filter }) })).body;
  const resoling = await find('resoling');
  const read = await why('How much does it cost to resole boots?', resoling);
  expect(read).toMatchObject({ verdict: 'read', excluded_by: null });
  expect(read.reranked_rank).toBeLessThanOrEqual(6);
  expect(read.relevance).toBeGreaterThan(0.5);
  const far = await why('What are your opening hours on Sunday?', resoling);
  expect(far.verdict).not.toBe('read');
  expect(far.vector.score).toBeLessThan(read.vector.score);
  expect(far.passage.text.length).toBeGreaterThan(10);
  const excluded = await why('resoling', resoling, { audiences: ['staff'] });
  expect(excluded).toMatchObject({ verdict: 'excluded', excluded_by: 'audience', passage: null });
  const missing = { query: 'x', document_id: 'none' };
  expect((await call('POST', '/api/v1/search/why-not', missing)).status).toBe(404);
});

it('an asked question becomes a test question by one call, and none again', async () => {
  const answer = await http.ask('How long can I return unworn goods?');
  const { questions } = (await call('GET', '/api/v1/knowledge/questions?limit=1')).body;
  expect(questions).toMatchObject([
    { message_id: answer.message_id, outcome: answer.outcome, tested: false, rating: null },
  ]);
  expect(questions[0].documents[0].id).toBe(answer.citations[0]!.document_id);
  const made = await call('POST', '/api/v1/knowledge/regression-questions', {
    message_id: answer.message_id,
  });
  expect(made).toMatchObject({ status: 201, body: { q: 'How long can I return unworn goods?' } });
  const tests = (await call('GET', '/api/v1/knowledge/regression-questions')).body.questions;
  expect(tests).toEqual([made.body]);
  expect((await call('GET', '/api/v1/knowledge/questions')).body.questions[0].tested).toBe(true);
  const gone = { question: made.body.q };
  expect((await call('DELETE', '/api/v1/knowledge/regression-questions', gone)).status).toBe(204);
  expect((await call('DELETE', '/api/v1/knowledge/regression-questions', gone)).status).toBe(404);
  const unknown = await call('POST', '/api/v1/knowledge/regression-questions', { message_id: 'nothing' });
  expect(unknown.status).toBe(404);
});

it('the error rate holds from the next question on, and the preview knows it', async () => {
  const before = (await call('GET', '/api/v1/settings')).body;
  expect(before.error_rate).toEqual({ rate: 0, from: 'configuration' });
  expect(before.settings.find(({ key }: { key: string }) => key === 'host').value).toBe('127.0.0.1');
  const name = server.app.answerTools.confidence.name;
  const set = await call('PUT', '/api/v1/settings/error-rate', { rate: 0.02 });
  expect(set.body.error_rate).toEqual({ rate: 0.02, from: 'console' });
  expect(server.app.answerTools.confidence.name).not.toBe(name);
  expect((await call('GET', '/api/v1/decisions/preview')).body.most_wrong_answers).toBe(0.02);
  expect((await call('PUT', '/api/v1/settings/error-rate', { rate: 0.9 })).status).toBe(400);
  const back = await call('DELETE', '/api/v1/settings/error-rate');
  expect(back.body.error_rate).toEqual({ rate: 0, from: 'configuration' });
  expect(server.app.answerTools.confidence.name).toBe(name);
});

it('weights of the search are tried on one, then hold for all, and change what was kept', async () => {
  const query = 'How long can I return unworn goods?';
  const search = async (settings?: Record<string, number>) => {
    const { body, status } = await call('POST', '/api/v1/search', { query, ...(settings && { settings }) });
    return { status, first: body.results?.[0]?.scores };
  };
  const { in_force: before, defaults, ranges } = (await call('GET', '/api/v1/settings/search')).body;
  expect(before).toEqual(defaults);
  expect(ranges.candidates).toEqual({ minimum: 10, maximum: 200 });
  const shipped = await search();
  expect(shipped.first.fused.score).toBeGreaterThan(shipped.first.vector.score);
  const tried = await search({ keyword_weight: 0 });
  expect(tried.first.fused.score).toBeCloseTo(tried.first.vector.score, 5);
  expect((await search()).first).toEqual(shipped.first);
  expect((await search({ keyword_weight: 7 })).status).toBe(400);

  const versions = await server.app.answerTools.versions();
  const set = await call('PUT', '/api/v1/settings/search', { keyword_weight: 0 });
  expect(set.body).toEqual({ in_force: { ...defaults, keyword_weight: 0 }, defaults, ranges });
  expect((await search()).first).toEqual(tried.first);
  expect(await server.app.answerTools.versions()).not.toBe(versions);
  const second = (await call('PUT', '/api/v1/settings/search', { candidates: 60 })).body.in_force;
  expect(second).toEqual({ ...defaults, keyword_weight: 0, candidates: 60 });
  expect((await search({ sentence_weight: 1 })).first.fused).toEqual(tried.first.fused);
  expect((await call('PUT', '/api/v1/settings/search', { candidates: 10.5 })).status).toBe(400);
  expect((await call('PUT', '/api/v1/settings/search', { colour: 1 })).status).toBe(400);
  expect((await call('DELETE', '/api/v1/settings/search')).body.in_force).toEqual(defaults);
  expect((await search()).first).toEqual(shipped.first);
});

it('models, doctor and live view tell what is', async () => {
  const { models, process, missing } = (await call('GET', '/api/v1/models')).body;
  expect(models.map(({ role }: { role: string }) => role)).toContain('embedder');
  expect(missing).toEqual([]);
  expect(process.state).toBe('ready');
  const verified = (await call('POST', '/api/v1/models/verify')).body;
  expect(verified).toMatchObject({ ok: true, failure: null });
  expect(verified.files.length).toBeGreaterThanOrEqual(models.length);
  const { checks } = (await call('POST', '/api/v1/doctor')).body;
  expect(checks.map(({ code }: { code: string }) => code)).toEqual(expect.arrayContaining(['disk', 'store']));
  expect(checks.find(({ code }: { code: string }) => code === 'store').status).toBe('ok');
  const stream = await http.stream('How long do I have to send unworn goods back?');
  expect(stream.at(-1)!.type).toBe('answer-end');
  expect((await call('GET', '/api/v1/live')).body).toMatchObject({ turns: [], threads: [] });
  expect((await http.call('GET', '/api/v1/live')).status).toBe(401);
});
