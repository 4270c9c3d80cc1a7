import { afterAll, expect, it, vi } from 'vitest';
import { fuzzFiles } from '../../testing/fuzz-files.ts';
import { createDocumentParser } from './create-document-parser.ts';

vi.setConfig({ testTimeout: 300_000 });

const parser = createDocumentParser();
afterAll(() => parser.close());

// `npm run bench -- fuzz` goes on for as long as one likes.
it('reads or refuses mutated files of every format, and says why', async () => {
  const { unexplained, read, refused } = await fuzzFiles(parser, { seed: 20_261_122, inputs: 200 });
  expect(unexplained).toEqual([]);
  // Both happen, or nothing was tried.
  expect(read).toBeGreaterThan(20);
  expect(Object.values(refused).reduce((sum, one) => sum + one, 0)).toBeGreaterThan(5);
});
