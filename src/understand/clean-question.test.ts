import { expect, it } from 'vitest';
import { cleanQuestion } from './clean-question.ts';

it('gives one line of visible text', () => {
  expect(cleanQuestion('  How\u200b long\u0007\n\n is ｉｔ？ ', 4000)).toBe('How long is it?');
});

it('loses what is invisible and what turns the direction of letters', () => {
  const hidden = 'Is the \u202eLanner\u202c in\u2066 st\u00adock\u2069\u200e?\ufeff';
  expect(cleanQuestion(hidden, 4000)).toBe('Is the Lanner in stock?');
});

it.each([
  ['', 'question_empty'],
  [' \n\t\u3000 ', 'question_empty'],
  ['\u0000\u0001\u0002', 'question_not_text'],
  ['\u3164\u2800\u200b', 'question_not_text'],
  ['?!…', 'question_not_text'],
  ['\uFFFD\uFFFD\uFFFD a', 'question_not_text'],
  ['\ud800\ud800 a', 'question_not_text'],
  ['a'.repeat(4001), 'question_too_long'],
  ['a '.repeat(10_000), 'question_too_long'],
  ['ﷺ'.repeat(3999), 'question_too_long'],
])('refuses %j with %s', (message, code) => {
  expect(() => cleanQuestion(message, 4000)).toThrow(expect.objectContaining({ code }));
});
