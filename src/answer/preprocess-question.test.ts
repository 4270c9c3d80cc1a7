import { describe, expect, it } from 'vitest';
import { preprocessQuestion } from './preprocess-question.ts';

const parts = (message: string) => preprocessQuestion(message, 4000).parts.map(({ text }) => text);

describe('preprocessQuestion', () => {
  it('cleans spaces, zero-width and control characters', () => {
    expect(preprocessQuestion('  How\u200b long\u0007\n\n is it? ', 4000).text).toBe('How long is it?');
  });

  it('gives the same key to the same question in other letters and marks', () => {
    const key = preprocessQuestion('How long is it?', 4000).key;
    expect(preprocessQuestion('how  LONG is it', 4000).key).toBe(key);
    expect(preprocessQuestion('How long is that?', 4000).key).not.toBe(key);
  });

  it.each([
    ['', 'question_empty'],
    [' \n\t ', 'question_empty'],
    ['\u0000\u0001\u0002', 'question_not_text'],
    ['?!…', 'question_not_text'],
    ['\uFFFD\uFFFD\uFFFD a', 'question_not_text'],
    ['a'.repeat(4001), 'question_too_long'],
  ])('refuses %j with %s', (message, code) => {
    expect(() => preprocessQuestion(message, 4000)).toThrow(expect.objectContaining({ code }));
  });

  it('splits a message that asks two things', () => {
    expect(parts('What does it cost, and how long does delivery take?')).toEqual([
      'What does it cost',
      'how long does delivery take?',
    ]);
    expect(parts('Can I return shoes? Who pays the postage?')).toEqual([
      'Can I return shoes?',
      'Who pays the postage?',
    ]);
  });

  it.each([
    'How high is the shaft? I have weak ankles',
    "I'm at university - is there a student discount?",
    'Do you sell tents and rucksacks?',
    'My lamp broke and I want a new one.',
  ])('leaves whole what asks one thing: %s', (message) => {
    expect(parts(message)).toHaveLength(1);
  });

  it('knows which scripts the models read', () => {
    expect(preprocessQuestion('退货需要多少天？', 4000).readable).toBe(false);
    expect(preprocessQuestion('Wie lange dauert die Lieferung?', 4000).readable).toBe(true);
    expect(preprocessQuestion('12345?', 4000).readable).toBe(true);
  });

  it.each([
    'I want to talk to a person',
    'can you connect me with an agent please',
    'Human',
    'let me speak with someone from staff',
  ])('hears who wants a person: %s', (message) =>
    expect(preprocessQuestion(message, 4000).wantsPerson).toBe(true),
  );

  it.each(['Can I return boots in person?', 'Which person is shown on the label?'])(
    'does not mistake %s',
    (message) => {
      expect(preprocessQuestion(message, 4000).wantsPerson).toBe(false);
    },
  );
});
