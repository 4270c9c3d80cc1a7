import type { KnowledgeStore } from '../stores/contracts.ts';
import { RETRIEVAL } from './answer-settings.ts';
import type { Candidate, Ranked } from './path-types.ts';
import type { Retrieved } from './retrieve-knowledge.ts';

/** Reciprocal rank fusion: score = Σ 1 / (constant + rank) over the lists a chunk is in. Best first. */
export async function fuseCandidates(retrieved: Retrieved, knowledge: KnowledgeStore): Promise<Candidate[]> {
  const bm25 = ranksOf(retrieved.keywords);
  const vector = ranksOf(retrieved.vectors);
  const ids = [...new Set([...bm25.keys(), ...vector.keys()])];
  const scored = ids
    .map((id) => ({ id, score: reciprocal(bm25.get(id)) + reciprocal(vector.get(id)) }))
    .sort((left, right) => right.score - left.score || left.id - right.id);
  const chunks = new Map((await knowledge.getChunks(ids)).map((chunk) => [chunk.id, chunk]));
  return scored.flatMap(({ id, score }, index) => {
    // A chunk can be gone by now: its document was removed while we searched.
    const chunk = chunks.get(id);
    if (!chunk) return [];
    return [
      {
        chunk,
        bm25: bm25.get(id) ?? null,
        vector: vector.get(id) ?? null,
        fused: { rank: index + 1, score },
      },
    ];
  });
}

function ranksOf(hits: readonly { chunkId: number; score: number }[]): Map<number, Ranked> {
  return new Map(hits.map(({ chunkId, score }, index) => [chunkId, { rank: index + 1, score }]));
}

function reciprocal(ranked: Ranked | undefined): number {
  return ranked ? 1 / (RETRIEVAL.rankConstant + ranked.rank) : 0;
}
