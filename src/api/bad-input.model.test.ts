import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createHttpClient, type HttpClient } from '../testing/http-client.ts';
import { startTestServer, type TestServer } from '../testing/start-test-server.ts';

let server: TestServer;
let client: HttpClient;
const FACT = {
  source: 'fact.md',
  name: 'fact.md',
  text: '# Lockers\n\nThe lockers in the shop are emptied every night at half past eleven.\n',
};

async function upload(documents: unknown[]) {
  const { status, body } = await client.call('POST', '/api/v1/documents', {
    body: { documents },
    key: server.adminKey,
  });
  if (status !== 202) throw new Error(`the upload was answered ${status}: ${JSON.stringify(body)}`);
  return client.finishJob(body.job_id);
}

beforeAll(async () => {
  server = await startTestServer({ config: { demo: false, stored_answers: false } });
  client = createHttpClient(server);
  await upload([FACT]);
});
afterAll(() => server.close());

/** Whatever came in: what was stored before still answers. */
afterEach(async () => {
  const answer = await client.ask('When are the lockers emptied?', { mode: 'extractive' });
  expect(answer.answer).toContain('half past eleven');
});

const NOISE = Array.from({ length: 400 }, (_, place) => String.fromCharCode((place * 37) % 32)).join('');
const QUESTIONS: [string, string, number, string][] = [
  ['nothing', '', 400, 'question_empty'],
  ['white space', ' \n\t \u00a0 ', 400, 'question_empty'],
  ['a megabyte', 'word '.repeat(210_000), 413, 'request_too_large'],
  ['more than is taken', 'word '.repeat(1_000), 413, 'question_too_long'],
  ['control characters', NOISE, 400, 'question_not_text'],
  ['zero bytes', '\u0000\u0000\u0000', 400, 'question_not_text'],
  [
    'binary read as text',
    Buffer.from('89504e470d0a1a0aff00fe', 'hex').toString('utf8').replace('PNG', ''),
    400,
    'question_not_text',
  ],
  ['replacement characters', '\ufffd'.repeat(40), 400, 'question_not_text'],
  ['signs alone', '?!… 🥾🥾', 400, 'question_not_text'],
];

describe('a bad question', () => {
  it.each(QUESTIONS)('of %s is refused with what to do', async (_name, message, status, code) => {
    for (const stream of [false, true]) {
      const result = await client.call('POST', '/api/v1/chat', { body: { message, stream } });
      expect(result).toMatchObject({ status, body: { error: { code } } });
      expect(result.body.error.message).toMatch(/Send|Shorten/);
    }
  });

  it('in broken UTF-8 is an answer or a clear refusal, never a fault of ours', async () => {
    const broken = Buffer.concat([
      Buffer.from('{"message": "lockers '),
      Buffer.from([0xff, 0xc3, 0x28, 0x80]),
      Buffer.from('"}'),
    ]);
    const { status, body } = await client.call('POST', '/api/v1/chat', { body: broken });
    expect([200, 400]).toContain(status);
    if (status === 400) expect(body.error.code).toMatch(/^(request_invalid|question_not_text)$/);
  });

  it('with half a character in it is answered all the same', async () => {
    expect(
      (await client.ask('When are the lockers \ud83e emptied?', { mode: 'extractive' })).answer,
    ).toContain('half past eleven');
  });

  it.each([
    '退货需要多长时间？',
    'Сколько времени у меня есть на возврат?',
    'كم من الوقت لدي لإرجاع الأحذية؟',
  ])(
    'in another script (%s), of whose words the documents hold none, is declined with a way to a person',
    async (message) => {
      const answer = await client.ask(message);
      expect(answer).toMatchObject({ outcome: 'declined', citations: [] });
      expect(answer.quick_replies).toHaveLength(1);
    },
  );

  it.each([
    '"lockers" OR 1=1; DROP TABLE chunks; --',
    'NEAR(lockers emptied) AND heading_path:*',
    '{{constructor}} ${lockers} <script>alert(1)</script>',
  ])('full of other languages (%s) is words', async (message) =>
    expect((await client.ask(message, { mode: 'extractive' })).outcome).toMatch(/answered|declined/),
  );

  it('while many others ask is answered or told when to come back', async () => {
    const results = await Promise.all(
      Array.from({ length: 30 }, () =>
        client.call('POST', '/api/v1/chat', {
          body: { message: 'When are the lockers emptied?', mode: 'extractive' },
        }),
      ),
    );
    for (const { status, body } of results) {
      expect([200, 503]).toContain(status);
      if (status === 503) expect(body.error.code).toBe('overloaded');
      else expect(body.answer).toContain('half past eleven');
    }
  });
});

const base64 = (...bytes: number[]): string => Buffer.from(bytes).toString('base64');
const DOCUMENTS: [string, Record<string, unknown>, string][] = [
  [
    'a picture',
    { base64: base64(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13) },
    'document_binary',
  ],
  [
    'a PDF',
    { base64: Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1').toString('base64') },
    'document_binary',
  ],
  ['nothing', { text: '' }, 'document_empty'],
  ['white space', { text: ' \n\n\t' }, 'document_empty'],
  [
    'broken UTF-8',
    { base64: Buffer.concat([Buffer.from('Words '), Buffer.from([0xc3, 0x28, 0xff])]).toString('base64') },
    'document_encoding',
  ],
  ['half a UTF-16 character', { base64: base64(0xff, 0xfe, 0x41, 0x00, 0x3d, 0xd8) }, 'document_encoding'],
];

describe('a bad document', () => {
  it.each(DOCUMENTS)(
    'of %s fails alone, with the reason, and the next one is read',
    async (_name, bytes, code) => {
      const job = await upload([
        { name: 'bad.md', source: 'bad.md', ...bytes },
        { ...FACT, source: 'next.md' },
      ]);
      expect(job).toMatchObject({
        state: 'completed',
        failed: 1,
        items: [{ state: 'failed', code }, { state: expect.stringMatching(/added|unchanged/) }],
      });
      expect(job.items[0].message).toContain('bad.md');
    },
  );

  it('that is larger than is taken is refused or failed with the limit named', async () => {
    const text = 'A long sentence about nothing. '.repeat(700_000);
    const job = await upload([{ name: 'big.txt', source: 'big.txt', text }]);
    expect(job.items[0]).toMatchObject({
      state: 'failed',
      code: 'document_too_large',
      message: expect.stringContaining('20000000'),
    });
  });

  it('larger than a request may be is refused before it is stored', async () => {
    const { status, body } = await client.call('POST', '/api/v1/documents', {
      body: `{"documents":[{"text":"${'x'.repeat(64_100_000)}"}]}`,
      key: server.adminKey,
    });
    expect(status).toBe(413);
    expect(body.error).toMatchObject({
      code: 'request_too_large',
      message: expect.stringContaining('64000000'),
    });
  });

  it.each(['<div>', '> ', '- ', '[[', '|', '*_'])(
    'that opens %j a thousand times neither hangs nor breaks the server',
    async (mark) => {
      const text = `${mark.repeat(1_000)}\n\nA sentence at last.`;
      const job = await upload([
        { name: 'deep.html', source: 'deep', text },
        { name: 'deep.md', source: 'deep-md', text },
      ]);
      expect(job.done).toBe(2);
    },
  );
});
