import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { text as readAll } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../answer/answer-types.ts';
import { createHttpClient, type HttpClient } from '../testing/http-client.ts';
import { connectSocket, type Received } from '../testing/socket-client.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

let server: TestServer;
let client: HttpClient;
beforeAll(async () => {
  server = await startTestServer();
  client = createHttpClient(server);
});
afterAll(() => server.close());

/** The snippets of the README's section for programs, in a language. */
function snippets(language: string): string[] {
  const readme = readFileSync('README.md', 'utf8');
  const section = readme.split('\n## ').find((part) => part.startsWith('For programs')) ?? '';
  const found = [...section.matchAll(/```(\w+)\n(.*?)```/gs)].filter((match) => match[1] === language);
  return found.map((match) => match[2]!.replaceAll('localhost:8080', new URL(server.url).host));
}

/** What a program prints that is given on its standard input. */
async function outputOf(program: string, words: string[], input: string): Promise<string> {
  const child = spawn(program, words, { env: { ...process.env, ANSWERBOX_KEY: server.adminKey } });
  child.stdin.end(input);
  const [output, complaint] = await Promise.all([readAll(child.stdout), readAll(child.stderr)]);
  expect(complaint).toBe('');
  return output;
}

describe('the README’s snippets', () => {
  it('work: curl', async () => {
    const [snippet] = snippets('sh');
    const completion = JSON.parse(await outputOf('sh', [], snippet!));
    expect(completion.choices[0].message.content).toContain('60 days');
    expect(completion.answerbox.citations.length).toBeGreaterThan(0);
  });

  it('work: the openai client, the WebSocket', async () => {
    const [openai, socket] = snippets('js');
    const node = (code: string) => outputOf(process.execPath, ['--input-type=module'], code);
    expect(await node(openai!)).toMatch(/\[1\][^]*http:\/\/\S+#quote/);
    expect(await node(socket!)).toMatch(/\[1\]/);
  });
});

describe('a WebSocket', () => {
  it('killed in mid-answer goes on, with the real path behind it: nothing lost, nothing twice', async () => {
    const question = {
      type: 'question',
      id: randomUUID(),
      message: 'How much does it cost to resole leather boots, and how long does it take?',
    };
    const first = await connectSocket(server.url);
    first.send(question);
    await first.until('the first events', ({ sequence }) => sequence === 2);
    await first.kill();
    const after = first.received.at(-1).sequence;
    const second = await connectSocket(server.url);
    second.send({ type: 'resume', id: question.id, after });
    const { answer } = (await second.until('the end', ({ type }) => type === 'answer-end')) as {
      answer: Answer;
    };
    const all: Received[] = [...first.received, ...second.received];
    expect(all.map(({ sequence }) => sequence)).toEqual(all.map((_, place) => place + 1));
    const texts = all.filter(({ type }) => type === 'text-delta').map(({ text }) => text);
    expect(texts.join('')).toBe(answer.answer);
    const shown = all.filter(({ type }) => type === 'citation-add').map(({ citation }) => citation);
    expect(shown).toEqual(answer.citations);
    const { body } = await client.call('GET', `/api/v1/conversations/${answer.conversation_id}`);
    expect(body.messages.map(({ id }: { id: string }) => id)).toEqual([question.id, answer.message_id]);
    await second.kill();
  });
});

describe('an answer', () => {
  it('is rated, and counted with every stage that it went through', async () => {
    const { body, headers } = await client.call('POST', '/api/v1/chat', {
      body: { message: 'Which tent is light enough for two in the mountains?' },
    });
    const { conversation_id, message_id, timings_ms } = body as Answer;
    expect(timings_ms.retrieve).toBeGreaterThan(0);
    expect(headers.get('server-timing')).toMatch(/^total;dur=[\d.]+, preprocess;dur=[\d.]+.*retrieve;dur=/);
    const feedback = { rating: -1, category: 'outdated', comment: 'Prices rose.' };
    const path = `/api/v1/conversations/${conversation_id}`;
    const rated = await client.call('POST', `${path}/feedback`, { body: { message_id, ...feedback } });
    expect([rated.status, rated.body]).toEqual([200, { stored: true }]);
    const { body: read } = await client.call('GET', path);
    expect(read.messages.map((message: Received) => message.feedback)).toEqual([null, feedback]);
    for (const bad of [{ category: 'silly' }, { message_id: read.messages[0].id }])
      expect(
        (await client.call('POST', `${path}/feedback`, { body: { message_id, ...feedback, ...bad } })).status,
      ).toBeGreaterThanOrEqual(400);

    const figures = String((await client.call('GET', '/metrics')).body);
    const value = (line: RegExp): number =>
      Number(new RegExp(`^${line.source} (\\S+)$`, 'm').exec(figures)?.[1]);
    for (const stage of ['total', 'preprocess', 'intent', 'live', 'retrieve', 'rerank', 'generate', 'verify'])
      expect(value(new RegExp(`answerbox_stage_seconds_count\\{stage="${stage}"\\}`)), stage).toBeGreaterThan(
        0,
      );
    for (const operation of ['embed', 'read', 'classify', 'generate'])
      expect(
        value(new RegExp(`answerbox_model_call_seconds_count\\{operation="${operation}"\\}`)),
      ).toBeGreaterThan(0);
    expect(value(/answerbox_generated_tokens_total\{generator="builtin"\}/)).toBeGreaterThan(0);
    expect(value(/answerbox_generated_tokens_per_second_count\{generator="builtin"\}/)).toBeGreaterThan(0);
    expect(value(/answerbox_cache_lookups\{cache="embedding",result="miss"\}/)).toBeGreaterThan(0);
    // Sentences of the demo shop wait for a moment after an answer, then nothing does.
    const waiting = async () =>
      /^answerbox_model_queue_length\{state="waiting"\} (\d+)$/m.exec(
        String((await client.call('GET', '/metrics')).body),
      )?.[1];
    await expect.poll(waiting).toBe('0');
    expect(value(/answerbox_answers_running/)).toBe(0);
    expect(value(/answerbox_answers_reused\{how="miss"\}/)).toBeGreaterThan(0);
    expect(value(/answerbox_model_state\{state="ready"\}/)).toBe(1);
    expect(value(/answerbox_feedback_total\{rating="-1",category="outdated"\}/)).toBe(1);
    expect(value(/answerbox_knowledge\{kind="documents"\}/)).toBeGreaterThan(80);
    expect(figures).toMatch(/^answerbox_answers_total\{outcome="answered",mode="\w+"\} [1-9]/m);
    expect(figures).toMatch(/^answerbox_answer_confidence_bucket\{le="0\.9",outcome="answered"\} \d/m);
  });
});
