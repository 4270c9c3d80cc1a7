import type { CallOptions, Reader } from '../inference/contracts.ts';
import { findCodes } from '../text/find-codes.ts';
import { SENTENCES } from './answer-settings.ts';
import { absentShare } from './absent-share.ts';
import { logOdds } from './log-odds.ts';
import { fitCodes, namesCode } from './match-codes.ts';
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
  const first = firstScores(ranked, { added, codes: findCodes(question) }).slice(0, SENTENCES.reread);
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

function firstScores(
  ranked: readonly RankedPassage[],
  { added, codes }: { added: readonly string[]; codes: readonly string[] },
): FirstScore[] {
  const known = ranked.some(({ chunk }) => namesCode(codes, `${chunk.headingPath}\n${chunk.text}`));
  const scored = ranked.slice(0, SENTENCES.passages).flatMap((passage) => {
    const { headingPath, text: whole } = passage.chunk;
    const absent = absentShare(added, `${headingPath}\n${whole}`);
    const texts = passage.sentences.map(({ start, end }) => whole.slice(start, end));
    const fits = fitCodes(codes, headingPath, texts, known);
    return passage.sentences.flatMap((span, index): FirstScore[] => {
      const logit = passage.reading.sentenceLogits[index];
      const text = texts[index]!;
      const fit = fits[index]!;
      if (logit === undefined || !Number.isFinite(logit) || text.endsWith('?')) return [];
      return [
        {
          passage,
          index,
          span,
          text,
          absent,
          codes: fit,
          score:
            logit +
            SENTENCES.passageWeight * passage.reranked.score +
            SENTENCES.similarityWeight * (passage.similarities[index] ?? 0) +
            SENTENCES.codeWeight * fit -
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
