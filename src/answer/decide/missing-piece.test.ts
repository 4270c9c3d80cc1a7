import { describe, expect, it } from 'vitest';
import { preprocessQuestion } from '../preprocess-question.ts';
import { earlierTurns, startsAnew, type PastMessage } from './earlier-turns.ts';
import { choiceOf, withMissingPiece } from './missing-piece.ts';

const CHOICES = ['Delivery to Germany', 'Delivery to Austria', 'Delivery to Switzerland'];
const ASKED = 'How much is delivery?';
const reply = (outcome: string, quick_replies: string[] = [], text = 'Which one?'): PastMessage => ({
  role: 'assistant',
  text,
  answer: JSON.stringify({ outcome, quick_replies }),
});
const asked = (text = ASKED): PastMessage => ({ role: 'customer', text });
const BEFORE = earlierTurns([asked(), reply('clarify', [...CHOICES, 'Talk to a person'])]);
const say = (text: string) => withMissingPiece(preprocessQuestion(text, 1_000), BEFORE, ASKED);

describe('choiceOf', () => {
  it.each([
    ['Delivery to Austria', 1],
    ['delivery to austria!', 1],
    ['austria', 1],
    ['the second one', 1],
    ['3', 2],
    ['the last', 2],
    ['I live in Switzerland', 2],
  ])('%s', (text, index) => expect(choiceOf(text, CHOICES)).toBe(CHOICES[index]));

  it.each(['delivery', 'Poland', 'hm', 'the sixth floor'])('%s means none of them', (text) =>
    expect(choiceOf(text, CHOICES)).toBeNull(),
  );
});

describe('withMissingPiece', () => {
  it('puts a choice into the question that it belongs to', () => {
    const question = say('Austria');
    expect(question).toMatchObject({
      text: 'Austria',
      standalone: 'How much is delivery (Delivery to Austria)?',
      chosen: 'Delivery to Austria',
      completes: true,
      asks: true,
    });
    expect(question.parts).toHaveLength(1);
  });

  it('puts a few words of the customer’s own into it', () => {
    expect(say('to Poland please')).toMatchObject({
      standalone: 'How much is delivery (to Poland please)?',
      chosen: null,
      completes: true,
    });
  });

  it('leaves a new question, a wish for a person, and what follows no question of ours', () => {
    expect(say('Do you repair zips of old jackets?').completes).toBeUndefined();
    expect(say('Talk to a person').completes).toBeUndefined();
    const plain = preprocessQuestion('Austria', 1_000);
    expect(withMissingPiece(plain, earlierTurns([asked(), reply('answered')]), ASKED)).toBe(plain);
    expect(withMissingPiece(plain, BEFORE, null)).toBe(plain);
  });

  it('leaves the reply to a question without choices: the order’s number is read elsewhere', () => {
    const before = earlierTurns([asked('Where is my order?'), reply('clarify', ['Talk to a person'])]);
    const plain = preprocessQuestion('MO-104281', 1_000);
    expect(withMissingPiece(plain, before, 'Where is my order?')).toBe(plain);
  });
});

describe('earlierTurns', () => {
  it('counts replies without an answer up to the last', () => {
    const history = [reply('answered'), asked(), reply('declined'), asked(), reply('declined', [], 'No.')];
    expect(earlierTurns(history)).toMatchObject({ clarified: false, unanswered: 2, lastReply: 'No.' });
    expect(earlierTurns([...history, reply('handed_off')]).unanswered).toBe(0);
    expect(earlierTurns([])).toEqual({ clarified: false, unanswered: 0, lastReply: '', choices: [] });
    expect(earlierTurns([{ role: 'assistant', text: 'A person wrote this.' }]).unanswered).toBe(0);
  });

  it('tells when answers given to others may be given again', () => {
    expect(startsAnew(earlierTurns([reply('answered')]))).toBe(true);
    expect(startsAnew(earlierTurns([reply('declined')]))).toBe(false);
    expect(startsAnew(BEFORE)).toBe(false);
  });
});
