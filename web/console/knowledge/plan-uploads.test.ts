import { expect, it } from 'vitest';
import { BATCH, planUploads } from './plan-uploads.ts';

const LIMITS = { document_bytes: 20_000_000, request_bytes: 64_000_000, files: 1_000 };
const file = (path: string, size = 1_000) => ({ path, size });

it('refuses what the server would refuse, with the reason, and sends the rest', () => {
  const files = [
    file('a.md'),
    file('empty.md', 0),
    file('huge.pdf', 20_000_001),
    file('docs/.DS_Store'),
    file('__MACOSX/a.md'),
    file('docs/b.md'),
  ];
  const { batches, refused } = planUploads(files, LIMITS);
  expect(batches).toEqual([[file('a.md'), file('docs/b.md')]]);
  expect(refused.map(({ file: { path }, reason }) => `${path} ${reason}`)).toEqual([
    'empty.md empty',
    'huge.pdf too_large',
    'docs/.DS_Store hidden',
    '__MACOSX/a.md hidden',
  ]);
});

it('makes requests of bounded size, and one of its own for a large file', () => {
  const many = Array.from({ length: BATCH.files + 1 }, (_, index) => file(`${index}.md`));
  expect(planUploads(many, LIMITS).batches.map((batch) => batch.length)).toEqual([BATCH.files, 1]);
  const large = [file('a', 15_000_000), file('b', 15_000_000), file('c', 19_000_000), file('d')];
  expect(planUploads(large, LIMITS).batches.map((batch) => batch.map(({ path }) => path).join(''))).toEqual([
    'a',
    'b',
    'c',
    'd',
  ]);
});

it('keeps to a request limit that is smaller than that of a document', () => {
  const { batches, refused } = planUploads([file('a', 9_500), file('b', 8_000)], {
    ...LIMITS,
    request_bytes: 10_000,
  });
  expect(batches).toEqual([[file('b', 8_000)]]);
  expect(refused).toMatchObject([{ reason: 'too_large' }]);
});
