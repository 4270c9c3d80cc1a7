import type { CallOptions, Span } from '../inference/contracts.ts';
import { sentenceTexts } from '../text/sentence-texts.ts';
import type { Candidate } from './path-types.ts';
import { readHeading } from './read-heading.ts';
import type { RetrievalTools } from './retrieve-knowledge.ts';

export interface ComparedPassage extends Candidate {
  /** Sentence of another passage that named this one, where a second search followed it. */
  lead?: string;
  /** Sentences of chunk.text. */
  sentences: Span[];
  /** Cosine -1…1 of the likeliest form and each sentence under its heading, in the order of `sentences`. */
  similarities: number[];
  /** That of the nearest sentence to any form. */
  nearest: number;
}

/**
 * Compares the question with every sentence of the candidates: a passage is as near as its nearest sentence (MaxP,
 * Dai and Callan 2019, arXiv 1905.09217), which a vector of the whole passage blurs. The vectors were made after
 * ingest; where they are not there yet, they are made now for the first `most` passages, and the others are left out.
 * @param forms in which the same may have been asked, the likeliest first; at least one
 * @throws model_failed, models_unavailable, cancelled, storage_*
 */
export async function compareSentences(
  forms: readonly string[],
  candidates: readonly (Candidate & { lead?: string })[],
  tools: Pick<RetrievalTools, 'models' | 'sentences'>,
  { most, ...options }: CallOptions & { most: number },
): Promise<ComparedPassage[]> {
  if (candidates.length === 0) return [];
  const { embedder } = tools.models;
  const ids = candidates.flatMap(({ chunk, lead }) => (lead === undefined ? [chunk.id] : []));
  const kept = new Map(
    (await tools.sentences.get(ids, embedder.identity)).map(({ chunkId, vectors }) => [chunkId, vectors]),
  );
  const known = candidates.map((candidate) => {
    const { sentences, texts } = sentenceTexts(readHeading(candidate), candidate.chunk.text);
    const vectors = candidate.lead === undefined ? kept.get(candidate.chunk.id) : undefined;
    // Kept vectors fit their sentences unless a newer program splits otherwise.
    return { candidate, sentences, texts, vectors: vectors?.length === texts.length ? vectors : undefined };
  });
  const compared = known.filter(({ vectors }, index) => vectors !== undefined || index < most);
  const missing = compared.flatMap(({ texts, vectors }) => (vectors === undefined ? texts : []));
  const embedded = await embedder.embed([...forms, ...missing], options);
  const asked = embedded.slice(0, forms.length);
  const made = embedded.slice(forms.length);
  let next = 0;
  return compared.map(({ candidate, sentences, texts, vectors }) => {
    const own = vectors ?? made.slice(next, (next += texts.length));
    const [similarities = [], ...others] = asked.map((form) => own.map((vector) => cosine(form, vector)));
    return { ...candidate, sentences, similarities, nearest: Math.max(0, ...similarities, ...others.flat()) };
  });
}

/** Of unit vectors, as the embedder makes them. */
function cosine(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, index) => sum + value * right[index]!, 0);
}
