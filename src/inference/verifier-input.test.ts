import { expect, test } from 'vitest';
import { verifierRow, VERIFIER_INPUT } from './verifier-input.ts';
import { WordPieces } from './word-pieces.ts';

const SPECIAL = ['[PAD]', '[CLS]', '[SEP]'];
/** Word "w7" is token 7. */
const pieces = new WordPieces({
  encode: (word) => ({ ids: [Number(word.slice(1))] }),
  token_to_id: (token) => 1_000 + SPECIAL.indexOf(token),
});
const [cls, sep] = [pieces.clsId, pieces.sepId];
const words = (count: number): string => Array.from({ length: count }, (_, index) => `w${index}`).join(' ');

test('statement, then evidence, each closed by a separator', () => {
  expect(verifierRow(pieces, { statement: 'w1 w2', evidence: 'w3 w4 w5' })).toEqual({
    ids: [cls, 1, 2, sep, 3, 4, 5, sep],
    types: [0, 0, 0, 0, 1, 1, 1, 1],
  });
  expect(verifierRow(pieces, { statement: '', evidence: '' }).ids).toEqual([cls, sep, sep]);
});

test('a long statement leaves the evidence its room, and nothing is longer than the row', () => {
  const { ids, types } = verifierRow(pieces, { statement: words(300), evidence: words(300) });
  const { statementTokens, rowTokens } = VERIFIER_INPUT;
  expect(ids).toHaveLength(rowTokens);
  expect(ids.indexOf(sep)).toBe(1 + statementTokens);
  expect(types.filter((type) => type === 0)).toHaveLength(statementTokens + 2);
  expect(ids.at(-1)).toBe(sep);
  expect(ids.at(-2)).toBe(rowTokens - statementTokens - 3 - 1);
});
