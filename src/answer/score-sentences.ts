import type { CallOptions, Reader } from '../inference/contracts.ts';
import { SENTENCES } from './answer-settings.ts';
import { absentShare } from './absent-share.ts';
import { logOdds } from './log-odds.ts';
import type { RankedPassage, ScoredSentence } from './path-types.ts';
import { readHeading } from './read-heading.ts';

type FirstScore = Omit<ScoredSentence, 'answerable'>;

/**
 * Sentences of the best passages by how likely they hold the answer, best first. Two looks: the reader's best span
 * that begins in the sentence, raised by the place of its passage and by how near its vector lies to the question's
 * (the embedder knows a customer's words where the reader does not), chooses a few; those the reader reads once more
 * by themselves under their heading, because in a passage a neighbour that speaks of the same thing lends a sentence
 * its answer. Questions are no answers.
 * @throws model_failed, models_unavailable, cancelled
 */
export async function scoreSentences(
  question: string,
  ranked: readonly RankedPassage[],
  reader: Reader,
  { added = [], ...options }: CallOptions & { added?: readonly string[] },
): Promise<ScoredSentence[]> {
  const first = firstScores(ranked, added).slice(0, SENTENCES.reread);
  const readings = await reader.read(
    question,
    first.map(({ passage, text }) => ({
      heading: readHeading(passage),
      text,
      sentences: [{ start: 0, end: text.length }],
    })),
    options,
  );
  const scored = first.map((sentence, index) => {
    const answerable = readings[index]?.answerable ?? 0;
    return { ...sentence, answerable, score: sentence.score + SENTENCES.rereadWeight * logOdds(answerable) };
  });
  scored.sort((left, right) => right.score - left.score);
  const floor = (scored[0]?.score ?? 0) - SENTENCES.margin;
  return scored.filter(({ score }) => score >= floor);
}

function firstScores(ranked: readonly RankedPassage[], added: readonly string[]): FirstScore[] {
  const scored = ranked.slice(0, SENTENCES.passages).flatMap((passage) => {
    const absent = absentShare(added, `${passage.chunk.headingPath}\n${passage.chunk.text}`);
    return passage.sentences.flatMap((span, index): FirstScore[] => {
      const logit = passage.reading.sentenceLogits[index];
      const text = passage.chunk.text.slice(span.start, span.end);
      if (logit === undefined || !Number.isFinite(logit) || text.endsWith('?')) return [];
      return [
        {
          passage,
          index,
          span,
          text,
          absent,
          score:
            logit +
            SENTENCES.passageWeight * passage.reranked.score +
            SENTENCES.similarityWeight * (passage.similarities[index] ?? 0) -
            SENTENCES.absentWeight * absent,
        },
      ];
    });
  });
  scored.sort((left, right) => right.score - left.score);
  return scored.filter((_, index) => isFirstOf(scored, index));
}

/** Near-duplicate documents hold the same sentence; it is enough once. */
function isFirstOf(scored: readonly FirstScore[], index: number): boolean {
  return scored.findIndex(({ text }) => text === scored[index]?.text) === index;
}
