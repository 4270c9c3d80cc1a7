import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerEvent } from '../answer/answer-types.ts';
import { readEventStream } from '../cli/read-event-stream.ts';
import type { ProcessModelHost } from '../inference/model-client.ts';
import { createHttpClient, waitFor, type HttpClient } from '../testing/http-client.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

let server: TestServer;
let client: HttpClient;
beforeAll(async () => {
  server = await startTestServer({ config: { stored_answers: false } });
  client = createHttpClient(server);
});
afterAll(() => server.close());

const modelPid = (): number | null => (server.app.models as ProcessModelHost).processId();
const readiness = () => client.call('GET', '/readyz');

describe.each(['SIGKILL', 'SIGABRT'] as const)('%s to the models in the middle of an answer', (signal) => {
  it('ends the stream with a typed event, and the server heals', async () => {
    const events: AnswerEvent[] = [];
    const response = await client.openStream(
      'How long can I return unworn goods, and how much does it cost to resole leather boots?',
      {
        mode: 'generated',
      },
    );
    for await (const event of readEventStream(response)) {
      events.push(event);
      // The question is being worked on; the models have not said a word yet.
      if (event.type === 'answer-start') process.kill(modelPid()!, signal);
    }
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, place) => place + 1));
    expect(['answer-end', 'error']).toContain(events.at(-1)!.type);
    const last = events.at(-1)!;
    if (last.type === 'error')
      expect(last).toMatchObject({
        code: expect.stringMatching(/^model/),
        request_id: response.headers.get('x-request-id'),
      });

    const away = await waitFor('the server to say that the models are away or back', async () => {
      const { status, body } = await readiness();
      return status === 503 || server.app.models.health().restarts > 0 ? { status, body } : null;
    });
    if (away.status === 503)
      expect(away.body).toMatchObject({ ready: false, models: expect.stringMatching(/restarting|starting/) });
    expect((await client.call('GET', '/healthz')).status).toBe(200);

    await waitFor('the models to be back', async () => (await readiness()).status === 200);
    expect(
      (await client.ask('How long can I return unworn goods?', { mode: 'extractive' })).answer,
    ).toContain('60 days');
  });
});

describe('while the models are away', () => {
  it('says so, finds by keywords, tells the asker to come back, and keeps what it knows', async () => {
    // Killed again at every start until the breaker opens: from then on they stay away for half a minute.
    await waitFor('the models to be given a rest', async () => {
      const pid = modelPid();
      if (pid !== null) process.kill(pid, 'SIGKILL');
      return server.app.models.health().state === 'failed';
    });
    expect(await readiness()).toMatchObject({ status: 503, body: { ready: false, models: 'failed' } });
    const search = await client.call('POST', '/api/v1/search', {
      body: { query: 'unworn goods from the web shop' },
      key: server.adminKey,
    });
    expect(search).toMatchObject({ status: 200, body: { keywords_only: true } });
    expect(search.body.results[0].text).toMatch(/unworn/i);
    const chat = await client.call('POST', '/api/v1/chat', {
      body: { message: 'How long can I return unworn goods?' },
    });
    if (chat.status === 200) expect(chat.body.citations.length).toBeGreaterThan(0);
    else {
      expect(chat).toMatchObject({ status: 503, body: { error: { code: 'models_unavailable' } } });
      expect(Number(chat.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    const upload = await client.call('POST', '/api/v1/documents', {
      body: { documents: [{ text: '# Kites\n\nKites are lent on Sundays.' }] },
      key: server.adminKey,
    });
    expect(upload.status).toBe(202);
    await waitFor('the models to be back', async () => (await readiness()).status === 200);
    expect(await client.finishJob(upload.body.job_id)).toMatchObject({ state: 'completed', failed: 0 });
    expect((await client.ask('When are kites lent?', { mode: 'extractive' })).answer).toContain('Sundays');
  });
});

describe('an asker who leaves in the middle of an answer', () => {
  it('frees the models; the answer is not made to its end', async () => {
    const leaving = new AbortController();
    const response = await client.openStream(
      'How long does delivery take, and what does it cost?',
      { mode: 'generated' },
      leaving.signal,
    );
    let conversation = '';
    await expect(async () => {
      for await (const event of readEventStream(response)) {
        if (event.type === 'answer-start') conversation = event.conversation_id;
        leaving.abort();
      }
    }).rejects.toThrow('aborted');
    await waitFor('the models to be free', async () => {
      const { waiting, running } = server.app.models.load();
      return waiting + running === 0;
    });
    const { body } = await client.call('GET', `/api/v1/conversations/${conversation}`);
    expect(body.messages.map(({ role }: { role: string }) => role)).toEqual(['customer']);
    expect(
      (await client.ask('How long can I return unworn goods?', { mode: 'extractive' })).answer,
    ).toContain('60 days');
  });
});
