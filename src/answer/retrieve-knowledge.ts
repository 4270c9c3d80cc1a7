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
  /** The question's own vector; null when the models were away. */
  queryVector: Float32Array | null;
  /** True when the models were away and only keywords were searched. */
  keywordsOnly: boolean;
}

/** Keyword and vector search at once, each with its own best chunks; `vector` is the query's, if known. */
export async function retrieveKnowledge(
  query: string,
  tools: RetrievalTools,
  options: CallOptions & { vector?: Float32Array | null },
): Promise<Retrieved> {
  const [keywords, queryVector] = await Promise.all([
    tools.knowledge.searchKeywords(query, RETRIEVAL.candidates),
    options.vector ?? embedQuery(query, tools, options),
  ]);
  const vectors = queryVector ? await tools.vectors.search(queryVector, RETRIEVAL.candidates) : [];
  return { keywords, vectors, queryVector, keywordsOnly: queryVector === null };
}

async function embedQuery(
  query: string,
  { models }: RetrievalTools,
  options: CallOptions,
): Promise<Float32Array | null> {
  try {
    return (await models.embedder.embed([query], options))[0] ?? null;
  } catch (error) {
    if (hasCode(error, 'models_unavailable') || hasCode(error, 'model_failed')) return null;
    throw error;
  }
}
