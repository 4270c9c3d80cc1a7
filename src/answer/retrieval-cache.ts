import type { KeywordHit, VectorHit } from '../stores/contracts.ts';
import type { Cache } from '../stores/memory-contracts.ts';
import { CACHED_FORMAT } from './reuse-settings.ts';

/** What keyword and vector search found, and hints led to: ids and scores, never texts. */
export interface FoundChunks {
  keywords: KeywordHit[];
  vectors: VectorHit[];
  hinted: VectorHit[];
}

export interface RetrievalRequest {
  query: string;
  /** Filters and limits that the search ran with, in a fixed order; '' without. */
  scope: string;
  /** Identity of the embedder that made the query's vector. */
  embedder: string;
}

export interface RetrievalCache {
  /** Null when it was not searched before at these versions of store and index. */
  get(request: RetrievalRequest, versions: string): Promise<FoundChunks | null>;
  put(request: RetrievalRequest, versions: string, found: FoundChunks): Promise<void>;
}

/** Searches kept by query, filters and embedder; any change of the documents makes them stale. */
export function createRetrievalCache(cache: Cache): RetrievalCache {
  return {
    get: async (request, versions) => {
      const bytes = await cache.get('retrieval', keyOf(request), versions);
      return bytes && (JSON.parse(Buffer.from(bytes).toString('utf8')) as FoundChunks);
    },
    put: (request, versions, { keywords, vectors, hinted }) =>
      cache.put(
        'retrieval',
        keyOf(request),
        versions,
        Buffer.from(JSON.stringify({ keywords, vectors, hinted }), 'utf8'),
      ),
  };
}

function keyOf({ query, scope, embedder }: RetrievalRequest): string {
  return JSON.stringify([CACHED_FORMAT.version, embedder, scope, query]);
}
