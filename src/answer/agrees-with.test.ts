import { describe, expect, it } from 'vitest';
import { createFakeModelHost } from '../inference/fakes.ts';
import type { Reader } from '../inference/contracts.ts';
import { exampleAnswer, exampleCitation } from '../testing/example-answer.ts';
import { agreesWith } from './agrees-with.ts';
import { detailsOf, evidenceFitsBoth, haveSameDetails } from './same-details.ts';

function readerSaying(...answerable: number[]): { reader: Reader; asked: [string, string[]][] } {
  const asked: [string, string[]][] = [];
  const { reader } = createFakeModelHost({
    read: async (question, passages) => {
      asked.push([question, passages.map(({ heading, text }) => `${heading}: ${text}`)]);
      return answerable.map((value) => ({ relevance: 1, answerable: value, span: null, sentenceLogits: [] }));
    },
  });
  return { reader, asked };
}

/** A reader that must not be asked: it throws. */
const unasked = createFakeModelHost().reader;

const candidateOf = (question: string, ...quotes: string[]) => ({
  question,
  answer: exampleAnswer({ citations: quotes.map((quote) => exampleCitation(quote)) }),
  similarity: 0.97,
});

describe('agreeing', () => {
  const candidate = candidateOf('How long can I return boots?', 'Boots: 60 days.', 'Return them clean.');

  it('asks the reader of each cited sentence, and takes the best at its floor', async () => {
    const { reader, asked } = readerSaying(0.1, 0.8);
    expect(await agreesWith(candidate, 'How many days may I return boots?', reader)).toBe(true);
    expect(asked).toEqual([
      ['How many days may I return boots?', ['Returns: Boots: 60 days.', 'Returns: Return them clean.']],
    ]);
    const unsure = readerSaying(0.1, 0.79).reader;
    expect(await agreesWith(candidate, 'How many days may I return boots?', unsure)).toBe(false);
  });

  it('does not ask when a rule says no, or when nothing was cited', async () => {
    expect(await agreesWith(candidate, 'How long can I not return boots?', unasked)).toBe(false);
    expect(await agreesWith(candidate, 'How long can I return jackets?', unasked)).toBe(false);
    expect(await agreesWith(candidateOf('How long?'), 'How long?', unasked)).toBe(false);
  });
});

describe('the details of two questions', () => {
  it.each([
    ['Do you ship to Norway?', 'do you deliver to Norway'],
    ['Is TB-204 waterproof?', 'is the TB204 waterproof?'],
    ['Can I pay 3 instalments?', 'Could I pay in three instalments?'],
    ["Why can't I pay?", 'Why can I not pay?'],
  ])('are the same: %s / %s', (one, other) => {
    expect(haveSameDetails(one, other)).toBe(true);
  });

  it.each([
    ['Is size 42 in stock?', 'Is size 43 in stock?'],
    ['Does it cost €50?', 'Does it cost $50?'],
    ['Is TB-204 waterproof?', 'Is TB-205 waterproof?'],
    ['Do you ship to Norway?', 'Do you ship to Sweden?'],
    ['Can I return worn boots?', "Can't I return worn boots?"],
    ['Can I cancel before dispatch?', 'Can I cancel after dispatch?'],
    ['Do you ship with a fee?', 'Do you ship without a fee?'],
    ['Is ada@example.com subscribed?', 'Is bob@example.com subscribed?'],
    ['Delivery on 24 December?', 'Delivery on 24.12.?'],
  ])('differ: %s / %s', (one, other) => {
    expect(haveSameDetails(one, other)).toBe(false);
  });

  it('do not hold "I" for a name, nor the first word of a sentence', () => {
    expect(detailsOf('Boots are wet. What can I do?')).toEqual(new Set());
  });
});

describe('evidence', () => {
  it('must speak of what the new question adds', () => {
    const evidence = 'We ship to germany within 3 days.';
    expect(evidenceFitsBoth('do you ship to france', 'do you ship to germany', evidence)).toBe(false);
    expect(evidenceFitsBoth('do you ship within days', 'do you ship', evidence)).toBe(true);
  });

  it('must not be about what only the old question said', () => {
    const evidence = 'Boots can be returned within 60 days.';
    expect(evidenceFitsBoth('Can things be returned?', 'Can boots be returned?', evidence)).toBe(false);
    expect(evidenceFitsBoth('Can boots be returned?', 'Can boots be returned by post?', evidence)).toBe(true);
  });
});
