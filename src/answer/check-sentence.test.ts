import { describe, expect, it } from 'vitest';
import { splitPassage } from '../text/split-passage.ts';
import { checkSentence } from './check-sentence.ts';

const TEXT =
  'You can return unworn shoes within 60 days of delivery. Sale items cannot be returned. ' +
  'We refund the price within 5 working days, except for gift cards. Mr Lüders resoles Oxbow boots for €59.';
const PASSAGE = { headingPath: 'Returns > Shoes', text: TEXT, sentences: splitPassage(TEXT) };
const check = (sentence: string) => checkSentence(sentence, PASSAGE);

describe('checkSentence', () => {
  it.each([
    'You can return unworn shoes within 60 days of delivery.',
    'Unworn shoes can be returned within 60 days.',
    'Sale items cannot be returned.',
    'Oxbow boots are resoled by Mr Lüders for €59.',
  ])('holds what the passage says: %s', (sentence) => {
    expect(check(sentence)).toMatchObject({ held: true });
  });

  it('names the very sentence that holds it', () => {
    const result = check('Sale items cannot be returned.');
    expect(result.held && TEXT.slice(result.evidence.start, result.evidence.end)).toBe(
      'Sale items cannot be returned.',
    );
  });

  it.each([
    ['You can return unworn shoes within 30 days of delivery.', 'number'],
    ['You can return unworn shoes within 60 months of delivery to Norway.', 'words'],
    ['Mr Lüders resoles Oxbow boots for $59.', 'number'],
    ['Sale items can be returned.', 'negation'],
    ['You cannot return unworn shoes within 60 days of delivery.', 'negation'],
    ['We refund the price within 5 working days for gift cards.', 'condition'],
    ['You can pay by invoice.', 'words'],
    ['[1]', 'empty'],
  ])('refuses %s because of its %s', (sentence, failure) => {
    expect(check(sentence)).toEqual({ held: false, failure });
  });

  it('refuses a name that the evidence does not have, however much else agrees', () => {
    const text =
      'Our master shoemaker resoles leather boots, suede boots, trail shoes and climbing shoes within three weeks for a fair price.';
    const passage = { headingPath: '', text, sentences: splitPassage(text) };
    const sentence = text.replace('resoles', 'Meier resoles');
    expect(checkSentence(sentence, passage)).toEqual({ held: false, failure: 'name' });
  });

  it('does not mix up what belongs to different things', () => {
    const lamps =
      'At full power, the Glimmer 300 shines for 4 hours and the Glimmer 600 for 3 hours. Standard: €4.90; Express: €9.90.';
    const passage = { headingPath: 'Lamps', text: lamps, sentences: splitPassage(lamps) };
    expect(checkSentence('The Glimmer 600 shines for 3 hours.', passage).held).toBe(true);
    expect(checkSentence('The Glimmer 600 shines for 4 hours.', passage)).toEqual({
      held: false,
      failure: 'number',
    });
    expect(checkSentence('The Glimmer 300 shines for 3 hours.', passage)).toEqual({
      held: false,
      failure: 'number',
    });
    expect(checkSentence('Express: €4.90.', passage)).toEqual({ held: false, failure: 'number' });
  });

  it.each([
    'The workshop counter is open Tuesday to Friday from 10:00 to 18:00 and on Saturday from 10:00 to 14:00.',
    'A hand of 18 to 19 cm is size 7, 20 to 21 cm is size 8, and 24 to 25 cm is size 10.',
    'Not covered are fading by the sun, damage by storms above wind force 9, mould, and holes from sparks.',
    'Work: Replace a jacket zip; Price: €34; Usual time: 10 working days.',
  ])('holds what stands there word for word: %s', (text) => {
    expect(checkSentence(text, { headingPath: 'Any', text, sentences: splitPassage(text) }).held).toBe(true);
  });

  it('does not put a statement together from two that contradict it', () => {
    const text = 'Boots cost €90. Tents cost €300.';
    const passage = { headingPath: '', text, sentences: splitPassage(text) };
    expect(checkSentence('Boots cost €300.', passage)).toEqual({ held: false, failure: 'number' });
  });

  it('finds a number in words and in digits alike', () => {
    const text = 'The link is valid for two days.';
    expect(
      checkSentence('The link is valid for 2 days.', { headingPath: '', text, sentences: splitPassage(text) })
        .held,
    ).toBe(true);
  });

  it('does not let the heading hold a statement by itself', () => {
    const text = 'Monday to Friday we answer within a day.';
    const passage = { headingPath: 'Opening hours of the store', text, sentences: splitPassage(text) };
    expect(checkSentence('The store has opening hours.', passage).held).toBe(false);
  });

  it('refuses everything of an empty passage', () => {
    expect(checkSentence('Anything goes here.', { headingPath: '', text: '', sentences: [] })).toEqual({
      held: false,
      failure: 'words',
    });
  });
});
