import { describe, expect, it } from 'vitest';
import { sayIn } from '../messages/say.ts';
import { answerSentences, withoutMarks } from './answer-sentences.ts';

describe('answerSentences', () => {
  it('gives each sentence the marks that follow it', () => {
    expect(answerSentences('Shoes: 60 days. [1] Unworn only. No sale items. [2][3] Call us.')).toEqual([
      { text: 'Shoes: 60 days.', cited: [1] },
      { text: 'Unworn only.', cited: [2, 3] },
      { text: 'No sale items.', cited: [2, 3] },
      { text: 'Call us.', cited: [] },
    ]);
  });

  it('leaves out what the product says in its own words', () => {
    const open = sayIn('en')('openPart', { part: 'What is your name? And why?' });
    expect(answerSentences(`Shoes: 60 days. [1] ${open}`)).toEqual([{ text: 'Shoes: 60 days.', cited: [1] }]);
  });
});

describe('withoutMarks', () => {
  it('takes the marks out and nothing else', () => {
    expect(withoutMarks('Shoes: 60 days. [1] Unworn [only]. [2]')).toBe('Shoes: 60 days. Unworn [only].');
  });
});
