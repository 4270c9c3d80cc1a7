import { expect, it, vi } from 'vitest';
import { runTestQuestions } from '../knowledge/run-test-questions.ts';
import { createSqliteHealthStore } from '../stores/sqlite/health-store.ts';
import { startKnowledgeServer } from '../testing/start-knowledge-server.ts';

vi.setConfig({ testTimeout: 60_000 });

it('test questions are kept with their document, asked again, and marked when it is beyond the first five', async () => {
  const server = await startKnowledgeServer(({ database }) => ({
    health: createSqliteHealthStore(database),
  }));
  const { call, over, tools, database } = server;
  const documents = Array.from({ length: 7 }, (_, place) => ({
    title: `Rope ${place}`,
    text: `Rope number ${place} is made of hemp.`,
  }));
  await over((await call('POST', '/api/v1/documents', { documents })).body.job_id);
  const listed = (await call('GET', '/api/v1/documents')).body.documents as { id: string; source: string }[];
  const ask = (question: string, place: number) =>
    call('POST', '/api/v1/knowledge/regression-questions', { question, document_id: listed[place]!.id });
  for (const [question, place] of [
    ['first', 0],
    ['fifth', 4],
    ['sixth', 5],
    ['gone', 6],
  ] as const)
    expect((await ask(question, place)).status).toBe(201);
  await call('DELETE', `/api/v1/documents/${listed[6]!.id}`);

  const health = createSqliteHealthStore(database);
  // Passages in the order of the list; the first document with two of them.
  const ids = [listed[0]!, ...listed].map(({ id }) => id);
  const search = (question: string) => Promise.resolve(question === 'first' ? [] : ids);
  const signal = new AbortController().signal;
  const results = await runTestQuestions({ health, knowledge: tools.knowledge, search }, signal);
  expect(results.map(({ question, place, found }) => [question, place, found])).toEqual([
    ['first', null, false],
    ['fifth', 5, true],
    ['sixth', 6, false],
    ['gone', null, false],
  ]);
  expect(results.at(-1)).toMatchObject({ documentId: null, title: null });
  await expect(
    runTestQuestions({ health, knowledge: tools.knowledge, search }, AbortSignal.abort()),
  ).rejects.toMatchObject({ code: 'cancelled' });
});

it('a search leaves out the documents of other sources', async () => {
  const { call, over, tools } = await startKnowledgeServer();
  const documents = [{ title: 'Rope', text: 'Ropes are made of hemp.' }];
  await over((await call('POST', '/api/v1/documents', { documents })).body.job_id);
  const { knowledge } = tools;
  const left = async (collections: string[]) =>
    (await knowledge.searchKeywords('hemp', 5, await knowledge.excludedChunks({ collections }))).length;
  expect(await left(['documents', 'demo'])).toBe(1);
  expect(await left(['demo'])).toBe(0);
  expect(await left(['documents'])).toBe(1);
});
