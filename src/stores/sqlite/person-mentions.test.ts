import { describe, expect, it } from 'vitest';
import { mentionsOf, STRUCK } from './person-mentions.ts';

const NOBODY = { emails: [], phones: [], names: [], subjects: [] };
const strike = (text: string, person: Partial<typeof NOBODY> | Record<string, string[]>): string => {
  const mentions = mentionsOf({ ...NOBODY, ...person });
  return mentions === null ? text : text.replace(mentions, STRUCK);
};

describe('mentions of a person', () => {
  it.each([
    ['Write to ADA.Q@Shop.example, please', { emails: ['ada.q@shop.example'] }, 'Write to [erased], please'],
    ['Call 030 / 123-45 67', { phones: ['+49 30 1234567', '0301234567'] }, 'Call [erased]'],
    ['Ada  Quorndale said', { names: ['Ada Quorndale'] }, '[erased] said'],
    ['Customer K-10087?', { subjects: ['K-10087'] }, 'Customer [erased]?'],
    // Parts of longer words are other words.
    ['xada.q@shop.examples', { emails: ['ada.q@shop.example'] }, 'xada.q@shop.examples'],
    ['Ada asked, Ann Lee asked', { names: ['Ada', 'An Le'] }, 'Ada asked, Ann Lee asked'],
    ['What (a+b)* means', { names: ['(a+b)* c+'] }, 'What (a+b)* means'],
  ])('in %j are struck out', (text, person, expected) => {
    expect(strike(text, person as Record<string, string[]>)).toBe(expected);
  });

  it('are none where nothing is sure', () => {
    expect(mentionsOf({ ...NOBODY, names: ['Ada'], phones: ['110'], subjects: ['7'] })).toBeNull();
  });
});
