import type { CallOptions, ModelHost } from '../inference/contracts.ts';
import { hasCode } from '../errors.ts';
import type { KeywordHit, KnowledgeStore, VectorHit, VectorIndex } from '../stores/contracts.ts';
import { RETRIEVAL } from './answer-settings.ts';

export interface RetrievalTools {
  knowledge: KnowledgeStore;
  vectors: VectorIndex;
  models: ModelHost;
}

export interface Retrieved {
  keywords: KeywordHit[];
  vectors: VectorHit[];
  /** True when the models were away and only keywords were searched. */
  keywordsOnly: boolean;
}

/** Keyword and vector search at once, each with its own best chunks. */
export async function retrieveKnowledge(
  query: string,
  tools: RetrievalTools,
  options: CallOptions,
): Promise<Retrieved> {
  const [keywords, vectors] = await Promise.all([
    tools.knowledge.searchKeywords(query, RETRIEVAL.candidates),
    searchVectors(query, tools, options),
  ]);
  return { keywords, vectors: vectors ?? [], keywordsOnly: vectors === null };
}

async function searchVectors(
  query: string,
  tools: RetrievalTools,
  options: CallOptions,
): Promise<VectorHit[] | null> {
  try {
    const [vector] = await tools.models.embedder.embed([query], options);
    return vector ? await tools.vectors.search(vector, RETRIEVAL.candidates) : [];
  } catch (error) {
    if (hasCode(error, 'models_unavailable') || hasCode(error, 'model_failed')) return null;
    throw error;
  }
}
