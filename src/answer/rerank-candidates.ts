import type { CallOptions, Reader, Reading } from '../inference/contracts.ts';
import { splitPassage } from '../text/split-passage.ts';
import { RERANKING, RETRIEVAL } from './answer-settings.ts';
import type { Candidate, RankedPassage } from './path-types.ts';
import { readHeading } from './read-heading.ts';

/** The reader looks at the best candidates; its relevance and the fused score make the order. */
export async function rerankCandidates(
  question: string,
  candidates: readonly (Candidate & { lead?: string })[],
  reader: Reader,
  options: CallOptions,
): Promise<RankedPassage[]> {
  const best = candidates.slice(0, RETRIEVAL.reranked);
  const passages = best.map((candidate) => ({
    heading: readHeading(candidate),
    text: candidate.chunk.text,
    sentences: splitPassage(candidate.chunk.text),
  }));
  const readings = await reader.read(question, passages, options);
  const scored = best.flatMap((candidate, index) => {
    const reading = readings[index];
    const sentences = passages[index]?.sentences;
    if (!reading || !sentences) return [];
    return [{ ...candidate, reading, sentences, score: finalScore(candidate, reading) }];
  });
  scored.sort((left, right) => right.score - left.score || left.fused.rank - right.fused.rank);
  return scored.map(({ score, ...passage }, index) => ({ ...passage, reranked: { rank: index + 1, score } }));
}

function finalScore({ fused }: Candidate, { relevance }: Reading): number {
  return relevance + RERANKING.fusionWeight * fused.score;
}
