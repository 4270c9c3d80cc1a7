import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { Type } from '@sinclair/typebox';
import { readEvaluationFile } from '../src/evaluate/read-evaluation-file.ts';
import { splitSentences } from '../src/text/split-sentences.ts';
import { seededRandom } from '../src/testing/synthetic-knowledge.ts';

/**
 * Passages of other people's texts, to be mixed into an evaluation as documents that answer nothing:
 * node dist/bench/foreign-passages.js --in FILE… --out FILE [--count 5000] [--src NAME…] [--seed 1]
 */

const PROSE_LINE = Type.Object({
  text: Type.String(),
  title: Type.Optional(Type.String()),
  src: Type.String(),
});

export interface ForeignPassage {
  doc_id: string;
  title: string;
  text: string;
}

const MOST_CHARACTERS = 900;
const LEAST_CHARACTERS = 200;

/** Cut at sentence ends; what is too short to be a passage is left out. */
export function passagesOf(text: string): string[] {
  const passages: string[] = [];
  let start: number | null = null;
  let end = 0;
  const close = (): void => {
    if (start !== null && end - start >= LEAST_CHARACTERS) passages.push(text.slice(start, end));
    start = null;
  };
  for (const sentence of splitSentences(text)) {
    if (start !== null && sentence.end - start > MOST_CHARACTERS) close();
    if (sentence.end - sentence.start > MOST_CHARACTERS) continue;
    start ??= sentence.start;
    end = sentence.end;
  }
  close();
  return passages;
}

/** The same choice for the same seed: each passage draws a number, the lowest stay, in their old order. */
export function chooseSeeded<Item>(items: readonly Item[], count: number, seed: number): Item[] {
  const random = seededRandom(seed);
  const drawn = items.map((item, index) => ({ item, index, number: random() }));
  const chosen = drawn.sort((left, right) => left.number - right.number).slice(0, count);
  return chosen.sort((left, right) => left.index - right.index).map(({ item }) => item);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      in: { type: 'string', multiple: true, default: [] },
      out: { type: 'string', default: '' },
      count: { type: 'string', default: '5000' },
      seed: { type: 'string', default: '1' },
      src: { type: 'string', multiple: true, default: [] },
    },
  });
  if (values.in.length === 0 || values.out === '') throw new Error('Give --in FILE and --out FILE.');
  const found: ForeignPassage[] = [];
  const counts = new Map<string, number>();
  for (const path of values.in) {
    for await (const { content } of readEvaluationFile(path, PROSE_LINE)) {
      const { src, text, title = '' } = content;
      if (values.src.length > 0 && !values.src.includes(src)) continue;
      for (const passage of passagesOf(text)) {
        const number = (counts.get(src) ?? 0) + 1;
        counts.set(src, number);
        found.push({
          doc_id: `foreign/${src}/${number}`,
          title: title.trim() || (text.split('\n')[0] ?? '').slice(0, 90),
          text: passage,
        });
      }
    }
  }
  const chosen = chooseSeeded(found, Number(values.count), Number(values.seed));
  const lines = chosen.map((passage) => `${JSON.stringify(passage)}\n`).join('');
  writeFileSync(values.out, values.out.endsWith('.gz') ? gzipSync(lines, { level: 9 }) : lines);
  process.stderr.write(`${chosen.length} of ${found.length} passages written to ${values.out}\n`);
}

if (process.argv[1]?.match(/foreign-passages\.[jt]s$/)) {
  main().catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  });
}
