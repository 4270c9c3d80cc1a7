import type { CallOptions, ModelHost, Reading } from '../inference/contracts.ts';
import { RERANKING } from './answer-settings.ts';
import { compareSentences, type ComparedPassage } from './compare-sentences.ts';
import type { Candidate, RankedPassage } from './path-types.ts';
import { readHeading } from './read-heading.ts';
import type { RetrievalTools } from './retrieve-knowledge.ts';

type Read = Omit<RankedPassage, 'reranked'> & { score: number };

/**
 * Candidates in the order of their first score, that of their nearest sentence counted in; best first.
 * @throws model_failed, models_unavailable, cancelled, storage_*
 */
export async function compareCandidates(
  forms: readonly string[],
  candidates: readonly (Candidate & { lead?: string })[],
  tools: Pick<RetrievalTools, 'models' | 'sentences'>,
  options: CallOptions,
): Promise<ComparedPassage[]> {
  const near = await compareSentences(forms, candidates, tools, { most: RERANKING.most, ...options });
  return near.sort(
    (left, right) => firstScore(right) - firstScore(left) || left.fused.rank - right.fused.rank,
  );
}

/**
 * The reader looks at the best of what was compared, one after the other, until no other can come before them. Its
 * relevance and the first score make the order. Only what was read is returned.
 * @throws model_failed, models_unavailable, cancelled
 */
export async function readLikeliest(
  question: string,
  compared: readonly ComparedPassage[],
  reader: ModelHost['reader'],
  options: CallOptions,
): Promise<RankedPassage[]> {
  const likely = compared.slice(0, RERANKING.most);
  let read: Read[] = [];
  while (read.length < likely.length) {
    const next = likely.slice(read.length, Math.max(RERANKING.least, read.length + 1));
    if (read.length >= RERANKING.least && isSettled(read, next[0]!)) break;
    read = [...read, ...(await readPassages(question, next, reader, options))];
  }
  return read
    .sort((left, right) => right.score - left.score || left.fused.rank - right.fused.rank)
    .map(({ score, ...passage }, index) => ({ ...passage, reranked: { rank: index + 1, score } }));
}

/** compareCandidates, then readLikeliest for the likeliest form. @throws model_failed, models_unavailable, cancelled, storage_* */
export async function rerankCandidates(
  forms: readonly string[],
  candidates: readonly (Candidate & { lead?: string })[],
  tools: Pick<RetrievalTools, 'models' | 'sentences'>,
  options: CallOptions,
): Promise<RankedPassage[]> {
  const compared = await compareCandidates(forms, candidates, tools, options);
  return readLikeliest(forms[0]!, compared, tools.models.reader, options);
}

async function readPassages(
  question: string,
  compared: readonly ComparedPassage[],
  reader: ModelHost['reader'],
  options: CallOptions,
): Promise<Read[]> {
  const passages = compared.map((candidate) => ({
    heading: readHeading(candidate),
    text: candidate.chunk.text,
    sentences: candidate.sentences,
  }));
  const readings = await reader.read(question, passages, options);
  return compared.map((candidate, index) => {
    const reading = readings[index]!;
    return { ...candidate, reading, score: finalScore(candidate, reading) };
  });
}

/** However relevant the next candidate were, it would not come among the first. */
function isSettled(read: readonly Read[], next: ComparedPassage): boolean {
  const before = read.filter(({ score }) => score >= finalScore(next, { relevance: 1 }));
  return before.length >= RERANKING.settled;
}

function finalScore(passage: ComparedPassage, { relevance }: Pick<Reading, 'relevance'>): number {
  return relevance + RERANKING.fusionWeight * firstScore(passage);
}

function firstScore({ fused, nearest }: ComparedPassage): number {
  return fused.score + RERANKING.sentenceWeight * nearest;
}
