import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProcessModelHost } from '../inference/model-client.ts';
import { createHttpClient, waitFor, type HttpClient } from '../testing/http-client.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

/** Questions that the demo shop's documents answer, and what the answers hold. */
const QUESTIONS = [
  ['How long can I return unworn goods?', '60 days'],
  ['How do I reset my password?', 'Forgot password'],
] as const;
const GENERATOR = 'answerbox-generator-135m';

let modelsDir: string;
let server: TestServer;
let client: HttpClient;
beforeAll(async () => {
  // The shipped models, the generator as a copy that can be removed.
  modelsDir = await mkdtemp(join(tmpdir(), 'answerbox-models-'));
  for (const part of ['embedder', 'reader', 'verifier', 'intents'])
    await symlink(resolve('models', part), join(modelsDir, part));
  for (const part of ['manifest.json', 'generator'])
    await cp(resolve('models', part), join(modelsDir, part), { recursive: true });
  server = await startTestServer({ config: { models_dir: modelsDir, stored_answers: false } });
  client = createHttpClient(server);
});
afterAll(async () => {
  await server.close();
  await rm(modelsDir, { recursive: true, force: true });
});

async function askGenerator(signal: AbortSignal): Promise<void> {
  const response = await fetch(`${server.url}/v1/chat/completions`, {
    method: 'POST',
    signal,
    headers: { authorization: `Bearer ${server.adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model: GENERATOR,
      max_tokens: 1000,
      messages: [{ role: 'user', content: 'Write down the numbers from 1 to 1000, one after the other.' }],
    }),
  });
  expect(response.status).toBe(200);
  await response.text();
}

async function expectExtracts(): Promise<void> {
  for (const [question, words] of QUESTIONS) {
    const answer = await client.ask(question);
    expect(answer).toMatchObject({ mode: 'extractive', outcome: expect.stringMatching(/^answered/) });
    expect(answer.answer).toContain(words);
    expect(answer.citations.length).toBeGreaterThan(0);
  }
}

describe('with the generator', () => {
  it('busy, questions are answered by quotations meanwhile', async () => {
    const leaving = new AbortController();
    // Three callers that ask again and again: one writes and two wait, at every moment.
    const callers = Array.from({ length: 3 }, async () => {
      while (!leaving.signal.aborted) await askGenerator(leaving.signal).catch(() => undefined);
    });
    await waitFor('the generator to write', async () => server.app.models.load().texts > 1);
    await expectExtracts();
    expect(server.app.models.load().texts).toBeGreaterThan(0);
    leaving.abort();
    await Promise.all(callers);
    await waitFor('the generator to stop', async () => server.app.models.load().texts === 0);
  });

  it('gone from the disk when the models start again, questions are answered by quotations', async () => {
    await rm(join(modelsDir, 'generator'), { recursive: true });
    process.kill((server.app.models as ProcessModelHost).processId()!, 'SIGKILL');
    await waitFor('the models to be back', async () => {
      const { state, restarts } = server.app.models.health();
      return restarts > 0 && state === 'ready';
    });
    await expectExtracts();
    const { status, body } = await client.call('POST', '/v1/chat/completions', {
      key: server.adminKey,
      body: { model: GENERATOR, messages: [{ role: 'user', content: 'Hi' }] },
    });
    expect([status, body.error.code]).toEqual([500, 'model_missing']);
  });

  it('gone before the start, the server starts and answers by quotations', async () => {
    await server.close();
    server = await startTestServer({ config: { models_dir: modelsDir, stored_answers: false } });
    client = createHttpClient(server);
    await expectExtracts();
    const { body } = await client.call('GET', '/v1/models', { key: server.adminKey });
    expect(body.data.map(({ id }: { id: string }) => id)).not.toContain(GENERATOR);
  });
});
