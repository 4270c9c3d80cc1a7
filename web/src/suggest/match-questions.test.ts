import { expect, it } from 'vitest';
import { matchQuestions } from './match-questions.ts';

const QUESTIONS = [
  'How long can I return unworn goods?',
  'How much is delivery?',
  'Can I return a gift?',
  'Où est mon colis ?',
  '如何退货？',
];

it.each<[string, string[]]>([
  ['how l', ['How long can I return unworn goods?']],
  ['return', ['How long can I return unworn goods?', 'Can I return a gift?']],
  ['can i', ['Can I return a gift?', 'How long can I return unworn goods?']],
  ['gift ret', ['Can I return a gift?']],
  ['ou est', ['Où est mon colis ?']],
  ['退货', ['如何退货？']],
  ['h', []],
  ['parking', []],
  ['how much is delivery?', []],
])('offers to "%s": %j', (typed, offered) => expect(matchQuestions(QUESTIONS, typed)).toEqual(offered));
