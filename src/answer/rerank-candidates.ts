import type { CallOptions, Reader, Reading } from '../inference/contracts.ts';
import { splitPassage } from '../text/split-passage.ts';
import { RERANKING } from './answer-settings.ts';
import type { Candidate, RankedPassage } from './path-types.ts';
import { readHeading } from './read-heading.ts';

type Read = Omit<RankedPassage, 'reranked'> & { score: number };

/**
 * The reader looks at the best candidates, one after the other, until no other can come before them; its relevance
 * and the fused score make the order. Only what was read is returned.
 * @throws model_failed, models_unavailable, cancelled
 */
export async function rerankCandidates(
  question: string,
  candidates: readonly (Candidate & { lead?: string })[],
  reader: Reader,
  options: CallOptions,
): Promise<RankedPassage[]> {
  let read: Read[] = [];
  while (read.length < Math.min(RERANKING.most, candidates.length)) {
    const next = candidates.slice(read.length, Math.max(RERANKING.least, read.length + 1));
    if (read.length >= RERANKING.least && isSettled(read, next[0]!)) break;
    const readings = await readPassages(question, next, reader, options);
    read = [...read, ...readings];
  }
  return read
    .sort((left, right) => right.score - left.score || left.fused.rank - right.fused.rank)
    .map(({ score, ...passage }, index) => ({ ...passage, reranked: { rank: index + 1, score } }));
}

async function readPassages(
  question: string,
  candidates: readonly (Candidate & { lead?: string })[],
  reader: Reader,
  options: CallOptions,
): Promise<Read[]> {
  const passages = candidates.map((candidate) => ({
    heading: readHeading(candidate),
    text: candidate.chunk.text,
    sentences: splitPassage(candidate.chunk.text),
  }));
  const readings = await reader.read(question, passages, options);
  return candidates.map((candidate, index) => {
    const reading = readings[index]!;
    const { sentences } = passages[index]!;
    return { ...candidate, reading, sentences, score: finalScore(candidate, reading) };
  });
}

/** However relevant the next candidate were, it would not come among the first. */
function isSettled(read: readonly Read[], next: Candidate): boolean {
  const before = read.filter(({ score }) => score >= finalScore(next, { relevance: 1 }));
  return before.length >= RERANKING.settled;
}

function finalScore({ fused }: Candidate, { relevance }: Pick<Reading, 'relevance'>): number {
  return relevance + RERANKING.fusionWeight * fused.score;
}
