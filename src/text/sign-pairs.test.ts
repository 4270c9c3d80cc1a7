import { expect, it } from 'vitest';
import { queryOfWords, withSignPairs } from './sign-pairs.ts';

const query = (text: string): string => queryOfWords(text, { words: 12, begun: true });

it('adds every pair of neighbouring signs and the last sign of a run, and leaves other text as it is', () => {
  expect(withSignPairs('Where is my parcel?')).toBe('Where is my parcel?');
  expect(withSignPairs('Größe über 40')).toBe('Größe über 40');
  expect(withSignPairs('iPhone手机壳').split(/\s+/)).toEqual(['iPhone', '手机壳', '手机', '机壳', '壳']);
});

it('asks for words, and for runs as phrases of pairs', () => {
  expect(query('parcel ret')).toBe('"parcel" "ret"*');
  expect(query('退款申请 iPhone')).toBe('"退款 款申 申请" "iPhone"*');
  expect(query('退')).toBe('"退"*');
  expect(query('"*) OR (')).toBe('"OR"');
  expect(query('?!')).toBe('');
});
