import { createDocumentParser } from '../src/ingest/parser/create-document-parser.ts';
import { fuzzFiles } from '../src/testing/fuzz-files.ts';
import type { Bench } from './bench-types.ts';
import { round } from './measure.ts';

const SEED = 20_261_122;
/** As many as the parser has processes. */
const LANES = 2;
/** Inputs between two lines that tell how far it is. */
const PIECE = 1_000;

export const benchFuzz: Bench = {
  name: 'fuzz',
  about:
    'mutated files of every format through the parsers, 2,000 (300 with --quick; --size 100000 for a night)',
  run: async ({ quick, size, seed = SEED, signal, say }) => {
    const inputs = size ?? (quick ? 300 : 2_000);
    const parser = createDocumentParser();
    const total = { inputs: 0, read: 0, unexplained: [] as string[], seconds: 0, slowestMs: 0, slowest: '' };
    const refused: Record<string, number> = {};
    try {
      for (let from = 0; from < inputs && !signal.aborted; from += PIECE) {
        const piece = Math.min(PIECE, inputs - from);
        const found = await fuzzFiles(parser, { seed, inputs: piece, from, lanes: LANES, signal });
        total.inputs += found.inputs;
        total.read += found.read;
        total.seconds += found.seconds;
        total.unexplained.push(...found.unexplained);
        if (found.slowestMs > total.slowestMs)
          Object.assign(total, { slowestMs: found.slowestMs, slowest: found.slowest });
        for (const [code, count] of Object.entries(found.refused))
          refused[code] = (refused[code] ?? 0) + count;
        for (const one of found.unexplained) say(`fuzz: ${one}`);
        say(`fuzz: ${total.inputs} of ${inputs}, ${total.unexplained.length} unexplained`);
      }
      const { read, unexplained, seconds, slowestMs, slowest } = total;
      return {
        rows: [
          {
            inputs: total.inputs,
            read,
            refused: Object.values(refused).reduce((sum, one) => sum + one, 0),
            unexplained: unexplained.length,
            per_second: round(total.inputs / seconds, 1),
            slowest_ms: slowestMs,
          },
        ],
        notes: [
          `seed ${seed}; refusals by code: ${JSON.stringify(refused)}`,
          `slowest: ${slowest}`,
          ...unexplained.slice(0, 20),
        ],
      };
    } finally {
      await parser.close();
    }
  },
};
