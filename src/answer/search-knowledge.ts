import type { CallOptions } from '../inference/contracts.ts';
import { hasCode } from '../errors.ts';
import { fuseCandidates } from './fuse-candidates.ts';
import type { Candidate, RankedPassage } from './path-types.ts';
import { rerankCandidates } from './rerank-candidates.ts';
import { retrieveKnowledge, type RetrievalTools } from './retrieve-knowledge.ts';

export interface SearchResult {
  /** All fused candidates, best first. */
  fused: Candidate[];
  /** The reader's order of the best of them; empty when the models were away. */
  reranked: RankedPassage[];
  /** True when the models were away: the order is that of the keywords alone. */
  keywordsOnly: boolean;
  /** Milliseconds. */
  timings: { retrieve: number; rerank: number };
}

/** Retrieval alone, as `answerbox search` and `/api/v1/search` show it: every stage with its scores. */
export async function searchKnowledge(
  query: string,
  tools: RetrievalTools,
  options: CallOptions,
): Promise<SearchResult> {
  const started = performance.now();
  const retrieved = await retrieveKnowledge(query, tools, options);
  const fused = await fuseCandidates(retrieved, tools);
  const middle = performance.now();
  const reranked = retrieved.keywordsOnly ? [] : await rerankIfPossible(query, fused, tools, options);
  const timings = { retrieve: middle - started, rerank: performance.now() - middle };
  return {
    fused,
    reranked: reranked ?? [],
    keywordsOnly: retrieved.keywordsOnly || reranked === null,
    timings,
  };
}

async function rerankIfPossible(
  query: string,
  fused: Candidate[],
  tools: RetrievalTools,
  options: CallOptions,
): Promise<RankedPassage[] | null> {
  try {
    return await rerankCandidates(query, fused, tools.models.reader, options);
  } catch (error) {
    if (hasCode(error, 'models_unavailable') || hasCode(error, 'model_failed')) return null;
    throw error;
  }
}
