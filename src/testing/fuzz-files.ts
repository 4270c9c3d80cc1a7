import { seededRandom } from '../intents/random.ts';
import { AnswerboxError } from '../errors.ts';
import type { DocumentParser } from '../ingest/parser/parser-contracts.ts';
import { everyFormat, picture } from './files/every-format.ts';
import { mutateFile } from './mutate-file.ts';

export interface FuzzReport {
  /** Files that were really tried. */
  inputs: number;
  read: number;
  /** Refusals by code. */
  refused: Record<string, number>;
  /** What no code of ours explains, and what ended a process or ran into its limits: none is allowed. */
  unexplained: string[];
  slowestMs: number;
  slowest: string;
  seconds: number;
}

export interface FuzzOptions {
  seed: number;
  inputs: number;
  /** The first input: a longer run in pieces. */
  from?: number;
  /** Files at once: the parser has two processes. */
  lanes?: number;
  signal?: AbortSignal;
}

/** Small files of ours must never cost so much. */
const COSTLY: ReadonlySet<string> = new Set([
  'document_timeout',
  'document_memory',
  'document_reader_ended',
  'document_gave_up',
]);

/** Mutated files of every format through the parser's own processes; the same for the same seed and place. */
export async function fuzzFiles(parser: DocumentParser, options: FuzzOptions): Promise<FuzzReport> {
  const { seed, inputs, from = 0, lanes = 1, signal } = options;
  const samples = [
    ...everyFormat(),
    { name: 'scan.png', bytes: picture(['Out of order']) },
    { name: 'photo.jpeg', bytes: picture(['Out of order'], 'jpeg') },
  ];
  const report: FuzzReport = {
    inputs: 0,
    read: 0,
    refused: {},
    unexplained: [],
    slowestMs: 0,
    slowest: '',
    seconds: 0,
  };
  const started = performance.now();
  let next = from;
  const lane = async (): Promise<void> => {
    while (next < from + inputs && signal?.aborted !== true) {
      const input = next++;
      const { name, bytes } = samples[input % samples.length]!;
      // A generator of its own, so that one input can be made again alone.
      const mutated = mutateFile(bytes, seededRandom(seed + input * 2_654_435_761));
      await tryOne(parser, { source: `/fuzz/${input}/${name}`, name, bytes: mutated }, report, signal);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { ...report, seconds: (performance.now() - started) / 1000 };
}

async function tryOne(
  parser: DocumentParser,
  file: { source: string; name: string; bytes: Uint8Array },
  report: FuzzReport,
  signal: AbortSignal | undefined,
): Promise<void> {
  const began = performance.now();
  try {
    await parser.parse(file, signal);
    report.read += 1;
  } catch (error) {
    if (signal?.aborted === true) return;
    const code = error instanceof AnswerboxError ? error.code : '';
    if (code.startsWith('document_') && !COSTLY.has(code))
      report.refused[code] = (report.refused[code] ?? 0) + 1;
    else report.unexplained.push(`${file.source}: ${String(error)}${causeOf(error)}`);
  }
  report.inputs += 1;
  const ms = performance.now() - began;
  if (ms > report.slowestMs) Object.assign(report, { slowestMs: Math.round(ms), slowest: file.source });
}

function causeOf(error: unknown): string {
  return error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
}
