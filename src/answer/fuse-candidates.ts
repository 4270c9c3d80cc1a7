import { findCodes } from '../text/find-codes.ts';
import { RETRIEVAL } from './answer-settings.ts';
import { codeShares } from './match-codes.ts';
import type { Candidate, Ranked } from './path-types.ts';
import type { Retrieved, RetrievalTools } from './retrieve-knowledge.ts';

/**
 * One order out of two: cosine similarity, raised by a saturating share of BM25. What the keywords alone
 * found gets its true similarity too, so that scores compare; what a hint led to, the one it is raised to. Codes that
 * the query names are nothing to a vector and one word among many to BM25: passages that hold them are raised. Best first.
 */
export async function fuseCandidates(
  query: string,
  retrieved: Retrieved,
  { knowledge, models, weights }: Pick<RetrievalTools, 'knowledge' | 'models' | 'weights'>,
): Promise<Candidate[]> {
  const bm25 = ranksOf(retrieved.keywords);
  const vector = ranksOf(retrieved.vectors);
  const similarity = new Map([...vector].map(([id, { score }]) => [id, score]));
  if (retrieved.queryVector) {
    const missing = [...bm25.keys()].filter((id) => !vector.has(id));
    for (const row of await knowledge.getEmbeddings(missing, models.embedder.identity)) {
      similarity.set(row.chunkId, dot(row.vector, retrieved.queryVector));
    }
  }
  for (const { chunkId, score } of retrieved.hinted)
    similarity.set(chunkId, Math.max(similarity.get(chunkId) ?? -1, score));
  // A chunk can be gone by now: its document was removed while we searched.
  const chunks = await knowledge.getChunks([...new Set([...bm25.keys(), ...similarity.keys()])]);
  const codes = codeShares(
    findCodes(query),
    chunks.map(({ headingPath, text }) => `${headingPath}\n${text}`),
  );
  return chunks
    .map((chunk, index) => ({
      chunk,
      score:
        (similarity.get(chunk.id) ?? 0) +
        weights.keywordWeight * keywordShare(bm25.get(chunk.id)) +
        RETRIEVAL.codeWeight * codes[index]!,
    }))
    .sort((left, right) => right.score - left.score || left.chunk.id - right.chunk.id)
    .map(({ chunk, score }, index) => ({
      chunk,
      bm25: bm25.get(chunk.id) ?? null,
      vector: vector.get(chunk.id) ?? null,
      fused: { rank: index + 1, score },
    }));
}

/** 0…1 */
function keywordShare(bm25: Ranked | undefined): number {
  return bm25 ? bm25.score / (bm25.score + RETRIEVAL.bm25Half) : 0;
}

function ranksOf(hits: readonly { chunkId: number; score: number }[]): Map<number, Ranked> {
  return new Map(hits.map(({ chunkId, score }, index) => [chunkId, { rank: index + 1, score }]));
}

/** Cosine similarity of unit vectors. */
function dot(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}
