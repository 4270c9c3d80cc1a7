import type { Span } from '../inference/contracts.ts';
import { splitPassage } from '../text/split-passage.ts';
import type { ChunkRecord } from '../stores/contracts.ts';
import type { AnswerTools, Question, RankedPassage } from './path-types.ts';

type Guarded = Pick<AnswerTools, 'guard'>;

/**
 * Retrieved text is data. Sentences that speak to the assistant, and those with secrets or other people's data, are
 * taken out before anything chooses, words or quotes them; titles and headings likewise. Of every passage that was
 * read: steps are quoted from the last places, too, and choices are named after them.
 */
export function safePassages(
  ranked: readonly RankedPassage[],
  question: Pick<Question, 'text'>,
  { guard }: Guarded,
): RankedPassage[] {
  return ranked.map((passage) => {
    const { chunk, sentences, similarities, reading } = passage;
    const withheld = guard.withheld({ text: chunk.text, sentences, source: chunk.title }, question.text);
    const heading = guard.labelOf(chunk.headingPath);
    const title = guard.labelOf(chunk.title);
    if (!withheld.includes(true) && heading === chunk.headingPath && title === chunk.title) return passage;
    const kept = (_: unknown, index: number): boolean => withheld[index] !== true;
    return {
      ...passage,
      chunk: { ...chunk, headingPath: heading, title },
      sentences: sentences.filter(kept),
      similarities: similarities.filter(kept),
      reading: { ...reading, sentenceLogits: reading.sentenceLogits.filter(kept) },
    };
  });
}

/** Sentences of a chunk that may be shown. */
export function safeSpans(chunk: ChunkRecord, question: Pick<Question, 'text'>, { guard }: Guarded): Span[] {
  const sentences = splitPassage(chunk.text);
  const withheld = guard.withheld({ text: chunk.text, sentences, source: chunk.title }, question.text);
  return sentences.filter((_, index) => withheld[index] !== true);
}
