import { CohereClient, CohereClientV2, CohereError } from 'cohere-ai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../testing/start-test-server.ts';

const READER = 'answerbox-reader-minilm-l6';
const QUERY = 'How long does delivery take?';
const DOCUMENTS = [
  'Our head office is in Linz.',
  'Delivery takes three to five working days.',
  'Leather boots are resoled by our own cobbler.',
];

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ config: { demo: false } });
});
afterAll(() => server.close());
const connection = () => ({ environment: server.url, token: server.adminKey });

describe('the cohere client', () => {
  it('reranks by version 2', async () => {
    const client = new CohereClientV2(connection());
    const { results, id } = await client.rerank({
      model: READER,
      query: QUERY,
      documents: DOCUMENTS,
      topN: 2,
    });
    expect(id).toMatch(/^[\da-f-]{36}$/);
    expect(results).toHaveLength(2);
    expect(results[0]!.index).toBe(1);
    expect(results[0]!.relevanceScore).toBeGreaterThan(results[1]!.relevanceScore);
  });

  it('reranks by version 1, with objects, their fields, and the documents returned', async () => {
    const client = new CohereClient(connection());
    const documents = DOCUMENTS.map((body, place) => ({ text: `Page ${place}`, body }));
    const { results, meta } = await client.rerank({
      query: QUERY,
      documents,
      rankFields: ['text', 'body'],
      returnDocuments: true,
    });
    expect(meta?.apiVersion?.version).toBe('1');
    expect(results.map(({ index }) => index).sort()).toEqual([0, 1, 2]);
    expect(results[0]).toMatchObject({ index: 1, document: { text: 'Page 1' } });
  });

  it('finds what stands at the end of a long document', async () => {
    const client = new CohereClientV2(connection());
    const long = `${'The workshop is closed on Mondays in winter. '.repeat(40)}${DOCUMENTS[1]}`;
    const { results } = await client.rerank({
      model: READER,
      query: QUERY,
      documents: [DOCUMENTS[0]!, long],
    });
    expect(results[0]!.index).toBe(1);
    expect(results[0]!.relevanceScore).toBeGreaterThan(0.5);
  });

  it.each([
    ['no documents', { documents: [] }, 400],
    ['an empty document', { documents: ['a', ''] }, 400],
    ['another model', { model: 'rerank-v3.5', documents: ['a'] }, 404],
  ])('is told what is wrong with %s', async (_name, more, status) => {
    const client = new CohereClientV2(connection());
    const request = { model: READER, query: QUERY, ...more };
    const error: unknown = await client.rerank(request, { maxRetries: 0 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CohereError);
    expect((error as CohereError).statusCode).toBe(status);
    expect((error as CohereError).body).toMatchObject({ message: expect.any(String) });
  });
});
