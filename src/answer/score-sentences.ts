import type { Span } from '../inference/contracts.ts';
import { SENTENCES } from './answer-settings.ts';
import type { QuestionPart, RankedPassage } from './path-types.ts';

export interface ScoredSentence {
  passage: RankedPassage;
  /** Place in passage.sentences. */
  index: number;
  span: Span;
  text: string;
  /** Points of span logit; see SENTENCES. */
  score: number;
}

/**
 * Sentences of the best passages by how likely they hold the answer, best first: the reader's best span
 * that begins in the sentence, raised by the place of its passage. Questions are no answers.
 */
export function scoreSentences({ ranked }: Pick<QuestionPart, 'ranked'>): ScoredSentence[] {
  const scored = ranked.slice(0, SENTENCES.passages).flatMap((passage) =>
    passage.sentences.flatMap((span, index): ScoredSentence[] => {
      const logit = passage.reading.sentenceLogits[index];
      const text = passage.chunk.text.slice(span.start, span.end);
      if (logit === undefined || !Number.isFinite(logit) || text.endsWith('?')) return [];
      return [
        { passage, index, span, text, score: logit + SENTENCES.passageWeight * passage.reranked.score },
      ];
    }),
  );
  scored.sort((left, right) => right.score - left.score);
  const floor = (scored[0]?.score ?? 0) - SENTENCES.margin;
  return scored.filter(({ score }, index) => score >= floor && isFirstOf(scored, index));
}

/** Near-duplicate documents hold the same sentence; it is enough once. */
function isFirstOf(scored: readonly ScoredSentence[], index: number): boolean {
  return scored.findIndex(({ text }) => text === scored[index]?.text) === index;
}
