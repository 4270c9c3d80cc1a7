import { expect, it } from 'vitest';
import { normalizeText } from './normalize-text.ts';

it.each<[string, string, string]>([
  ['composes', 'Cafe\u0301', 'Café'],
  ['removes controls', 'a\u0000b\u0007c\u001bd\u007fe', 'abcde'],
  ['keeps tabs and line breaks', 'a\tb\nc', 'a\tb\nc'],
  ['has one line break', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
  ['removes zero-width characters', 'a\u200bb\u200dc\ufeffd\u00ade', 'abcde'],
  ['removes bidi controls', 'a\u202eb\u2066c\u200f', 'abc'],
  ['removes tag characters', 'a\u{e0041}\u{e007f}b', 'ab'],
  ['turns no-break spaces into spaces', '2\u00a0kg\u202f5', '2 kg 5'],
  ['replaces lone surrogates', 'a\ud800b\udc00', 'a\ufffdb\ufffd'],
  ['keeps emoji', '🙂👍🏽', '🙂👍🏽'],
])('%s', (_, text, expected) => {
  expect(normalizeText(text)).toBe(expected);
});

it('takes no quadratic time on a run of combining marks', () => {
  const began = performance.now();
  normalizeText(`a${'\u0315\u0300'.repeat(500_000)}`);
  expect(performance.now() - began).toBeLessThan(4000);
});
