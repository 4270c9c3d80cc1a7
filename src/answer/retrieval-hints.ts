import type { CallOptions } from '../inference/contracts.ts';
import type { KnowledgeStore, VectorHit } from '../stores/contracts.ts';
import { RETRIEVAL } from './answer-settings.ts';

/** A document that something other than its passages leads to: its summary, a picture in it. */
export interface RetrievalHint {
  documentId: string;
  /** As near as a passage of this cosine would be, -1…1. */
  similarity: number;
}

export interface HintFinder {
  /** Another one when it would find something else. */
  version(): string;
  /** Nearest first. */
  find(query: { text: string; vector: Float32Array }, options: CallOptions): Promise<RetrievalHint[]>;
}

interface HintTools {
  knowledge: KnowledgeStore;
  hints?: readonly HintFinder[];
  models: { embedder: { identity: string } };
}

/**
 * The nearest passage of each document that a hint names, its similarity raised towards the hint's: a long document
 * whose passages each say too little alone comes among the candidates by what it is about.
 */
export async function followHints(
  query: { text: string; vector: Float32Array | null },
  { knowledge, hints = [], models }: HintTools,
  excluded: ReadonlySet<number>,
  options: CallOptions,
): Promise<VectorHit[]> {
  const { text, vector } = query;
  if (vector === null) return [];
  const named = await Promise.all(hints.map((finder) => finder.find({ text, vector }, options)));
  const hits = new Map<number, number>();
  for (const list of named) {
    let followed = 0;
    for (const { documentId, similarity } of list) {
      if (followed === RETRIEVAL.hints) break;
      const chunks = await knowledge.getDocumentChunks(documentId);
      const allowed = chunks.flatMap(({ id }) => (excluded.has(id) ? [] : [id]));
      const nearest = nearestOf(await knowledge.getEmbeddings(allowed, models.embedder.identity), vector);
      if (!nearest) continue;
      followed += 1;
      const raised = nearest.score + RETRIEVAL.hintWeight * Math.max(0, similarity - nearest.score);
      hits.set(nearest.chunkId, Math.max(hits.get(nearest.chunkId) ?? -1, raised));
    }
  }
  return [...hits].map(([chunkId, score]) => ({ chunkId, score }));
}

function nearestOf(
  rows: readonly { chunkId: number; vector: Float32Array }[],
  asked: Float32Array,
): VectorHit | null {
  let best: VectorHit | null = null;
  for (const { chunkId, vector } of rows) {
    const score = vector.reduce((sum, value, at) => sum + value * (asked[at] ?? 0), 0);
    if (best === null || score > best.score) best = { chunkId, score };
  }
  return best;
}
