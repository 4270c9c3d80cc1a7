import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyFormat } from '../testing/files/every-format.ts';
import { createHttpClient, type HttpClient } from '../testing/http-client.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';
import type { FileOutcome } from './ingest-types.ts';
import { readSources } from './read-sources.ts';

const samples = everyFormat();
let folder: string;
let server: TestServer;
let client: HttpClient;
let outcomes: FileOutcome[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'answerbox-formats-'));
  await mkdir(join(folder, 'deep'));
  for (const [index, { name, bytes }] of samples.entries())
    await writeFile(join(folder, index % 2 === 0 ? '' : 'deep', name), bytes);
  server = await startTestServer();
  client = createHttpClient(server);
  outcomes = await ingestFolder();
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function ingestFolder(): Promise<FileOutcome[]> {
  const found: FileOutcome[] = [];
  for await (const outcome of server.app.ingest(readSources([folder]))) found.push(outcome);
  return found;
}

describe('a folder with every format, beside the demo shop', () => {
  it('is read whole, and not again while it stays as it is', async () => {
    expect(outcomes.map(({ status }) => status)).toEqual(samples.map(() => 'added'));
    expect((await ingestFolder()).map(({ status }) => status)).toEqual(samples.map(() => 'unchanged'));
  });

  it.each(samples.flatMap(({ name, facts }) => facts.map((fact) => [name, fact.question, fact] as const)))(
    '%s: %s',
    async (name, query, { answer, page, part }) => {
      const { body } = await client.call('POST', '/api/v1/search', {
        body: { query, limit: 3 },
        key: server.adminKey,
      });
      const hit = body.results.find(({ text }: { text: string }) => text.includes(answer));
      expect(
        hit,
        `${name}: ${JSON.stringify(body.results.map((one: { text: string }) => one.text.slice(0, 80)))}`,
      ).toBeDefined();
      // The page of the fact itself is held by the parser's test; a passage may hold several small ones.
      if (page === undefined) expect(hit.page).toBeNull();
      else expect(hit.page <= page && page <= hit.last_page, `${hit.page} to ${hit.last_page}`).toBe(true);
      const { body: document } = await client.call('GET', `/api/v1/documents/${hit.document_id}`, {
        key: server.adminKey,
      });
      expect(document.source).toContain(part === undefined ? name : `${name}!/${part}`);
      expect(document.text.slice(hit.start, hit.end)).toBe(hit.text);
    },
  );

  it('cites the page of a PDF in an answer', async () => {
    const { facts } = samples.find(({ name }) => name === 'lighthouse.pdf')!;
    const pages: (number | undefined)[] = [];
    for (const { question } of facts) {
      const { citations } = await client.ask(question);
      for (const { title, quote, page } of citations) {
        if (title !== 'Lighthouse handbook') continue;
        const right = facts.find(({ answer }) => quote.includes(answer));
        if (right) expect(page).toBe(right.page);
        pages.push(page);
      }
    }
    expect(pages).not.toEqual([]);
    expect(pages).not.toContain(undefined);
  });

  it('gives each original back under its own type and name', async () => {
    for (const { name, bytes } of samples) {
      const found = outcomes.find(({ source }) => source.endsWith(`/${name}`));
      const id = found && 'documentId' in found ? found.documentId : '';
      const response = await fetch(`${server.url}/api/v1/documents/${id}/original`, {
        headers: { authorization: `Bearer ${server.adminKey}` },
      });
      expect(response.headers.get('content-disposition')).toContain(`filename="${name}"`);
      expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    }
  });

  it('lets what was inside an archive go with it', async () => {
    const archive = outcomes.find(({ source }) => source.endsWith('archive.zip')) as { documentId: string };
    const before = (await server.app.knowledge.counts()).documents;
    expect(await server.app.removeDocument(archive.documentId)).toBe(true);
    expect((await server.app.knowledge.counts()).documents).toBe(before - 4);
  });
});
