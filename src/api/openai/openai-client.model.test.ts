import OpenAI, { APIError, AuthenticationError, BadRequestError, NotFoundError } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../answer/answer-types.ts';
import { createHttpClient, waitFor, type HttpClient } from '../../testing/http-client.ts';
import { startTestServer, type TestServer } from '../../testing/start-test-server.ts';

const QUESTION = 'How long can I return unworn goods?';
const GENERATOR = 'answerbox-generator-135m';
const EMBEDDER = 'answerbox-embedder-minilm-l6';

let server: TestServer;
let client: OpenAI;
let http: HttpClient;
beforeAll(async () => {
  server = await startTestServer();
  client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: server.adminKey, maxRetries: 0 });
  http = createHttpClient(server);
});
afterAll(() => server.close());

/** What is given beside OpenAI's own fields. */
const answerOf = (completion: object): Answer => (completion as { answerbox: Answer }).answerbox;
const failureOf = async (work: PromiseLike<unknown>): Promise<APIError> => {
  const error: unknown = await Promise.resolve(work).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(APIError);
  return error as APIError;
};
const ask = (content: string, more: object = {}) =>
  client.chat.completions.create({
    model: 'answerbox',
    messages: [{ role: 'user', content }],
    ...more,
  });

describe('the whole path, by the openai client', () => {
  it('answers with markers in the text, annotations on them, the whole answer and the counts', async () => {
    const completion = await ask(QUESTION);
    const { message, finish_reason } = completion.choices[0]!;
    const answer = answerOf(completion);
    expect(completion).toMatchObject({ object: 'chat.completion', model: 'answerbox' });
    expect(finish_reason).toBe('stop');
    expect(message.content).toBe(answer.answer);
    expect(message.content).toContain('60 days');
    expect(message.annotations!.length).toBeGreaterThan(0);
    for (const { url_citation } of message.annotations!) {
      const marker = message.content!.slice(url_citation.start_index, url_citation.end_index);
      const citation = answer.citations.find(({ index }) => marker === `[${index}]`)!;
      expect(url_citation.title).toBe(citation.title);
      const page = await (await fetch(url_citation.url)).text();
      expect(page).toContain('<mark id="quote">');
      expect(url_citation.url).toMatch(/^http:.*#quote$/);
    }
    const { prompt_tokens, completion_tokens, total_tokens } = completion.usage!;
    expect(prompt_tokens).toBeGreaterThan(5);
    expect(completion_tokens).toBeGreaterThan(5);
    expect(total_tokens).toBe(prompt_tokens + completion_tokens);
  });

  it('streams an answer with its citations and counts, through the client’s own gathering', async () => {
    const stream = client.chat.completions.stream({
      model: 'answerbox',
      messages: [{ role: 'user', content: 'How do I reset my password?' }],
      stream_options: { include_usage: true },
    });
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    const whole = await stream.finalChatCompletion();
    expect(chunks[0]!.choices[0]!.delta).toEqual({ role: 'assistant', content: '' });
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
    expect(chunks.filter(({ choices }) => choices[0]?.finish_reason).length).toBe(1);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: expect.any(Number) } });
    const answer = answerOf(chunks.at(-2)!);
    expect(whole.choices[0]!.message.content).toBe(answer.answer);
    const noted = chunks.flatMap(({ choices }) => {
      const { annotations = [] } = (choices[0]?.delta ?? {}) as { annotations?: { type: string }[] };
      return annotations;
    });
    expect(noted.length).toBeGreaterThan(0);
    expect(noted.every(({ type }) => type === 'url_citation')).toBe(true);
  });

  it('reads what was said before', async () => {
    const messages: OpenAI.ChatCompletionMessageParam[] = [
      { role: 'system', content: 'You are a pirate.' },
      { role: 'user', content: 'How long does delivery to Austria take?' },
      { role: 'assistant', content: 'Three to five working days.' },
      { role: 'user', content: [{ type: 'text', text: 'And to Germany?' }] },
    ];
    const completion = await client.chat.completions.create({ model: 'answerbox', messages });
    const { conversation_id } = answerOf(completion);
    const { body } = await http.call('GET', `/api/v1/conversations/${conversation_id}`);
    expect(body.messages.map(({ text }: { text: string }) => text).slice(0, 3)).toEqual([
      'How long does delivery to Austria take?',
      'Three to five working days.',
      'And to Germany?',
    ]);
    expect(completion.choices[0]!.message.content).toMatch(/German/);
  });

  it('lists its sources in Markdown where it is asked to, and goes on with a conversation', async () => {
    const first = await ask(QUESTION, { citations: 'markdown', mode: 'extractive' });
    expect(first.choices[0]!.message.content).toMatch(/\n\nSources:\n- \\\[1\\\] \[.+\]\(http:.+\)/);
    const { conversation_id } = answerOf(first);
    expect(answerOf(await ask('And worn ones?', { conversation_id })).conversation_id).toBe(conversation_id);
  });

  it('names what it ignores, and takes addresses with too many slashes', async () => {
    const { data, response } = await ask(QUESTION, {
      temperature: 0.7,
      tools: [],
      frequency_penalty: 1,
      user: 'ann',
      unheard_of: true,
    }).withResponse();
    expect(data.choices).toHaveLength(1);
    expect(response.headers.get('x-answerbox-ignored-parameters')).toBe(
      'temperature, tools, frequency_penalty, unheard_of',
    );
    for (const path of ['/v1//models', '/v1/models/', '//v1/models']) {
      expect((await http.call('GET', path, { key: server.adminKey })).status, path).toBe(200);
    }
  });
});

describe('a generator’s own name', () => {
  it('runs that model alone, with its own counts, limits and stop texts', async () => {
    const messages: OpenAI.ChatCompletionMessageParam[] = [
      { role: 'system', content: 'Use only the numbered passages.' },
      {
        role: 'user',
        content:
          '[1] Returns: You can send goods back within 60 days.\n\nQuestion: How long can I return goods?',
      },
    ];
    const request = { model: GENERATOR, messages, temperature: 0 };
    const whole = await client.chat.completions.create(request);
    const text = whole.choices[0]!.message.content!;
    expect(text.length).toBeGreaterThan(0);
    expect(answerOf(whole)).toBeUndefined();
    const short = await client.chat.completions.create({ ...request, max_completion_tokens: 2 });
    expect(short.choices[0]!.finish_reason).toBe('length');
    expect(short.usage!.completion_tokens).toBe(2);
    expect(text.startsWith(short.choices[0]!.message.content!)).toBe(true);
    const word = text.split(' ')[2]!;
    const stopped = await client.chat.completions.create({ ...request, stop: [word] });
    expect(stopped.choices[0]!.message.content).toBe(text.slice(0, text.indexOf(word)));
  });

  it('is free again when its reader leaves', async () => {
    const stream = await client.chat.completions.create({
      model: GENERATOR,
      messages: [
        { role: 'user', content: 'Tell me a long story about boots, one sentence after the other.' },
      ],
      max_completion_tokens: 1000,
      stream: true,
    });
    for await (const chunk of stream) if (chunk.choices[0]?.delta.content) break;
    stream.controller.abort();
    await waitFor('the generator to be free', async () => server.app.models.load().running === 0);
  });

  it('refuses a prompt that it has no room for', async () => {
    const error = await failureOf(ask('boots and shoes '.repeat(2000), { model: GENERATOR }));
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error.code).toBe('context_length_exceeded');
  });
});

describe('the old completions', () => {
  it('answer a prompt, whole and as a stream', async () => {
    const whole = await client.completions.create({ model: 'answerbox', prompt: QUESTION });
    expect(whole.choices[0]!.text).toContain('60 days');
    const stream = await client.completions.create({ model: 'answerbox', prompt: QUESTION, stream: true });
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.text ?? '';
    expect(text).toBe(whole.choices[0]!.text);
  });
});

describe('embeddings', () => {
  it('are the same as floats and in base64, the client’s default', async () => {
    const input = ['Where is my parcel?', 'Wo ist mein Paket?'];
    const decoded = await client.embeddings.create({ model: EMBEDDER, input });
    const floats = await client.embeddings.create({ model: EMBEDDER, input, encoding_format: 'float' });
    expect(floats.data.map(({ index }) => index)).toEqual([0, 1]);
    for (const [place, { embedding }] of floats.data.entries()) {
      expect(embedding).toHaveLength(384);
      expect([...decoded.data[place]!.embedding]).toEqual(embedding);
      expect(Math.hypot(...embedding)).toBeCloseTo(1, 3);
    }
    const [direct] = await server.app.models.embedder.embed([input[0]!]);
    expect(floats.data[0]!.embedding).toEqual([...direct!]);
    expect(floats.usage.prompt_tokens).toBeGreaterThan(10);
  });

  it.each([
    ['token ids', { input: [1, 2, 3] }, 'check_embedding_ctx_length=False'],
    ['lists of token ids', { input: [[1, 2], [3]] }, 'check_embedding_ctx_length=False'],
    ['no text', { input: [] }, 'no text'],
    ['an empty text', { input: ['a', ' '] }, 'input[1]'],
    ['fewer dimensions', { input: 'a', dimensions: 64 }, '384'],
    ['an unknown format', { input: 'a', encoding_format: 'int8' }, 'base64'],
    ['a text that is too long', { input: 'boots '.repeat(400) }, 'truncate'],
  ])('are refused for %s, with words that help', async (_name, more, words) => {
    const error = await failureOf(
      client.embeddings.create({ model: EMBEDDER, ...more } as OpenAI.EmbeddingCreateParams),
    );
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error.message).toContain(words);
    expect(error.param).toMatch(/^(input|dimensions|encoding_format)/);
  });

  it('cut a long text where they are told to', async () => {
    const input = 'boots '.repeat(400);
    const create = { model: EMBEDDER, input, truncate: true };
    expect((await client.embeddings.create(create)).usage.prompt_tokens).toBe(256);
  });
});

describe('the models', () => {
  it('are listed with their context, one by one too', async () => {
    const models = await client.models.list();
    expect(models.data.map(({ id }) => id)).toEqual([
      'answerbox',
      GENERATOR,
      EMBEDDER,
      'answerbox-reader-minilm-l6',
    ]);
    for (const model of models.data) {
      expect(model).toEqual({
        id: expect.any(String),
        object: 'model',
        created: expect.any(Number),
        owned_by: expect.any(String),
        context_length: expect.any(Number),
      });
      expect(await client.models.retrieve(model.id)).toEqual(model);
    }
    expect(await failureOf(client.models.retrieve('gpt-4'))).toBeInstanceOf(NotFoundError);
  });
});

describe('an error', () => {
  it.each([
    ['an unknown model', { model: 'gpt-4' }, 404, 'model_not_found', 'model'],
    ['several answers', { n: 2 }, 400, 'parameter_unsupported', 'n'],
    [
      'no question',
      { messages: [{ role: 'system', content: 'Hi' }] },
      400,
      'parameter_unsupported',
      'messages',
    ],
    ['no messages', { messages: [] }, 400, 'request_invalid', 'messages'],
    [
      'an image',
      { messages: [{ role: 'user', content: [{ type: 'image_url' }] }] },
      400,
      'parameter_unsupported',
      'messages[0].content',
    ],
    ['an empty question', { messages: [{ role: 'user', content: ' ' }] }, 400, 'question_empty', null],
    [
      'an empty question, streamed',
      { stream: true, messages: [{ role: 'user', content: ' ' }] },
      400,
      'question_empty',
      null,
    ],
    [
      'a long question',
      { messages: [{ role: 'user', content: 'x'.repeat(5000) }] },
      400,
      'context_length_exceeded',
      null,
    ],
    [
      'an unknown conversation',
      { conversation_id: 'nothing' },
      404,
      'conversation_not_found',
      'conversation_id',
    ],
    ['a stream that is a text', { stream: 'yes' }, 400, 'request_invalid', 'stream'],
  ])('for %s has OpenAI’s shape and is not worth a second try', async (_name, more, status, code, param) => {
    const error = await failureOf(ask('Hi', more));
    expect(error).toMatchObject({ status, code, param });
    expect(error.requestID).toMatch(/^[\da-f-]{36}$/);
    expect(error.headers?.get('x-should-retry')).toBe('false');
    expect(error.type).toBe('invalid_request_error');
  });

  it('for a wrong key, and for a route that is not served, is JSON too', async () => {
    const stranger = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'wrong', maxRetries: 0 });
    const error = await failureOf(stranger.models.list());
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error.code).toBe('invalid_api_key');
    const unserved = await failureOf(client.responses.create({ model: 'answerbox', input: 'Hi' }));
    expect(unserved).toBeInstanceOf(NotFoundError);
    expect(unserved.message).toContain('/v1/chat/completions');
  });
});

describe('the bytes of a stream', () => {
  it('are data lines and comments alone, the role first, [DONE] last', async () => {
    const response = await fetch(`${server.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.adminKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'answerbox',
        stream: true,
        messages: [{ role: 'user', content: QUESTION }],
      }),
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const blocks = (await response.text()).split('\n\n');
    expect(blocks.pop()).toBe('');
    expect(blocks.every((block) => block === ':' || /^data: [^\n]+$/.test(block))).toBe(true);
    expect(blocks.at(-1)).toBe('data: [DONE]');
    expect(JSON.parse(blocks[0]!.slice('data: '.length)).choices[0].delta.role).toBe('assistant');
  });
});
