import { seededRandom } from '../intents/random.ts';
import { AnswerboxError } from '../errors.ts';
import type { DocumentParser } from '../ingest/parser/parser-contracts.ts';
import { everyFormat } from './files/every-format.ts';
import { mutateBytes } from './mutate-bytes.ts';

export interface FuzzReport {
  inputs: number;
  read: number;
  /** Refusals by code. */
  refused: Record<string, number>;
  /** What no code of ours explains: none is allowed. */
  unexplained: string[];
  seconds: number;
}

/** Mutated files of every format through the parser's own processes; the same for the same seed. */
export async function fuzzFiles(
  parser: DocumentParser,
  { seed, inputs, signal }: { seed: number; inputs: number; signal?: AbortSignal },
): Promise<FuzzReport> {
  const random = seededRandom(seed);
  const samples = everyFormat();
  const report: FuzzReport = { inputs, read: 0, refused: {}, unexplained: [], seconds: 0 };
  const started = performance.now();
  for (let input = 0; input < inputs; input += 1) {
    const { name, bytes } = samples[input % samples.length]!;
    const mutated = mutateBytes(bytes, random, 1 + Math.floor(random() * 24));
    try {
      await parser.parse({ source: `/fuzz/${input}/${name}`, name, bytes: mutated }, signal);
      report.read += 1;
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof AnswerboxError && error.code.startsWith('document_'))
        report.refused[error.code] = (report.refused[error.code] ?? 0) + 1;
      else report.unexplained.push(`${input} ${name}: ${String(error)}`);
    }
  }
  return { ...report, seconds: (performance.now() - started) / 1000 };
}
