import type { CallOptions, ModelHost } from '../inference/contracts.ts';
import { hasCode } from '../errors.ts';
import type {
  DocumentFilter,
  KeywordHit,
  KnowledgeStore,
  VectorHit,
  VectorIndex,
} from '../stores/contracts.ts';
import type { QueryWords } from '../understand/query-words.ts';
import { modelsRead } from '../understand/models-read.ts';
import { RETRIEVAL } from './answer-settings.ts';

export interface RetrievalTools {
  knowledge: KnowledgeStore;
  vectors: VectorIndex;
  models: ModelHost;
  words: QueryWords;
}

export interface RetrievalOptions extends CallOptions {
  /** The query's own, where it is known. */
  vector?: Float32Array | null;
  /** Left out: every document. */
  filter?: DocumentFilter;
}

export interface Retrieved {
  keywords: KeywordHit[];
  vectors: VectorHit[];
  /** The question's own vector; null when the models were away. */
  queryVector: Float32Array | null;
  /** True when the models were away, or don't read this script, and only keywords were searched. */
  keywordsOnly: boolean;
  /** False when the models don't read the query's script: then keywords are all there is. */
  readable: boolean;
}

/** Keyword and vector search at once, each with its own best chunks of the documents that the filter leaves. */
export async function retrieveKnowledge(
  query: string,
  tools: RetrievalTools,
  options: RetrievalOptions,
): Promise<Retrieved> {
  const excluded = await tools.knowledge.excludedChunks(options.filter ?? {});
  const [keywords, queryVector] = await Promise.all([
    tools.knowledge.searchKeywords(tools.words.expanded(query), RETRIEVAL.candidates, excluded),
    options.vector ?? (modelsRead(query) ? embedQuery(query, tools, options) : null),
  ]);
  const vectors = queryVector ? await tools.vectors.search(queryVector, RETRIEVAL.candidates, excluded) : [];
  return { keywords, vectors, queryVector, keywordsOnly: queryVector === null, readable: modelsRead(query) };
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
