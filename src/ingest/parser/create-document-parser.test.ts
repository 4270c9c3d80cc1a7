import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { everyFormat } from '../../testing/files/every-format.ts';
import { PARSE_LIMITS } from '../parse/parse-limits.ts';
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

it.runIf(process.platform === 'linux')(
  'lets everything else go first',
  async () => {
    parser = createDocumentParser();
    await parser.parse(SMALL);
    const readers = childrenOfThisProcess().filter(({ command }) => command.includes('parse-process'));
    expect(readers.length).toBeGreaterThan(0);
    for (const { niceness } of readers)
      expect(niceness).toEqual(niceness.map(() => Math.max(PARSE_LIMITS.niceness, ownNiceness())));
  },
  PATIENCE,
);

/** Of all its threads; proc(5): the 19th field of `stat`, the 17th after the name in brackets. */
function nicenessOf(pid: number | string): number[] {
  return readdirSync(`/proc/${pid}/task`).map((thread) => {
    const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
  });
}

function ownNiceness(): number {
  return nicenessOf(process.pid)[0]!;
}

function childrenOfThisProcess(): { command: string; niceness: number[] }[] {
  return readdirSync('/proc/self/task')
    .flatMap((thread) => readFileSync(`/proc/self/task/${thread}/children`, 'utf8').trim().split(' '))
    .filter((pid) => pid !== '')
    .map((pid) => ({
      command: readFileSync(`/proc/${pid}/cmdline`, 'utf8'),
      niceness: nicenessOf(pid),
    }));
}
