import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpClient, type HttpClient } from '../testing/http-client.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

let server: TestServer;
let client: HttpClient;
let key: string;
beforeAll(async () => {
  server = await startTestServer();
  client = createHttpClient(server);
  key = server.adminKey;
});
afterAll(() => server.close());

const WAREHOUSE = {
  source: 'handbook/parrots.md',
  name: 'parrots.md',
  text: '# Parrots\n\nOur warehouse parrot is called Bartholomew. He may be visited on Tuesdays between nine and eleven.\n',
};

async function upload(documents: unknown[]) {
  const { status, body } = await client.call('POST', '/api/v1/documents', { body: { documents }, key });
  expect(status).toBe(202);
  return client.finishJob(body.job_id);
}

async function titlesFor(query: string): Promise<string[]> {
  const { body } = await client.call('POST', '/api/v1/search', { body: { query, limit: 20 }, key });
  return body.results.map(({ title }: { title: string }) => title);
}

describe('a document', () => {
  it('comes in, answers, is replaced, and is gone from everywhere when it is deleted', async () => {
    const job = await upload([WAREHOUSE]);
    expect(job).toMatchObject({
      state: 'completed',
      total: 1,
      done: 1,
      failed: 0,
      items: [{ source: WAREHOUSE.source, state: 'added' }],
    });
    const id = job.items[0].document_id;
    expect((await titlesFor('Bartholomew'))[0]).toBe('Parrots');
    const answer = await client.ask('When may the warehouse parrot be visited?');
    expect(answer.answer).toContain('Tuesdays');
    const cited = answer.citations.find(({ document_id }) => document_id === id)!;
    const { body: source } = await client.call('GET', `/api/v1/sources/${id}`);
    expect(source.text.slice(cited.start, cited.end)).toBe(cited.quote);

    expect((await upload([WAREHOUSE])).items[0]).toMatchObject({ state: 'unchanged', document_id: id });
    const changed = await upload([{ ...WAREHOUSE, text: WAREHOUSE.text.replace('Tuesdays', 'Fridays') }]);
    expect(changed.items[0]).toMatchObject({ state: 'changed', document_id: id });
    const later = await client.ask('When may the warehouse parrot be visited?');
    expect(later.answer).toContain('Fridays');
    expect(later.answer).not.toContain('Tuesdays');

    expect((await client.call('DELETE', `/api/v1/documents/${id}`, { key })).status).toBe(204);
    expect(await titlesFor('Bartholomew parrot')).not.toContain('Parrots');
    expect((await client.call('GET', `/api/v1/sources/${id}`)).body.error.code).toBe('document_not_found');
    const gone = await client.ask('When may the warehouse parrot be visited?');
    expect(gone.answer).not.toMatch(/Tuesdays|Fridays/);
    expect(gone.citations.map(({ document_id }) => document_id)).not.toContain(id);
    expect((await client.call('DELETE', `/api/v1/documents/${id}`, { key })).status).toBe(404);
  });

  it('is found by whom it is for, and while it holds', async () => {
    const text =
      '# Bats\n\nThe attic bat of the warehouse is called Ferdinanda. She eats forty moths a night.\n';
    const bats = { source: 'bats.md', name: 'bats.md', text, audience: 'staff', category: 'Animals' };
    const id = (await upload([bats])).items[0].document_id;
    const question = 'How many moths does the attic bat of the warehouse eat a night?';
    const chat = (body: object, as?: string) =>
      client.call('POST', '/api/v1/chat', { body: { message: question, ...body }, ...(as && { key: as }) });
    expect((await chat({})).body.answer).not.toContain('forty');
    expect((await client.call('GET', `/api/v1/sources/${id}`)).body.error.code).toBe('document_not_found');
    const staff = { filter: { audiences: ['public', 'staff'] } };
    expect((await chat(staff)).status).toBe(401);
    expect((await chat(staff, key)).body.answer).toContain('forty');
    expect((await client.call('GET', `/api/v1/sources/${id}`, { key })).status).toBe(200);
    const search = async (filter: object): Promise<string[]> =>
      (
        await client.call('POST', '/api/v1/search', { body: { query: 'attic bat moths', filter }, key })
      ).body.results.map(({ title }: { title: string }) => title);
    expect((await search({ categories: ['animals'] }))[0]).toBe('Bats');
    expect(await search({ audiences: ['public'] })).not.toContain('Bats');

    // Taken back, the answer is everybody's; past its last day, nobody's, though it was stored meanwhile.
    expect((await upload([{ ...bats, audience: null }])).items[0].state).toBe('changed');
    expect((await chat({})).body.answer).toContain('forty');
    await upload([{ ...bats, audience: null, valid_until: '2020-12-31' }]);
    expect((await chat({})).body.answer).not.toContain('forty');
    expect(await search({})).not.toContain('Bats');
    expect((await search({ expired: true }))[0]).toBe('Bats');
    const { body } = await client.call('GET', `/api/v1/documents/${id}`, { key });
    expect(body).toMatchObject({ audience: 'public', category: 'animals', language: null });
    expect(body.valid_until).toMatch(/^20(?:20-12-31|21-01-01)T/);
    const bad = { ...bats, valid_from: 'soon' };
    const refused = await client.call('POST', '/api/v1/documents', { body: { documents: [bad] }, key });
    expect(refused.body.error).toMatchObject({ code: 'document_scope_invalid' });
    await client.call('DELETE', `/api/v1/documents/${id}`, { key });
  });

  it('comes as a form too; a file that cannot be read leaves the others be', async () => {
    const form = new FormData();
    form.append(
      'files',
      new Blob(['# Marmots\n\nMarmots whistle twice before closing time.\n']),
      'marmots.md',
    );
    form.append('files', new Blob([Buffer.from('7f454c46020101000000000000000000', 'hex')]), 'program.md');
    form.append('files', new Blob(['   \n']), 'empty.txt');
    const { status, body } = await client.call('POST', '/api/v1/documents', { body: form, key });
    expect(status).toBe(202);
    const job = await client.finishJob(body.job_id);
    expect(job).toMatchObject({ state: 'completed', total: 3, done: 3, failed: 2 });
    expect(job.items.map(({ state, code }: { state: string; code: string | null }) => code ?? state)).toEqual(
      ['added', 'document_binary', 'document_empty'],
    );
    expect(job.items[1].message).toContain('Save it as PDF, DOCX');
    expect((await titlesFor('marmots whistle'))[0]).toBe('Marmots');
  });

  it('is listed page by page, each once', async () => {
    const seen: string[] = [];
    for (let after: string | undefined; ;) {
      const { body } = await client.call(
        'GET',
        `/api/v1/documents?limit=40${after === undefined ? '' : `&after=${encodeURIComponent(after)}`}`,
        { key },
      );
      if (body.documents.length === 0) break;
      seen.push(...body.documents.map(({ source }: { source: string }) => source));
      after = seen.at(-1);
    }
    const { body } = await client.call('GET', '/readyz');
    expect(seen).toHaveLength(body.documents);
    expect(seen).toEqual([...new Set(seen)].sort());
  });
});

describe('what staff change of a document', () => {
  const OWL = {
    source: 'handbook/owl.md',
    name: 'owl.md',
    text: '# Owl\n\nThe owl of the warehouse is called Minerva and sleeps on the shelf of the head torches all day.\n',
  };

  it('is its text, for customers from the next question on, and refused to whoever was too late', async () => {
    const id = (await upload([OWL])).items[0].document_id;
    const path = `/api/v1/documents/${id}/written`;
    const { body: written } = await client.call('GET', path, { key });
    expect(written.text).toBe(OWL.text);
    const text = OWL.text.replace('Minerva', 'Athena');
    const { status, body } = await client.call('PUT', path, { key, body: { ...written, text } });
    expect(status).toBe(202);
    expect((await client.finishJob(body.job_id)).items[0]).toMatchObject({ state: 'changed' });
    expect((await client.ask('What is the owl of the warehouse called?')).answer).toContain('Athena');
    const { body: document } = await client.call('GET', `/api/v1/documents/${id}`, { key });
    expect(document).toMatchObject({ title: 'Owl', own_text: 'edited', enabled: true, summary: null });
    const late = await client.call('PUT', path, { key, body: { ...written, text: 'Late.' } });
    expect([late.status, late.body.error.code]).toEqual([409, 'document_changed']);
  });

  it('is the file that it is read from', async () => {
    const source = 'handbook/second-owl.md';
    const id = (await upload([{ ...OWL, source }])).items[0].document_id;
    const base64 = Buffer.from('# Owl\n\nThe owl of the warehouse is called Hedwig.\n').toString('base64');
    const path = `/api/v1/documents/${id}/original`;
    const { status, body } = await client.call('PUT', path, { key, body: { name: 'new.md', base64 } });
    expect(status).toBe(202);
    const { items } = await client.finishJob(body.job_id);
    expect(items[0]).toMatchObject({ state: 'changed', document_id: id, source });
    expect((await client.call('DELETE', `/api/v1/documents/${id}`, { key })).status).toBe(204);
  });

  it('is whether it, or a passage of it, is found', async () => {
    const [owl] = (await client.call('GET', '/api/v1/documents?words=owl', { key })).body.documents;
    const { chunks } = (await client.call('GET', `/api/v1/documents/${owl.id}/chunks`, { key })).body;
    const passage = `/api/v1/documents/${owl.id}/chunks/${chunks[0].id}`;
    const set = async (path: string, enabled: boolean) =>
      (await client.call('PUT', `${path}/enabled`, { key, body: { enabled } })).status;
    for (const path of [passage, `/api/v1/documents/${owl.id}`]) {
      expect(await set(path, false)).toBe(204);
      expect(await titlesFor('Athena the owl of the warehouse')).not.toContain('Owl');
      expect((await client.ask('What is the owl of the warehouse called?')).answer).not.toContain('Athena');
      const { body: why } = await client.call('POST', '/api/v1/search/why-not', {
        key,
        body: { query: 'owl', document_id: owl.id },
      });
      expect(why).toMatchObject({ verdict: 'excluded', excluded_by: 'disabled' });
      expect(await set(path, true)).toBe(204);
      expect(await titlesFor('Athena the owl of the warehouse')).toContain('Owl');
    }
    expect(await set(`/api/v1/documents/${owl.id}/chunks/99999999`, false)).toBe(404);
  });

  it('is which of two passages that say the same stays', async () => {
    await upload([{ ...OWL, source: 'handbook/owl-again.md', text: OWL.text.replace('Minerva', 'Athena') }]);
    const groups = async () =>
      (await client.call('GET', '/api/v1/knowledge/duplicates', { key })).body.groups.filter(
        ({ passages: [first] }: { passages: { title: string }[] }) => first!.title === 'Owl',
      );
    const [group] = await groups();
    expect(group).toMatchObject({ similarity: 1, passages: [{ title: 'Owl' }, { title: 'Owl' }] });
    const { document_id: id, chunk_id: passage } = group.passages[1];
    const path = `/api/v1/documents/${id}/chunks/${passage}/enabled`;
    expect((await client.call('PUT', path, { key, body: { enabled: false } })).status).toBe(204);
    expect(await groups()).toEqual([]);
  });
});

describe('a job', () => {
  it('is cancelled where it has not begun', async () => {
    const many = Array.from({ length: 60 }, (_, place) => ({
      ...WAREHOUSE,
      source: `many/${place}`,
      text: `# Page ${place}\n\n${`Sentence ${place} about ropes. `.repeat(60)}`,
    }));
    const { body } = await client.call('POST', '/api/v1/documents', { body: { documents: many }, key });
    expect((await client.call('DELETE', `/api/v1/jobs/${body.job_id}`, { key })).status).toBe(204);
    const job = await client.finishJob(body.job_id);
    expect(job.state).toBe('cancelled');
    const states = job.items.map(({ state }: { state: string }) => state);
    expect(states.filter((state: string) => state === 'cancelled').length).toBeGreaterThan(0);
    expect(new Set(states).size).toBeLessThanOrEqual(2);
  });
});

describe('the demo shop', () => {
  it('is removed whole and leaves what was added', async () => {
    const { body } = await client.call('DELETE', '/api/v1/demo', { key });
    expect(body.removed).toBeGreaterThan(80);
    const { body: list } = await client.call('GET', '/api/v1/documents?limit=1000', { key });
    expect(list.documents.map(({ collection }: { collection: string }) => collection)).not.toContain('demo');
    expect(list.documents.map(({ title }: { title: string }) => title)).toContain('Marmots');
    expect((await client.ask('How long can I return unworn goods?')).outcome).toBe('declined');
  });
});
