import { expect, it } from 'vitest';
import { checkExamples } from './check-examples.ts';
import { INTENT_SETTINGS } from './intents-settings.ts';
import type { IntentExample } from './intents-types.ts';

const some = (label: string, count: number): IntentExample[] =>
  Array.from({ length: count }, (_, place) => ({ text: `${label} ${place}`, label }));

it('takes two intents of five examples each, repetitions counting once', () => {
  const lines = [...some('a', 5), ...some('b', 5), { text: ' a 0 ', label: 'a' }];
  expect(checkExamples('file', lines)).toEqual({
    examples: [...some('a', 5), ...some('b', 5)],
    warnings: [],
  });
});

it('uses the first of too many, and says so', () => {
  const { mostExamples } = INTENT_SETTINGS;
  const { examples, warnings } = checkExamples('file', [...some('a', mostExamples + 1), ...some('b', 5)]);
  expect(examples).toHaveLength(mostExamples + 5);
  expect(warnings).toEqual([`Of "a" the first ${mostExamples} of ${mostExamples + 1} examples are used.`]);
});

it.each([
  ['nothing', [], 'it holds no examples'],
  ['oos alone', some('oos', 9), 'it holds no intent but "oos"'],
  ['one intent', [...some('a', 9), ...some('oos', 9)], 'one intent alone ("a")'],
  ['few examples', [...some('a', 9), ...some('b', 4)], 'too few different examples of "b" (4)'],
  ['few of oos', [...some('a', 9), ...some('b', 9), ...some('oos', 1)], '"oos" (1)'],
])('refuses %s', (_, lines, reason) => {
  expect(() => checkExamples('my.jsonl', lines)).toThrow(reason);
  expect(() => checkExamples('my.jsonl', lines)).toThrow('my.jsonl cannot be trained from');
});
