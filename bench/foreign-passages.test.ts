import { expect, it } from 'vitest';
import { chooseSeeded, passagesOf } from './foreign-passages.ts';

it('cuts passages of 200 to 900 characters at sentence ends', () => {
  const sentence = `${'Word '.repeat(29)}end.`;
  const passages = passagesOf(Array.from({ length: 13 }, () => sentence).join(' '));
  // 149 characters each: six with their spaces make 899; the thirteenth alone is too short.
  expect(passages.map((passage) => passage.length)).toEqual([899, 899]);
  expect(passagesOf('Too short.')).toEqual([]);
  expect(passagesOf(`${'x'.repeat(1000)}.`)).toEqual([]);
});

it('chooses the same ones for the same seed, in their old order', () => {
  const items = Array.from({ length: 100 }, (_, index) => index);
  const chosen = chooseSeeded(items, 10, 1);
  expect(chosen).toEqual(chooseSeeded(items, 10, 1));
  expect(chosen).toEqual([...chosen].sort((left, right) => left - right));
  expect(chooseSeeded(items, 10, 2)).not.toEqual(chosen);
});
