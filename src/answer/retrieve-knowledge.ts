import type { CallOptions, ModelHost } from '../inference/contracts.ts';
import { hasCode } from '../errors.ts';
import type {
  DocumentFilter,
  KeywordHit,
  KnowledgeStore,
  VectorHit,
  VectorIndex,
} from '../stores/contracts.ts';
import type { SentenceStore } from '../stores/sentence-contracts.ts';
import type { QueryWords } from '../understand/query-words.ts';
import { modelsRead } from '../understand/models-read.ts';
import { RETRIEVAL } from './answer-settings.ts';
import type { FoundChunks, RetrievalCache } from './retrieval-cache.ts';
import { followHints, type HintFinder } from './retrieval-hints.ts';
import type { RetrievalWeights } from './retrieval-weights.ts';

export interface RetrievalTools {
  knowledge: KnowledgeStore;
  vectors: VectorIndex;
  sentences: Pick<SentenceStore, 'get'>;
  models: ModelHost;
  words: QueryWords;
  /** Null: every search is run anew. */
  retrievals: RetrievalCache | null;
  /** What leads to documents besides their passages; left out: nothing does. */
  hints?: readonly HintFinder[];
  weights: RetrievalWeights;
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
  /** Passages of documents that hints name, with the similarity that they are raised to. */
  hinted: VectorHit[];
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
  const readable = modelsRead(query);
  // Asked first: what changes while it is searched makes the kept search stale.
  const { at, ...filter } = options.filter ?? {};
  const versions = await searchVersions(tools, at);
  const excluded = await tools.knowledge.excludedChunks(options.filter ?? {});
  const queryVector = options.vector ?? (readable ? await embedQuery(query, tools, options) : null);
  const request = {
    query,
    scope: scopeOf(tools, queryVector, filter),
    embedder: tools.models.embedder.identity,
  };
  const known = await tools.retrievals?.get(request, versions);
  const found = known ?? (await search({ text: query, vector: queryVector }, tools, excluded, options));
  if (!known) await tools.retrievals?.put(request, versions, found);
  return { ...found, queryVector, keywordsOnly: queryVector === null, readable };
}

async function search(
  query: { text: string; vector: Float32Array | null },
  tools: RetrievalTools,
  excluded: ReadonlySet<number>,
  options: CallOptions,
): Promise<FoundChunks> {
  const {
    knowledge,
    vectors,
    words,
    weights: { candidates },
  } = tools;
  const { text, vector } = query;
  const [keywords, near, hinted] = await Promise.all([
    knowledge.searchKeywords(words.expanded(text), candidates, excluded),
    vector ? vectors.search(vector, candidates, excluded) : [],
    followHints(query, tools, excluded, options),
  ]);
  return { keywords, vectors: near, hinted };
}

/** What begins or ceases to hold changes what is found as much as a document does. */
async function searchVersions(
  { knowledge, vectors, hints = [] }: RetrievalTools,
  at: string | undefined,
): Promise<string> {
  const since = at === undefined ? '' : await knowledge.validityChange(at);
  const named = hints.map((finder) => finder.version()).join(' ');
  return `${(await knowledge.counts()).generation} ${vectors.generation} ${since} ${named}`;
}

/** Everything but the query that decides what is found; a new filter belongs here. */
function scopeOf(
  { words, weights: { candidates } }: RetrievalTools,
  vector: Float32Array | null,
  filter: Omit<DocumentFilter, 'at'>,
): string {
  const by = vector === null ? 'words' : 'both';
  return JSON.stringify([{ ...RETRIEVAL, candidates }, words.version(), by, filter]);
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
