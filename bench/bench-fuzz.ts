import { createDocumentParser } from '../src/ingest/parser/create-document-parser.ts';
import { fuzzFiles } from '../src/testing/fuzz-files.ts';
import type { Bench } from './bench-types.ts';
import { round } from './measure.ts';

const SEED = 20_261_122;

export const benchFuzz: Bench = {
  name: 'fuzz',
  about:
    'mutated files of every format through the parsers, 2,000 (300 with --quick; --size 100000 for a night)',
  run: async ({ quick, size, signal, say }) => {
    const inputs = size ?? (quick ? 300 : 2_000);
    say(`fuzz: ${inputs} files`);
    const parser = createDocumentParser();
    try {
      const { read, refused, unexplained, seconds } = await fuzzFiles(parser, { seed: SEED, inputs, signal });
      const refusals = Object.values(refused).reduce((sum, one) => sum + one, 0);
      return {
        rows: [
          {
            inputs,
            read,
            refused: refusals,
            unexplained: unexplained.length,
            per_second: round(inputs / seconds, 1),
          },
        ],
        notes: [`seed ${SEED}; refusals by code: ${JSON.stringify(refused)}`, ...unexplained.slice(0, 20)],
      };
    } finally {
      await parser.close();
    }
  },
};
