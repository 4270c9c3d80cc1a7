import type { CallOptions, ModelHost, Span } from '../inference/contracts.ts';
import { splitPassage } from '../text/split-passage.ts';
import type { Candidate } from './path-types.ts';
import { readHeading } from './read-heading.ts';

export interface ComparedPassage extends Candidate {
  /** Sentence of another passage that named this one, where a second search followed it. */
  lead?: string;
  /** Sentences of chunk.text. */
  sentences: Span[];
  /** Cosine -1…1 of the question and each sentence under its heading, in the order of `sentences`. */
  similarities: number[];
}

/**
 * Compares the question with every sentence of the candidates: a passage is as near as its nearest sentence (MaxP,
 * Dai and Callan 2019, arXiv 1905.09217), which a vector of the whole passage blurs. The embedder's cache keeps the
 * vectors, so that passages that were looked at before cost nothing.
 * @throws model_failed, models_unavailable, cancelled
 */
export async function compareSentences(
  question: string,
  candidates: readonly (Candidate & { lead?: string })[],
  embedder: ModelHost['embedder'],
  options: CallOptions,
): Promise<ComparedPassage[]> {
  if (candidates.length === 0) return [];
  const split = candidates.map((candidate) => {
    const sentences = splitPassage(candidate.chunk.text);
    const heading = readHeading(candidate);
    return {
      candidate,
      sentences,
      texts: sentences.map(({ start, end }) => `${heading}: ${candidate.chunk.text.slice(start, end)}`),
    };
  });
  const [asked, ...vectors] = await embedder.embed(
    [question, ...split.flatMap(({ texts }) => texts)],
    options,
  );
  let next = 0;
  return split.map(({ candidate, sentences, texts }) => ({
    ...candidate,
    sentences,
    similarities: texts.map(() => cosine(asked!, vectors[next++]!)),
  }));
}

/** Of unit vectors, as the embedder makes them. */
function cosine(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, index) => sum + value * right[index]!, 0);
}
