import { afterEach, expect, it } from 'vitest';
import { everyFormat } from '../../testing/files/every-format.ts';
import { createDocumentParser } from './create-document-parser.ts';
import type { DocumentParser } from './parser-contracts.ts';

const PATIENCE = 180_000;
const LIMITS = { seconds: 30, wallSeconds: 300, memoryMb: 1024 };
const SMALL = { source: 'a.md', name: 'a.md', bytes: Buffer.from('# Boots\n\nBoots cost 90 euros.') };
const LARGE = {
  source: 'b.json',
  name: 'b.json',
  bytes: Buffer.from(
    JSON.stringify(Array.from({ length: 90_000 }, (_, at) => ({ at, text: `line ${at} of many` }))),
  ),
};

let parser: DocumentParser | undefined;
afterEach(() => parser?.close());

it(
  'reads in another process, more files than there are processes at once',
  async () => {
    parser = createDocumentParser();
    const samples = everyFormat().filter(({ name }) => /\.(?:md|csv|json|txt|html)$/.test(name));
    const read = await Promise.all(
      samples.map(({ name, bytes }) => parser!.parse({ source: name, name, bytes })),
    );
    read.forEach(({ document }, index) => expect(document.text).toContain(samples[index]!.facts[0]!.answer));
  },
  PATIENCE,
);

it(
  'ends a file that computes too long, by name, and reads the next one',
  async () => {
    parser = createDocumentParser({ ...LIMITS, seconds: 0.01 });
    await expect(parser.parse(LARGE)).rejects.toMatchObject({
      code: 'document_timeout',
      details: { source: 'b.json' },
    });
    await parser.close();
    parser = createDocumentParser(LIMITS);
    expect((await parser.parse(SMALL)).document.title).toBe('Boots');
  },
  PATIENCE,
);

it(
  'ends a file that takes too much memory',
  async () => {
    parser = createDocumentParser({ ...LIMITS, memoryMb: 100 });
    await expect(parser.parse(LARGE)).rejects.toMatchObject({ code: 'document_memory' });
  },
  PATIENCE,
);

it(
  'stops when it is told to, and takes no file afterwards',
  async () => {
    parser = createDocumentParser(LIMITS);
    const stop = new AbortController();
    const read = parser.parse(LARGE, stop.signal);
    stop.abort();
    await expect(read).rejects.toMatchObject({ code: 'cancelled' });
    await parser.close();
    await expect(parser.parse(SMALL)).rejects.toMatchObject({ code: 'cancelled' });
  },
  PATIENCE,
);
