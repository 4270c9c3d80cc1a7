import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Answer, AnswerEvent } from '../answer/answer-types.ts';
import { createHttpClient, type HttpClient } from '../testing/http-client.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

let server: TestServer;
let client: HttpClient;
beforeAll(async () => {
  server = await startTestServer();
  client = createHttpClient(server);
});
afterAll(() => server.close());

async function expectVerbatim({ citations }: Answer): Promise<void> {
  for (const { document_id, quote, start, end, title } of citations) {
    const { body } = await client.call('GET', `/api/v1/sources/${document_id}`);
    expect(body.text.slice(start, end)).toBe(quote);
    expect(body.title).toBe(title);
  }
}

const ofType = <Type extends AnswerEvent['type']>(events: AnswerEvent[], type: Type) =>
  events.filter((event): event is Extract<AnswerEvent, { type: Type }> => event.type === type);

describe('the server', () => {
  it('is alive, ready, and has every chunk of the demo shop indexed', async () => {
    expect((await client.call('GET', '/healthz')).body).toEqual({ status: 'ok' });
    const { status, body } = await client.call('GET', '/readyz');
    expect(status).toBe(200);
    expect(body).toMatchObject({ ready: true, models: 'ready' });
    expect(body.documents).toBeGreaterThan(80);
    expect(body.indexed).toBe(body.chunks);
  });

  it('tells who answers', async () => {
    const { body } = await client.call('GET', '/api/v1/shop');
    expect(body).toMatchObject({
      name: expect.stringMatching(/\w/),
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
    expect(body.suggested_questions.length).toBeGreaterThan(0);
  });

  it('finds passages, with every stage that ranked them', async () => {
    const { body } = await client.call('POST', '/api/v1/search', {
      body: { query: 'return shoes', limit: 3 },
      key: server.adminKey,
    });
    expect(body.results).toHaveLength(3);
    expect(body.keywords_only).toBe(false);
    const [best] = body.results;
    expect(best.text).toMatch(/return/i);
    expect(best.scores.reranked.rank).toBe(1);
    expect(best.scores.relevance).toBeGreaterThan(0);
    const source = await client.call('GET', `/api/v1/sources/${best.document_id}`);
    expect(source.body.text.slice(best.start, best.end)).toBe(best.text);
  });
});

describe('a question', () => {
  it('is answered with quotes that are slices of the documents', async () => {
    const answer = await client.ask('How long can I return unworn goods?');
    expect(answer).toMatchObject({ outcome: 'answered', language: 'en' });
    expect(answer.answer).toContain('60 days');
    expect(answer.citations.length).toBeGreaterThan(0);
    await expectVerbatim(answer);
    expect(answer.timings_ms.total).toBeGreaterThan(0);
  });

  it.each(['extractive', 'generated'])(
    'streams its answer, %s: what is shown is what was kept',
    async (mode) => {
      const response = await client.openStream('How long does delivery to Austria take?', { mode });
      expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
      expect(response.headers.get('server-timing')).toMatch(/^total;dur=/);
      await response.body?.cancel();
      const events = await client.stream('How long does delivery to Austria take?', { mode });
      expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, place) => place + 1));
      const types = events.map(({ type }) => type);
      expect(types[0]).toBe('answer-start');
      expect(types.indexOf('text-delta')).toBeGreaterThan(0);
      expect(types.indexOf('answer-end')).toBe(types.length - 1);
      const answer = ofType(events, 'answer-end')[0]!.answer;
      expect(
        ofType(events, 'text-delta')
          .map(({ text }) => text)
          .join(''),
      ).toBe(answer.answer);
      expect(ofType(events, 'citation-add').map(({ citation }) => citation)).toEqual(answer.citations);
      await expectVerbatim(answer);
    },
  );

  it('is shown verbatim when it is extractive', async () => {
    const answer = await client.ask('How much does it cost to resole leather boots?', { mode: 'extractive' });
    expect(answer.mode).toBe('extractive');
    const shown = answer.citations.map(({ quote, index }) => `${quote} [${index}]`).join(' ');
    expect(answer.answer).toBe(shown);
  });

  it('is answered from memory the second time, with the same citations', async () => {
    // What is still being indexed behind the start counts as a change: an answer from before it is not kept.
    await vi.waitFor(
      async () => {
        const first = await client.ask('How do I wash a down jacket?');
        const second = await client.ask('how do i wash a down JACKET');
        expect(second).toMatchObject({
          mode: 'cached',
          answer: first.answer,
          citations: first.citations,
          confidence: first.confidence,
        });
        expect(second.message_id).not.toBe(first.message_id);
      },
      { timeout: 60_000, interval: 100 },
    );
  });

  it('is declined when the documents do not hold the answer', async () => {
    const answer = await client.ask('Who won the football world cup in 1998?');
    expect(answer).toMatchObject({ outcome: 'declined', citations: [] });
  });

  it('for a person is handed over at once, with the ways to reach one', async () => {
    const events = await client.stream('Can I talk to a real person please?');
    expect(ofType(events, 'handover-start')).toHaveLength(1);
    const { answer } = ofType(events, 'answer-end')[0]!;
    expect(answer).toMatchObject({ outcome: 'handed_off', mode: 'curated' });
    expect(answer.answer).toContain((await client.call('GET', '/api/v1/shop')).body.email);
  });
});

describe('a conversation', () => {
  it('is read back in order, takes feedback on its own messages, and is handed over', async () => {
    const first = await client.ask('What are your opening hours?', { metadata: { page: '/contact' } });
    const id = first.conversation_id;
    const second = await client.ask('Do you take cash?', { conversation_id: id });
    expect(second.conversation_id).toBe(id);
    const { body } = await client.call('GET', `/api/v1/conversations/${id}`);
    expect(body.messages.map(({ role }: { role: string }) => role)).toEqual([
      'customer',
      'assistant',
      'customer',
      'assistant',
    ]);
    expect(body.messages[0].text).toBe('What are your opening hours?');
    expect(body.messages[1]).toMatchObject({
      id: first.message_id,
      text: first.answer,
      answer: { citations: first.citations },
    });

    const feedback = (message_id: string, rating: unknown) =>
      client.call('POST', `/api/v1/conversations/${id}/feedback`, {
        body: { message_id, rating, comment: 'Thank you' },
      });
    expect((await feedback(first.message_id, 1)).body).toEqual({ stored: true });
    expect((await feedback(first.message_id, 5)).status).toBe(400);
    const other = await client.ask('Do you sell gift cards?');
    expect(await feedback(other.message_id, 1)).toMatchObject({
      status: 404,
      body: { error: { code: 'not_found' } },
    });

    const handover = await client.call('POST', `/api/v1/conversations/${id}/handover`);
    expect(handover.status).toBe(200);
    const after = await client.call('GET', `/api/v1/conversations/${id}`);
    expect(after.body.messages.at(-1)).toMatchObject({ role: 'assistant', text: handover.body.message });
  });
});
