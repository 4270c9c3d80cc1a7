import { expect, it } from 'vitest';
import { preprocessQuestion } from './preprocess-question.ts';
import { withoutPleasantry } from './without-pleasantry.ts';

it.each([
  ['Hello, how are you? How much is the tent?', 'How much is the tent?'],
  ['How are you doing today? When do you open?', 'When do you open?'],
  ['Hi there! Can you help me? Where is my parcel?', 'Where is my parcel?'],
  ['Hey, is anybody there? Can I ask a question? Do you ship to Malta?', 'Do you ship to Malta?'],
  ['Guten Tag, wie geht es Ihnen? Was kostet das Zelt?', 'Was kostet das Zelt?'],
])('%j asks one thing', (text, rest) => {
  expect(withoutPleasantry(text)).toBe(rest);
  expect(preprocessQuestion(text, 4_000).parts).toHaveLength(1);
  expect(preprocessQuestion(text, 4_000).standalone).toBe(rest);
});

it.each([
  'Hello, how are you?',
  'Can you help me?',
  'Can you help me choose a tent? How much is it?',
  'How are you different? How much is the tent?',
  'How much is the tent? How are you?',
  'Is anybody there on Sunday? When do you open?',
])('leaves %j as it is', (text) => expect(withoutPleasantry(text)).toBe(text));

it('finishes on long texts', () => {
  expect(withoutPleasantry('how are you? '.repeat(300))).toContain('how are you');
});
