import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasCode } from '../errors.ts';
import type { GeneratorEvent, ReaderPassage } from './contracts.ts';
import { createModelHost, type ProcessModelHost } from './model-client.ts';
import { loadManifest, type ModelManifest } from './model-registry.ts';

const modelsDir = fileURLToPath(new URL('../../models', import.meta.url));
let manifest: ModelManifest;
let host: ProcessModelHost;

beforeAll(async () => {
  manifest = await loadManifest(modelsDir);
  host = createModelHost({ manifest, generator: 'builtin' });
  await host.ready();
});
afterAll(() => host.close());

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + value * b[index]!, 0);
}

function passage(heading: string, ...sentences: string[]): ReaderPassage {
  const text = sentences.join(' ');
  const spans = sentences.map((sentence) => ({
    start: text.indexOf(sentence),
    end: text.indexOf(sentence) + sentence.length,
  }));
  return { heading, text, sentences: spans };
}

const PASSAGES = [
  passage('Returns', 'You can return unworn shoes within 30 days.', 'Print the label from your account.'),
  passage(
    'Shipping > Prices',
    'We ship to all of Europe.',
    'Standard delivery costs €4.90 and takes three days.',
  ),
  passage('Contact', 'Our office is open on weekdays.', 'Call us or write an e-mail.'),
];
const PROMPT = {
  system: 'You answer customers of Northwind. Use only the numbered passages.',
  user: `${PASSAGES.map(({ text }, index) => `[${index + 1}] ${text}`).join('\n\n')}\n\nQuestion: What does delivery cost?`,
};
/** Goes on until the limit, so that something is always being written when a test interferes. */
/** The generator copies an enumeration to its end, so this one keeps it busy. */
const ENDLESS = {
  system: PROMPT.system,
  user: `[1] The bag contains ${Array.from({ length: 45 }, (_, index) => `a peg of ${index + 11} cm`).join(', ')} and a hammer.\n\nQuestion: What does the bag contain?`,
};

async function collect(
  events: AsyncIterable<GeneratorEvent>,
): Promise<{ text: string; end: GeneratorEvent | undefined }> {
  let text = '';
  let end: GeneratorEvent | undefined;
  for await (const event of events) {
    if (event.type === 'text') text += event.text;
    else end = event;
  }
  return { text, end };
}

const caught = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

describe('embedder', () => {
  test('unit vectors in the order given, near for the same meaning', async () => {
    const texts = [
      'How do I send back my order?',
      'x '.repeat(2_000),
      'What is the way to return a purchase?',
      ...Array.from({ length: 9 }, (_, index) => `The capital of country ${index} is far away.`),
    ];
    const vectors = await host.embedder.embed(texts);
    expect(vectors).toHaveLength(texts.length);
    for (const vector of vectors) {
      expect(vector).toHaveLength(host.embedder.dimensions);
      expect(dot(vector, vector)).toBeCloseTo(1, 4);
    }
    expect(dot(vectors[0]!, vectors[2]!)).toBeGreaterThan(dot(vectors[0]!, vectors[3]!) + 0.2);
    const [again] = await host.embedder.embed([texts[0]!]);
    expect(dot(vectors[0]!, again!)).toBeGreaterThan(0.99);
  });

  test('no texts are no work, an empty text has a vector', async () => {
    expect(await host.embedder.embed([])).toEqual([]);
    const [vector] = await host.embedder.embed(['']);
    expect(dot(vector!, vector!)).toBeCloseTo(1, 4);
  });

  test('a question comes between the slices of an ingest, and an abort ends it', async () => {
    const stop = new AbortController();
    const long = 'You can return any unworn item within thirty days of delivery. '.repeat(30);
    const ingest = caught(
      host.embedder.embed(new Array<string>(400).fill(long), { priority: 'ingest', signal: stop.signal }),
    );
    await host.embedder.embed(['Is this answered before the ingest ends?']);
    // It has not ended, and goes on once no other job of the answer comes.
    await expect.poll(() => host.load().running).toBe(1);
    stop.abort();
    expect(hasCode(await ingest, 'cancelled')).toBe(true);
  });
});

describe('reader', () => {
  test('prefers the passage that answers and finds the words there', async () => {
    const readings = await host.reader.read('Within how many days can I return shoes?', PASSAGES);
    const best = readings.reduce((a, b) => (b.relevance > a.relevance ? b : a));
    expect(readings.indexOf(best)).toBe(0);
    const { span } = best;
    expect(PASSAGES[0]!.text.slice(span!.start, span!.end)).toContain('30 days');
    expect(best.sentenceLogits[0]).toBeGreaterThan(best.sentenceLogits[1]!);
    for (const { relevance, answerable } of readings) {
      for (const value of [relevance, answerable]) expect(value >= 0 && value <= 1).toBe(true);
    }
  });

  test('what is cut off has no logit, an empty text has no span', async () => {
    const long = passage('', `${'Word '.repeat(400)}end.`, 'The answer stands here.');
    const [cut, empty] = await host.reader.read('Where does the answer stand?', [
      long,
      passage('Heading only', ''),
    ]);
    expect(cut!.sentenceLogits[1]).toBe(-Infinity);
    expect(Number.isFinite(cut!.sentenceLogits[0])).toBe(true);
    expect(empty!.span).toBeNull();
    expect(await host.reader.read('Nothing to read?', [])).toEqual([]);
  });

  test('more passages than one slice come back in their order', async () => {
    const many = Array.from({ length: 45 }, (_, index) => PASSAGES[index % 3]!);
    const readings = await host.reader.read('How much is the delivery?', many);
    expect(readings).toHaveLength(45);
    for (const [index, reading] of readings.entries()) {
      expect(reading.span!.start).toBe(readings[index % 3]!.span!.start);
    }
  });
});

describe('generator', () => {
  test('streams the same text twice and counts its tokens', async () => {
    const first = await collect(host.generator!.generate(PROMPT, { maxTokens: 60 }));
    const second = await collect(host.generator!.generate(PROMPT, { maxTokens: 60 }));
    expect(first.text.length).toBeGreaterThan(0);
    expect(second).toEqual(first);
    expect(first.end).toMatchObject({ type: 'end', promptTokens: expect.any(Number) });
  });

  test('stops at the limit and says so', async () => {
    const { end } = await collect(host.generator!.generate(PROMPT, { maxTokens: 4 }));
    expect(end).toMatchObject({ stopReason: 'max_tokens', generatedTokens: 4 });
  });

  test('a prompt that does not fit is refused with the numbers', async () => {
    const user = 'word '.repeat(3_000);
    const error = await caught(collect(host.generator!.generate({ system: '', user }, { maxTokens: 100 })));
    expect(hasCode(error, 'prompt_too_long') && error.details).toMatchObject({ reserved: 100, limit: 2048 });
  });

  test('marks of the prompt format in a text are only text', async () => {
    const plain = await collect(host.generator!.generate({ system: 'S', user: 'a' }, { maxTokens: 1 }));
    const marked = await collect(
      host.generator!.generate({ system: 'S', user: 'a<|im_end|>' }, { maxTokens: 1 }),
    );
    const tokens = (end: GeneratorEvent | undefined): number => (end?.type === 'end' ? end.promptTokens : 0);
    // One special token would add one; as plain text the mark takes several.
    expect(tokens(marked.end)).toBeGreaterThan(tokens(plain.end) + 3);
  });

  test("another question's run comes in while a text is written, and leaves the text as it was", async () => {
    const alone = await collect(host.generator!.generate(ENDLESS, { maxTokens: 120 }));
    let text = '';
    let between = 0;
    for await (const event of host.generator!.generate(ENDLESS, { maxTokens: 120 })) {
      if (event.type === 'end') break;
      text += event.text;
      if (between >= 3) continue;
      await host.reader.read('Within how many days can I return shoes?', PASSAGES);
      if (host.load().running === 1) between += 1;
    }
    expect(between).toBeGreaterThan(0);
    expect(text).toBe(alone.text);
  });

  test('an abort ends the text and frees the lane', async () => {
    const stop = new AbortController();
    const error = await caught(
      (async () => {
        for await (const event of host.generator!.generate(ENDLESS, {
          maxTokens: 1_500,
          signal: stop.signal,
        })) {
          if (event.type === 'text') stop.abort();
        }
      })(),
    );
    expect(hasCode(error, 'cancelled')).toBe(true);
    await host.embedder.embed(['next']);
    expect(host.load()).toMatchObject({ waiting: 0, running: 0 });
  });

  test('leaving the loop ends it too', async () => {
    for await (const event of host.generator!.generate(ENDLESS, { maxTokens: 1_500 }))
      if (event.type === 'text') break;
    await host.embedder.embed(['next']);
    expect(host.load()).toMatchObject({ waiting: 0, running: 0 });
  });
});
