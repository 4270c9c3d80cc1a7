import { expect, it } from 'vitest';
import { hasWords } from './find-words.ts';

it('finds whole words and phrases, whatever case, accents and punctuation', () => {
  expect(hasWords('It is URGENT!', ['urgent'])).toBe(true);
  expect(hasWords('It is insurgent', ['urgent'])).toBe(false);
  expect(hasWords("C'est inadmissible, j’en ai assez", ['j en ai assez'])).toBe(true);
  expect(hasWords('llamo a la policia', ['policía'])).toBe(true);
  expect(hasWords('llamo a la policía', ['policia'])).toBe(true);
  expect(
    ['unverschämt', 'unverschaemt', 'UNVERSCHAMT'].map((text) => hasWords(text, ['unverschämt'])),
  ).toEqual([true, true, true]);
  expect(hasWords('So ein Scheiss', ['scheiß'])).toBe(true);
});

it('takes a star for an ending, and alone for a few words of the same sentence', () => {
  expect(hasWords('meinen Anwälten', ['mein* anwält*'])).toBe(true);
  expect(hasWords('gemeinen Anwälten', ['mein* anwält*'])).toBe(false);
  expect(hasWords('Er hat sich gestern am Arm verletzt', ['sich * verletzt'])).toBe(true);
  expect(hasWords('Er freute sich. Das hat verletzt', ['sich * verletzt'])).toBe(false);
  expect(hasWords('Er freute sich sehr über das, was uns nie verletzt', ['sich * verletzt'])).toBe(false);
});

it.each([
  ['Chinese', '再不退款我就报警了', '报警'],
  ['Japanese', 'もう弁護士に相談します', '弁護士'],
  ['Thai', 'ผมจะแจ้งตำรวจแน่นอน', 'ตำรวจ'],
])('finds a word anywhere in a run of %s', (_, text, word) => {
  expect(hasWords(text, [word])).toBe(true);
  expect(hasWords(text, ['火'])).toBe(false);
});

it('looks past phrases in which a word means something else, and at the rest of the text', () => {
  const [words, except] = [
    ['报警', 'urgent'],
    ['报警器', 'not * urgent'],
  ];
  expect(hasWords('你们卖报警器吗', words, except)).toBe(false);
  expect(hasWords('报警器坏了，我要报警', words, except)).toBe(true);
  expect(hasWords('this is not so urgent', words, except)).toBe(false);
  expect(hasWords('this is not so urgent. No, it is urgent', words, except)).toBe(true);
});

it('takes what an owner wrote as words, never as a pattern', () => {
  expect(hasWords('what (is) this?', ['(is'])).toBe(true);
  expect(hasWords('anything', ['.+', '|', '**'])).toBe(false);
});
