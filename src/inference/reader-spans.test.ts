import { expect, test } from 'vitest';
import { bestSpans } from './reader-spans.ts';

const spans = [0, 5, 10, 15, 20].map((start) => ({ start, end: start + 4 }));
const sentences = [
  { start: 0, end: 9 },
  { start: 10, end: 24 },
  { start: 25, end: 40 },
];

test('the best span runs forward and sentences get the best that begins in them', () => {
  const start = Float32Array.of(1, 0, 3, 0, 0);
  // The highest end lies before the highest start: it may not be used with it.
  const end = Float32Array.of(0, 9, 0, 2, 0);
  const found = bestSpans({ start, end, spans }, sentences);
  expect(found.span).toEqual({ start: 0, end: 9, logit: 10 });
  expect(found.sentenceLogits).toEqual([10, 5, -Infinity]);
});

test('nothing read gives no span', () => {
  const none = { start: new Float32Array(0), end: new Float32Array(0), spans: [] };
  expect(bestSpans(none, sentences)).toEqual({
    span: null,
    sentenceLogits: [-Infinity, -Infinity, -Infinity],
  });
});

test('no span is longer than 30 tokens', () => {
  const many = Array.from({ length: 60 }, (_, index) => ({ start: index * 2, end: index * 2 + 1 }));
  const start = new Float32Array(60);
  const end = new Float32Array(60);
  start[0] = 5;
  end[59] = 9;
  end[29] = 1;
  const found = bestSpans({ start, end, spans: many }, [{ start: 0, end: 120 }]);
  expect(found.span).toEqual({ start: 60, end: 119, logit: 9 });
  end[59] = 0;
  expect(bestSpans({ start, end, spans: many }, []).span).toEqual({ start: 0, end: 59, logit: 6 });
});
