import { expect, it } from 'vitest';
import { splitPassage } from '../text/split-passage.ts';
import { codeSectionOf } from './code-section.ts';
import { extractAnswer } from './extract-answer.ts';
import type { QuestionPart, RankedPassage, ScoredSentence } from './path-types.ts';

const LIST =
  'These are the codes.\n- E12: no water comes in. Open the tap.\n- E13: no heat. Call us.\n- E21: no water goes out.';

/** A part whose best sentence, by the reader, begins so. */
function found(question: string, text: string, begins: string, headingPath = 'Dishwasher'): QuestionPart {
  const sentences = splitPassage(text);
  const passage = { chunk: { id: 1, headingPath, text }, sentences } as unknown as RankedPassage;
  const index = sentences.findIndex(({ start }) => text.slice(start).startsWith(begins));
  const span = sentences[index]!;
  const best = { passage, index, span, text: text.slice(span.start, span.end), score: 9 } as ScoredSentence;
  return { text: question, share: 1, ranked: [passage], sentences: [best] };
}

const textOf = (part: QuestionPart): string =>
  codeSectionOf(part)
    .map(({ text }) => text)
    .join(' … ');

it('quotes what is said of the code, from where it is named to the next one', () => {
  const part = found('what does e-12 mean?', LIST, 'Open the tap');
  expect(textOf(part)).toBe('- E12: no water comes in. Open the tap.');
  expect(extractAnswer(part)).toEqual(codeSectionOf(part));
  expect(textOf(found('e12 on the dishwasher', LIST, '- E12'))).toBe(
    '- E12: no water comes in. Open the tap.',
  );
});

it('a heading names the code of its whole section; its first sentence says what it means', () => {
  const text = `The burner has not lit. ${'Look at the meter and at the tap. '.repeat(12)}Thaw the pipe in frost.`;
  const said = textOf(found('F28, it is cold', text, 'Thaw the pipe', 'Boiler > F.28'));
  expect(said).toBe('The burner has not lit. … Thaw the pipe in frost.');
});

it('is empty where the best sentence is of another code or of none, or no code is asked about', () => {
  expect(textOf(found('E12?', LIST, '- E13'))).toBe('');
  expect(textOf(found('E12?', LIST, 'These are'))).toBe('');
  expect(textOf(found('no water?', LIST, '- E12'))).toBe('');
});
