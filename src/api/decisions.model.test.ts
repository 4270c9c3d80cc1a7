import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Answer, AnswerEvent } from '../answer/answer-types.ts';
import type { AnswerTrace } from '../answer/trace/trace-types.ts';
import type { SourceFile } from '../ingest/ingest-types.ts';
import { createHttpClient, type HttpClient } from '../testing/http-client.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

let server: TestServer;
let client: HttpClient;
beforeAll(async () => {
  server = await startTestServer();
  client = createHttpClient(server);
});
afterAll(() => server.close());

const HIRE = {
  question: 'How much is glider hire?',
  choices: ['Glider hire in Norwood', 'Glider hire in Southwood'],
  reply: 'Southwood please',
  title: 'Glider hire in Southwood',
};
async function* hirePages(): AsyncGenerator<SourceFile> {
  for (const [place, price] of [
    ['Norwood', 35],
    ['Southwood', 48],
  ]) {
    const text = `# Glider hire in ${place}\n\nGlider hire in ${place} costs €${price} a day.\n`;
    const name = `${String(place).toLowerCase()}.md`;
    yield { source: `hire/${name}`, name, bytes: new TextEncoder().encode(text) };
  }
}

const answerIn = (events: AnswerEvent[]): Answer => {
  const end = events.find((event) => event.type === 'answer-end');
  if (end?.type !== 'answer-end') throw new Error('the answer has no end');
  return end.answer;
};
async function traceOf({ message_id, conversation_id }: Answer): Promise<AnswerTrace> {
  const { body } = await client.call('GET', `/api/v1/messages/${message_id}/trace`, { key: server.adminKey });
  expect(JSON.stringify(body)).not.toContain(conversation_id);
  return body.trace as AnswerTrace;
}

describe('how an answer came about', () => {
  let events: AnswerEvent[];
  let answer: Answer;
  let trace: AnswerTrace;
  beforeAll(async () => {
    events = await client.stream('How long can I return unworn goods?', { mode: 'generated' });
    answer = answerIn(events);
    trace = await traceOf(answer);
  });

  it('is told to staff alone', async () => {
    const path = `/api/v1/messages/${answer.message_id}/trace`;
    expect((await client.call('GET', path)).status).toBe(401);
    expect((await client.call('GET', path, { key: 'guessed' })).status).toBe(401);
    expect(
      (await client.call('GET', '/api/v1/messages/nothing/trace', { key: server.adminKey })).body,
    ).toMatchObject({
      error: { code: 'trace_not_found' },
    });
    expect((await client.call('GET', '/api/v1/decisions/preview')).status).toBe(401);
  });

  it('holds the whole path: searches, scores, prompt, sentences with checks, decision, versions', () => {
    const [part] = trace.parts;
    expect(trace.question.text).toBe('How long can I return unworn goods?');
    expect(trace.stages.map(({ stage }) => stage)).toEqual(
      expect.arrayContaining(['preprocess', 'intent', 'live', 'retrieve', 'rerank', 'generate', 'verify']),
    );
    expect(part!.candidates.length).toBeGreaterThan(5);
    expect(part!.candidates[0]).toMatchObject({
      reranked: { rank: 1 },
      fused: { rank: expect.any(Number) as number },
    });
    expect(part!.drafts[0]!.prompt.user).toContain('Question: How long can I return unworn goods?');
    const sentences = part!.drafts.flatMap((draft) => draft.sentences);
    expect(sentences.length).toBeGreaterThan(0);
    for (const { shown, why, checks } of sentences) {
      expect(shown).toBe(why === 'shown');
      if (shown) expect(checks.at(-1)).toMatchObject({ rules: 'held' });
    }
    expect(trace.decision).toMatchObject({
      outcome: answer.outcome,
      thresholds: { decline: expect.any(Number) as number },
    });
    expect(trace.compute.map(({ model }) => model)).toEqual(
      expect.arrayContaining(['embedder', 'intents', 'reader', 'generator']),
    );
    expect(trace.compute_seconds).toBeGreaterThan(0);
    expect(trace.versions).toMatchObject({ reader: expect.stringMatching(/@[0-9a-f]{64}$/) as string });
  });

  it('reaches customers by no route and no event', async () => {
    const { body: conversation } = await client.call(
      'GET',
      `/api/v1/conversations/${answer.conversation_id}`,
    );
    const whole = await client.ask('How long is the warranty for tents?');
    const seen = [...events, conversation, whole].map((one) => JSON.stringify(one)).join('\n');
    const inside = [
      trace.parts[0]!.drafts[0]!.prompt.system,
      ...Object.values(trace.versions).filter(
        (version) => typeof version === 'string' && version.includes('@'),
      ),
    ];
    for (const secret of inside) expect(seen).not.toContain(JSON.stringify(secret).slice(1, -1));
    const names = [
      'candidates',
      'thresholds',
      'signals',
      'prompt',
      'compute',
      'verifier',
      'trace',
      'relevance',
    ];
    for (const name of names) expect(seen).not.toContain(`"${name}"`);
    // The same words are in what staff are told, so that this test would find them.
    const told = JSON.stringify(trace);
    for (const name of names.filter((one) => one !== 'trace')) expect(told).toContain(`"${name}"`);
  });

  it('is tied to what the customer said of it', async () => {
    const path = `/api/v1/conversations/${answer.conversation_id}/feedback`;
    await client.call('POST', path, {
      body: { message_id: answer.message_id, rating: -1, comment: 'Too short.' },
    });
    const { body } = await client.call('GET', `/api/v1/messages/${answer.message_id}/trace`, {
      key: server.adminKey,
    });
    expect(body.feedback).toMatchObject({ rating: -1, comment: 'Too short.' });
  });

  it('says when an answer was kept and served again', async () => {
    // Kept answers rest on the catalogue's vectors too, which are made behind the start.
    await server.app.refreshProducts();
    const ask = () => client.ask('How long can I return unworn goods?', { mode: 'generated' });
    // While something is still being indexed behind the start, answers from before it are not kept.
    const again = await vi.waitUntil(
      async () => {
        const one = await ask();
        return one.mode === 'cached' && one;
      },
      { timeout: 60_000, interval: 100 },
    );
    expect((await traceOf(again)).replayed).toBe(true);
  });
});

describe('a conversation', () => {
  it('hands the second question without an answer to a person, and says why', async () => {
    const first = await client.ask('Which thread colours can I choose for our embroidered logo?');
    expect(first.outcome).toBe('declined');
    const events = await client.stream('What colour is the carpet in your Ashford shop?', {
      conversation_id: first.conversation_id,
    });
    expect(answerIn(events).outcome).toBe('handed_off');
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'handover-start', reason: 'missing_knowledge' }),
    );
    expect((await traceOf(answerIn(events))).decision).toMatchObject({
      rule: 'not_found_again',
      reason: 'missing_knowledge',
    });
  });

  it('does not put the same question twice: a person then', async () => {
    const first = await client.ask('Where is my order?');
    expect(first.outcome).toBe('clarify');
    const more = { conversation_id: first.conversation_id };
    // The number alone is progress: now for the e-mail address.
    const second = await client.ask('MO-104281', more);
    expect(second.outcome).toBe('clarify');
    expect(second.answer).not.toBe(first.answer);
    const events = await client.stream('MO-104281', more);
    expect(answerIn(events).outcome).toBe('handed_off');
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'handover-start', reason: 'pending_clarification' }),
    );
  });

  it('asks which one is meant, and understands a choice and free words', async () => {
    for await (const outcome of server.app.ingest(hirePages())) expect(outcome.status).toBe('added');
    const first = await client.ask(HIRE.question);
    expect(first).toMatchObject({ outcome: 'clarify', citations: [] });
    expect(first.quick_replies).toEqual(expect.arrayContaining(HIRE.choices));
    const second = await client.ask(HIRE.reply, { conversation_id: first.conversation_id });
    expect(second.outcome).toMatch(/^answered/);
    expect(second.citations[0]!.title).toBe(HIRE.title);
    const trace = await traceOf(second);
    expect(trace.question).toMatchObject({ text: HIRE.reply, chosen: HIRE.title });
  });
});

describe('the preview of error rates', () => {
  it('shows what each setting does to the questions that confidence was fitted on', async () => {
    const { status, body } = await client.call('GET', '/api/v1/decisions/preview', { key: server.adminKey });
    expect(status).toBe(200);
    expect(body.questions).toBeGreaterThan(100);
    expect(body.rows[0]).toMatchObject({ most_wrong_answers: 0, promised: null });
    const answered = body.rows
      .slice(1)
      .map((row: { answered: { share: number } }) => row.answered.share) as number[];
    expect([...answered].sort((left, right) => left - right)).toEqual(answered);
  });
});
