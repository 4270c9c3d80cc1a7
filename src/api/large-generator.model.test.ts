import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerTrace } from '../answer/trace/trace-types.ts';
import { createHttpClient, waitFor, type HttpClient } from '../testing/http-client.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

/** Asks two things, so each part is one for the larger generator. */
const COMPLEX = 'How long can I return unworn goods, and how much does express delivery in Germany cost?';
const PLAIN = 'How long can I return unworn goods?';
const TEMPLATE = {
  chat: 'model',
  system: [
    'You answer customers of {shop}. {hours}',
    'Use only the numbered passages. Cite them. Else say: {refusal}',
  ],
  user: '{passages}\n\nQuestion: {question}',
  passage: '[{number}] {passage}',
  between_passages: '\n\n',
  refusal: "I can't find that in our documents.",
  stop: ['\nQuestion:'],
};

let folder: string;
let server: TestServer;
let client: HttpClient;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'answerbox-large-'));
  await mkdir(join(folder, 'data', 'prompts'), { recursive: true });
  await writeFile(join(folder, 'data', 'prompts', 'ours.json'), JSON.stringify(TEMPLATE));
  // A second model file with a template and a chat form of its own: the shipped weights under another name.
  await copyFile(resolve('models/generator/answerbox-generator-135m-q4_0.gguf'), join(folder, 'second.gguf'));
  server = await startTestServer({
    dataDir: join(folder, 'data'),
    config: {
      large_generator: join(folder, 'second.gguf'),
      large_generator_template: 'ours',
      large_generator_patience_ms: 60_000,
      generate_timeout_ms: 120_000,
      stored_answers: false,
    },
  });
  client = createHttpClient(server);
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const large = () => server.app.answerTools.writing.large!;

async function draftsOf(question: string): Promise<AnswerTrace['parts'][number]['drafts']> {
  const { message_id: id, outcome } = await client.ask(question);
  expect(outcome).toMatch(/^answered/);
  const { body } = await client.call('GET', `/api/v1/messages/${id}/trace`, { key: server.adminKey });
  const { trace } = body as { trace: AnswerTrace };
  expect(trace.versions.large_generator).toMatch(/^second@/);
  return trace.parts.flatMap(({ drafts }) => drafts);
}

describe('a second generator', () => {
  it('writes what is complex, by its own template; the built-in one writes the rest', async () => {
    await waitFor('the second generator', async () => large().health().state === 'ready');
    const [first, ...others] = await draftsOf(COMPLEX);
    expect(first).toMatchObject({ writer: 'large', chosen: 'parts' });
    expect(first!.generator).toMatch(/^second@/);
    expect(first!.prompt.system).toContain('The store is open');
    expect([first!, ...others].flatMap(({ sentences }) => sentences).length).toBeGreaterThan(0);
    expect(await draftsOf(PLAIN)).toMatchObject([{ writer: 'builtin' }]);
  });

  it('is listed, answers by its own name, and is counted apart', async () => {
    const { body } = await client.call('GET', '/v1/models', { key: server.adminKey });
    expect(body.data.map(({ id }: { id: string }) => id)).toContain('second');
    const { status, body: completion } = await client.call('POST', '/v1/chat/completions', {
      key: server.adminKey,
      body: { model: 'second', max_tokens: 16, messages: [{ role: 'user', content: 'Say hello.' }] },
    });
    expect([status, completion.model]).toEqual([200, 'second']);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toMatch(/answerbox_generated_tokens_total\{generator="large"\} [1-9]/);
    expect(metrics).toMatch(/answerbox_model_call_seconds_count\{operation="generate_large"\} [1-9]/);
  });

  it('is stood in for by the built-in one while it is busy', async () => {
    const leaving = new AbortController();
    const busy = (async () => {
      for await (const event of large().generator.generate(
        { system: 'Count.', user: 'Write down the numbers from 1 to 1000.' },
        { maxTokens: 1_000, signal: leaving.signal },
      ))
        if (event.type === 'end') return;
    })().catch(() => undefined);
    await waitFor('it to write', async () => large().texts() > 0);
    const drafts = await draftsOf(COMPLEX);
    leaving.abort();
    await busy;
    expect(drafts.map(({ chosen }) => chosen)).toContain('large busy');
  });

  it('is stood in for while it is dead, and comes back by itself', async () => {
    process.kill(large().processId()!, 'SIGKILL');
    await waitFor('its end to be seen', async () => large().health().state !== 'ready');
    const drafts = await draftsOf(COMPLEX);
    expect(drafts.length).toBeGreaterThan(0);
    expect(drafts[0]!.writer === 'builtin' || large().health().state === 'ready').toBe(true);
    await waitFor('it to be back', async () => large().health().state === 'ready');
    expect(server.app.faults.list().map(({ part }) => part)).not.toContain('large_generator');
    expect((await draftsOf(COMPLEX))[0]).toMatchObject({ writer: 'large' });
  });

  it('that cannot be read keeps the server from starting, and says what to do', async () => {
    const config = { large_generator: join(folder, 'gone.gguf') };
    await expect(startTestServer({ config })).rejects.toMatchObject({
      code: 'large_generator_unusable',
      message: expect.stringContaining('ANSWERBOX_LARGE_GENERATOR'),
    });
  });
});
