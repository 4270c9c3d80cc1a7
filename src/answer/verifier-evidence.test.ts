import { describe, expect, it } from 'vitest';
import { splitPassage } from '../text/split-passage.ts';
import { CHECKING } from './answer-settings.ts';
import { verifierEvidence } from './verifier-evidence.ts';

/** A token a word. */
const tokens = { countTokens: (text: string) => text.split(/\s+/).length };

function evidenceOf(sentence: string, ...texts: string[]): string {
  const text = texts.join(' ');
  const start = text.indexOf(sentence);
  const evidence = { start, end: start + sentence.length };
  return verifierEvidence({ headingPath: 'A > B', text, sentences: splitPassage(text), evidence }, tokens);
}
const long = (word: string): string => `${`${word} `.repeat(CHECKING.evidenceTokens)}ends.`;

describe('verifierEvidence', () => {
  it('has the heading path and one neighbour on each side', () => {
    const texts = ['One came.', 'Two came.', 'Three came.', 'Four came.', 'Five came.'];
    expect(evidenceOf('Three came.', ...texts)).toBe('A > B: Two came. Three came. Four came.');
    expect(evidenceOf('Two came. Three came.', ...texts)).toBe(
      'A > B: One came. Two came. Three came. Four came.',
    );
    expect(evidenceOf('One came.', ...texts)).toBe('A > B: One came. Two came.');
    expect(evidenceOf('Five came.', ...texts)).toBe('A > B: Four came. Five came.');
  });

  it('leaves out a neighbour that would push the evidence out of sight', () => {
    expect(evidenceOf('It rang.', long('Bells'), 'It rang.', 'Then it stopped.')).toBe(
      'A > B: It rang. Then it stopped.',
    );
    expect(evidenceOf('It rang.', 'A bell hung.', 'It rang.', long('Bells'))).toBe(
      'A > B: A bell hung. It rang.',
    );
  });

  it('keeps the evidence whole however long it is', () => {
    const sentence = long('Bells');
    expect(evidenceOf(sentence, 'A bell hung.', sentence, 'Then it stopped.')).toBe(`A > B: ${sentence}`);
  });
});
