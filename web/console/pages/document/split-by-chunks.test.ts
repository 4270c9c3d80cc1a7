import { expect, it } from 'vitest';
import { splitByChunks } from './split-by-chunks.ts';

const TEXT = 'Title\n\nOne two.\nThree four.\nEnd';

it('keeps every letter, and says which passage it belongs to', () => {
  const segments = splitByChunks(TEXT, [
    { id: 8, start: 16, end: 27 },
    { id: 7, start: 7, end: 15 },
  ]);
  expect(segments.map(({ text }) => text).join('')).toBe(TEXT);
  expect(segments.map(({ chunk, text }) => [chunk, text.trim()])).toEqual([
    [null, 'Title'],
    [7, 'One two.'],
    [null, ''],
    [8, 'Three four.'],
    [null, 'End'],
  ]);
  for (const { start, text } of segments) expect(TEXT.startsWith(text, start)).toBe(true);
});

it('ends a passage where the next one begins', () => {
  const segments = splitByChunks('abcdef', [
    { id: 1, start: 0, end: 4 },
    { id: 2, start: 2, end: 9 },
  ]);
  expect(segments.map(({ chunk, text }) => `${chunk} ${text}`)).toEqual(['1 ab', '2 cdef']);
});

it('is the text alone where there are no passages, and nothing of nothing', () => {
  expect(splitByChunks('abc', [])).toEqual([{ start: 0, text: 'abc', chunk: null }]);
  expect(splitByChunks('', [])).toEqual([]);
});
