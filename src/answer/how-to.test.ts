import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chunkDocument } from '../ingest/chunk-document.ts';
import { parseDocument } from '../ingest/parse/parse-document.ts';
import { splitPassage } from '../text/split-passage.ts';
import { HOW_TO } from './answer-settings.ts';
import { extractAnswer } from './extract-answer.ts';
import { stepsOf } from './how-to.ts';
import type { QuestionPart, RankedPassage, ScoredSentence } from './path-types.ts';
import { isInstruction } from './step-words.ts';

/** A part of a question whose best sentence, by the reader, begins so in this document of the demo shop. */
function found(question: string, file: string, begins: string, share = 1): QuestionPart {
  const bytes = readFileSync(`data/shop/documents/${file}`);
  const document = parseDocument({ source: file, name: file, bytes });
  for (const [id, chunk] of chunkDocument(document, { countTokens: (text) => text.length / 4.5 }).entries()) {
    const sentences = splitPassage(chunk.text);
    const index = sentences.findIndex(({ start }) => chunk.text.slice(start).startsWith(begins));
    if (index < 0) continue;
    const passage = { chunk: { id, ...chunk }, sentences } as unknown as RankedPassage;
    const span = sentences[index]!;
    const best = {
      passage,
      index,
      span,
      text: chunk.text.slice(span.start, span.end),
      score: 9,
    } as ScoredSentence;
    return { text: question, share, ranked: [passage], sentences: [best] };
  }
  throw new Error(`${file} has no sentence that begins so: ${begins}`);
}

const textOf = (part: QuestionPart): string =>
  stepsOf(part)
    .map(({ text }) => text)
    .join(' … ');

describe('stepsOf', () => {
  it('quotes the instructions around the best sentence, in their order', () => {
    const part = found('How do I wash a down jacket?', 'care/down.md', 'Down needs to be washed rarely');
    const text = textOf(part);
    expect(text).toMatch(/^Down needs to be washed rarely/);
    expect(text).toContain('Use a large front-loading machine');
    expect(text).toContain('Run the rinse cycle three times');
    expect(text.length).toBeLessThanOrEqual(HOW_TO.maxCharacters + 10);
    expect(extractAnswer(part)).toEqual(stepsOf(part));
  });

  it('quotes a list whole, wherever in it the best sentence lies', () => {
    const part = found('How do I claim under warranty?', 'warranty/how-to-claim.md', '3. If we need it');
    expect(textOf(part)).toMatch(
      /^1\. Send everything .*\n2\. We answer .*\n3\. If we need it.*\n4\. We decide/,
    );
    const returns = found('How can I return something?', 'returns/returns-web-shop.md', '2. ');
    expect(textOf(returns)).toMatch(/1\. Sign in, open My orders/);
    const items = textOf(returns)
      .split('\n')
      .map((line) => line.slice(0, 2));
    expect(items).toEqual(expect.arrayContaining(['1.', '2.', '3.']));
  });

  it('quotes what stands in the document, verbatim', () => {
    for (const { text, passage, evidence } of stepsOf(
      found('How should I dry leather boots?', 'care/leather-boots.md', 'Dry leather boots slowly'),
    ))
      expect(passage.chunk.text.slice(evidence.start, evidence.end)).toBe(text);
  });

  it('keeps to its share of the room, from the best sentence on', () => {
    const part = found('How do I wash rain jackets?', 'care/rain-jackets.md', 'Rinse twice', 0.25);
    expect(textOf(part).length).toBeLessThanOrEqual(HOW_TO.maxCharacters * 0.25);
  });

  describe('where the best sentence is no step itself', () => {
    type Part = Parameters<typeof stepsOf>[0];
    const passageOf = (id: number, headingPath: string, text: string): RankedPassage =>
      ({
        chunk: { id, documentId: 'studio', headingPath, text },
        sentences: splitPassage(text),
      }) as unknown as RankedPassage;
    const partOf = (best: RankedPassage, ...others: RankedPassage[]): Part => {
      const span = best.sentences[0]!;
      const text = best.chunk.text.slice(span.start, span.end);
      const sentences = [{ passage: best, index: 0, span, text, score: 9 } as ScoredSentence];
      return { text: 'How do I move my course?', share: 1, ranked: [best, ...others], sentences };
    };
    const textsOf = (part: Part): string[] => stepsOf(part).map(({ text }) => text);
    const INTRO = 'Courses can be moved to another date.';
    const STEPS = '1. Open My bookings.\n2. Choose Move.\n3. Wait for the mail.';

    it('quotes it and the steps further on in its passage', () => {
      const text = `${INTRO} The fee is £12. It is charged once. Nobody likes it.\n${STEPS}`;
      expect(textsOf(partOf(passageOf(1, 'Moving', text)))).toEqual([INTRO, STEPS]);
    });

    it('quotes the steps of a section below its own, and of none beside it', () => {
      const intro = passageOf(1, 'Moving', INTRO);
      expect(textsOf(partOf(intro, passageOf(2, 'Moving > In short', STEPS)))).toEqual([INTRO, STEPS]);
      expect(textsOf(partOf(intro, passageOf(2, 'Leaving', STEPS)))).toEqual([]);
      const joining = passageOf(1, 'Membership > Joining', INTRO);
      expect(textsOf(partOf(joining, passageOf(2, 'Membership > Leaving', STEPS)))).toEqual([]);
    });
  });

  it('is nothing for other questions, and where there are no steps', () => {
    const care = 'Down needs to be washed rarely';
    for (const question of [
      'How often must down be washed?',
      'How much does washing cost?',
      'Can I wash down?',
    ])
      expect(stepsOf(found(question, 'care/down.md', care))).toEqual([]);
    expect(stepsOf(found('How do I pay?', 'care/merino.md', 'Small balls of fibre'))).toEqual([]);
  });
});

describe('isInstruction', () => {
  it.each([
    'Use a mild detergent.',
    '3. **Turn** it off and wait.',
    'Then dry it in the dryer at low heat.',
    'Before you store the boots for the winter, wax them once more.',
    'Please never send a cartridge with it.',
    '- Never dry-clean a rain jacket.',
    'Do not use fabric softener.',
  ])('knows %s', (sentence) => expect(isInstruction(sentence.replaceAll('**', ''))).toBe(true));

  it.each([
    'Washing takes 8 working days.',
    'Store hours are from 9:30 to 18:30.',
    'Order status is shown in your account.',
    'A jacket needs about 2 hours.',
    'We answer within 3 working days.',
    'If you prefer, we do it for you.',
  ])('does not take %s for one', (sentence) => expect(isInstruction(sentence)).toBe(false));
});
