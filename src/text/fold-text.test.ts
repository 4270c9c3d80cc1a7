import { expect, it } from 'vitest';
import { foldText } from './fold-text.ts';

it.each<[string, string, string]>([
  ['folds full-width letters and digits', 'ＡＢ－１２３　ｏｋ', 'AB-123 ok'],
  ['folds half-width katakana', 'ｶﾒﾗ', 'カメラ'],
  ['folds ligatures and circled numbers', 'ﬁt ①', 'fit 1'],
  ['keeps trade marks apart from the word', 'Gore-Tex™ jacket', 'Gore-Tex jacket'],
  ['keeps a fraction apart from its number', '1½ m', '1 1⁄2 m'],
  ['removes fillers that show nothing', 'a\u3164b\u2800c\ufe0fd\u034fe', 'abcde'],
  ['removes zero-width and bidi controls', 'pay\u200bment \u202etxet', 'payment txet'],
  ['makes white space single spaces', ' a\t\n\u2003b\u3000 ', 'a b'],
])('%s', (_, text, expected) => {
  expect(foldText(text)).toBe(expected);
});

it('is stable: folding twice changes nothing', () => {
  for (const text of ['ﷺ', 'ｱﾞ 1½™ ①', 'e\u0301\u0327', '\u1100\u1161\u11a8'])
    expect(foldText(foldText(text))).toBe(foldText(text));
});
