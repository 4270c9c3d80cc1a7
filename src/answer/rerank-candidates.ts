import type { CallOptions, Reading } from '../inference/contracts.ts';
import { RERANKING } from './answer-settings.ts';
import { compareSentences, type ComparedPassage } from './compare-sentences.ts';
import type { Candidate, RankedPassage } from './path-types.ts';
import { readHeading } from './read-heading.ts';
import type { RetrievalWeights } from './retrieval-weights.ts';
import type { RetrievalTools } from './retrieve-knowledge.ts';

type Read = Omit<RankedPassage, 'reranked'> & { score: number };

/**
 * Candidates in the order of their first score, that of their nearest sentence counted in; best first.
 * @throws model_failed, models_unavailable, cancelled, storage_*
 */
export async function compareCandidates(
  forms: readonly string[],
  candidates: readonly (Candidate & { lead?: string })[],
  tools: Pick<RetrievalTools, 'models' | 'sentences' | 'weights'>,
  options: CallOptions,
): Promise<ComparedPassage[]> {
  const { weights } = tools;
  const near = await compareSentences(forms, candidates, tools, { most: RERANKING.most, ...options });
  const score = (passage: ComparedPassage): number => firstScore(passage, weights);
  return near.sort((left, right) => score(right) - score(left) || left.fused.rank - right.fused.rank);
}

/**
 * The reader looks at the best of what was compared, one after the other, until no other can come before them. Its
 * relevance and the first score make the order. Only what was read is returned.
 * @throws model_failed, models_unavailable, cancelled
 */
export async function readLikeliest(
  question: string,
  compared: readonly ComparedPassage[],
  tools: Pick<RetrievalTools, 'models' | 'weights'>,
  options: CallOptions,
): Promise<RankedPassage[]> {
  const likely = compared.slice(0, RERANKING.most);
  let read: Read[] = [];
  while (read.length < likely.length) {
    const next = likely.slice(read.length, Math.max(RERANKING.least, read.length + 1));
    if (read.length >= RERANKING.least && isSettled(read, next[0]!, tools.weights)) break;
    read = [...read, ...(await readPassages(question, next, tools, options))];
  }
  return read
    .sort((left, right) => right.score - left.score || left.fused.rank - right.fused.rank)
    .map(({ score, ...passage }, index) => ({ ...passage, reranked: { rank: index + 1, score } }));
}

/** compareCandidates, then readLikeliest for the likeliest form. @throws model_failed, models_unavailable, cancelled, storage_* */
export async function rerankCandidates(
  forms: readonly string[],
  candidates: readonly (Candidate & { lead?: string })[],
  tools: Pick<RetrievalTools, 'models' | 'sentences' | 'weights'>,
  options: CallOptions,
): Promise<RankedPassage[]> {
  const compared = await compareCandidates(forms, candidates, tools, options);
  return readLikeliest(forms[0]!, compared, tools, options);
}

async function readPassages(
  question: string,
  compared: readonly ComparedPassage[],
  { models, weights }: Pick<RetrievalTools, 'models' | 'weights'>,
  options: CallOptions,
): Promise<Read[]> {
  const passages = compared.map((candidate) => ({
    heading: readHeading(candidate),
    text: candidate.chunk.text,
    sentences: candidate.sentences,
  }));
  const readings = await models.reader.read(question, passages, options);
  return compared.map((candidate, index) => {
    const reading = readings[index]!;
    return { ...candidate, reading, score: finalScore(candidate, reading, weights) };
  });
}

/** However relevant the next candidate were, it would not come among the first. */
function isSettled(read: readonly Read[], next: ComparedPassage, weights: RetrievalWeights): boolean {
  const before = read.filter(({ score }) => score >= finalScore(next, { relevance: 1 }, weights));
  return before.length >= RERANKING.settled;
}

function finalScore(
  passage: ComparedPassage,
  { relevance }: Pick<Reading, 'relevance'>,
  weights: RetrievalWeights,
): number {
  return relevance + weights.fusionWeight * firstScore(passage, weights);
}

function firstScore({ fused, nearest }: ComparedPassage, { sentenceWeight }: RetrievalWeights): number {
  return fused.score + sentenceWeight * nearest;
}
