import type { CallOptions } from '../inference/contracts.ts';
import type { ChunkRecord, DocumentFilter, DocumentRecord } from '../stores/contracts.ts';
import { splitPassage } from '../text/split-passage.ts';
import type { Candidate } from './path-types.ts';
import type { RetrievalTools } from './retrieve-knowledge.ts';
import { searchKnowledge } from './search-knowledge.ts';

/**
 * Why a document was not found, or how far it came. `excluded`: a filter or its dates leave it out; `no_text`: it
 * has no passages; `not_near`: neither its words nor its meaning came among the candidates; `candidate`: it did,
 * and was not read; `read`: the reader put it where it stands.
 */
export type WhyNotVerdict = 'excluded' | 'no_text' | 'not_near' | 'candidate' | 'read';

export interface WhyNot {
  verdict: WhyNotVerdict;
  /** What leaves it out. */
  excludedBy: 'audience' | 'category' | 'language' | 'source' | 'dates' | 'disabled' | null;
  /** Its passage that comes nearest. */
  passage: ChunkRecord | null;
  /** Place and BM25 score among all passages, and the score of the last candidate; null: no word in common. */
  keyword: { rank: number; score: number; needed: number | null } | null;
  /** Cosine, and that of the last candidate; null while the models are away. */
  vector: { score: number; needed: number | null } | null;
  /** Place after fusion, and after reading; null: it did not come so far. */
  fusedRank: number | null;
  rerankedRank: number | null;
  /** What the reader says of the passage, 0…1; null while the models are away. */
  relevance: number | null;
  answerable: number | null;
}

const NOTHING = {
  excludedBy: null,
  passage: null,
  keyword: null,
  vector: null,
  fusedRank: null,
  rerankedRank: null,
  relevance: null,
  answerable: null,
};

/** Runs the same search, and then looks at this document alone. */
export async function whyNot(
  query: string,
  document: DocumentRecord,
  tools: RetrievalTools,
  options: CallOptions & { filter: DocumentFilter },
): Promise<WhyNot> {
  const { filter } = options;
  const all = await tools.knowledge.getDocumentChunks(document.id);
  if (all.length === 0) return { ...NOTHING, verdict: 'no_text' };
  const excluded = await tools.knowledge.excludedChunks(filter);
  const chunks = all.filter(({ id }) => !excluded.has(id));
  const passage = chunks[0];
  const excludedBy = exclusionOf(document, filter);
  if (!passage || excludedBy !== null)
    return { ...NOTHING, verdict: 'excluded', excludedBy: excludedBy ?? 'disabled' };
  const { fused, reranked } = await searchKnowledge(query, tools, options);
  const read = reranked.find(({ chunk }) => chunk.documentId === document.id);
  const place = read ?? fused.find(({ chunk }) => chunk.documentId === document.id);
  const keyword = await keywordOf(query, document.id, fused, tools);
  const vector = await vectorOf(query, chunks, fused, tools, options);
  const nearest = place?.chunk ?? vector?.chunk ?? keyword?.chunk ?? passage;
  const reading = read?.reading ?? (await readPassage(query, nearest, tools, options));
  return {
    verdict: read ? 'read' : place ? 'candidate' : 'not_near',
    excludedBy: null,
    passage: nearest,
    keyword: keyword && { rank: keyword.rank, score: keyword.score, needed: keyword.needed },
    vector: vector && { score: vector.score, needed: vector.needed },
    fusedRank: place?.fused.rank ?? null,
    rerankedRank: read?.reranked.rank ?? null,
    relevance: reading?.relevance ?? null,
    answerable: reading?.answerable ?? null,
  };
}

function exclusionOf(document: DocumentRecord, filter: DocumentFilter): WhyNot['excludedBy'] {
  const { audiences, categories, languages, collections, at } = filter;
  if (collections && !collections.includes(document.collection)) return 'source';
  if (audiences && !audiences.includes(document.audience)) return 'audience';
  if (categories && !categories.includes(document.category ?? '')) return 'category';
  // Documents that name no language are found too.
  if (languages && document.language !== null && !languages.includes(document.language)) return 'language';
  if (at === undefined) return null;
  const early = document.validFrom !== null && document.validFrom > at;
  const late = document.validUntil !== null && document.validUntil <= at;
  return early || late ? 'dates' : null;
}

async function keywordOf(
  query: string,
  documentId: string,
  fused: readonly Candidate[],
  { knowledge, words, weights }: RetrievalTools,
) {
  const { chunks: all } = await knowledge.counts();
  const hits = await knowledge.searchKeywords(words.expanded(query), all);
  const own = new Map((await knowledge.getDocumentChunks(documentId)).map((chunk) => [chunk.id, chunk]));
  const index = hits.findIndex(({ chunkId }) => own.has(chunkId));
  const hit = hits[index];
  if (!hit) return null;
  const needed = least(
    fused.map(({ bm25 }) => bm25?.score),
    weights.candidates,
  );
  return { rank: index + 1, score: hit.score, chunk: own.get(hit.chunkId)!, needed };
}

async function vectorOf(
  query: string,
  chunks: readonly ChunkRecord[],
  fused: readonly Candidate[],
  { knowledge, models, weights }: RetrievalTools,
  options: CallOptions,
) {
  if (models.health().state !== 'ready') return null;
  const [asked] = await models.embedder.embed([query], options);
  if (!asked) return null;
  const ids = chunks.map(({ id }) => id);
  const near = (await knowledge.getEmbeddings(ids, models.embedder.identity))
    .map(({ chunkId, vector }) => ({
      chunk: chunks.find(({ id }) => id === chunkId)!,
      score: vector.reduce((sum, value, index) => sum + value * (asked[index] ?? 0), 0),
    }))
    .sort((one, other) => other.score - one.score)[0];
  const scores = fused.map(({ vector }) => vector?.score);
  return near ? { ...near, needed: least(scores, weights.candidates) } : null;
}

/** What the last candidate had; null while there was room for more. */
function least(scores: readonly (number | undefined)[], room: number): number | null {
  const given = scores.filter((score) => score !== undefined);
  return given.length < room ? null : Math.min(...given);
}

async function readPassage(
  query: string,
  { headingPath, text }: ChunkRecord,
  { models }: RetrievalTools,
  options: CallOptions,
) {
  if (models.health().state !== 'ready') return null;
  const passage = { heading: headingPath, text, sentences: splitPassage(text) };
  return (await models.reader.read(query, [passage], options))[0] ?? null;
}
