import { mean, percentile, roundRate, roundTime } from './percentiles.ts';

/** A question's documents in the order in which a stage found them, each once. */
export interface RankedList {
  ranked: readonly string[];
  gold: readonly string[];
  needsAll: boolean;
  milliseconds: number;
}

export interface StageReport {
  'recall@1': number | null;
  'recall@5': number | null;
  'recall@10': number | null;
  'precision@5': number | null;
  'mrr@5': number | null;
  'mrr@10': number | null;
  'ndcg@10': number | null;
  p50_ms: number | null;
  p95_ms: number | null;
}

export function reportStage(lists: readonly RankedList[]): StageReport {
  const average = (metric: (list: RankedList) => number): number | null => roundRate(mean(lists.map(metric)));
  const times = lists.map(({ milliseconds }) => milliseconds);
  return {
    'recall@1': average((list) => recallAt(list, 1)),
    'recall@5': average((list) => recallAt(list, 5)),
    'recall@10': average((list) => recallAt(list, 10)),
    'precision@5': average((list) => precisionAt(list, 5)),
    'mrr@5': average((list) => reciprocalRankAt(list, 5)),
    'mrr@10': average((list) => reciprocalRankAt(list, 10)),
    'ndcg@10': average((list) => ndcgAt(list, 10)),
    p50_ms: roundTime(percentile(times, 0.5)),
    p95_ms: roundTime(percentile(times, 0.95)),
  };
}

/** The share of the question's documents among the first k when it needs all, else 1 when any is there. */
export function recallAt({ ranked, gold, needsAll }: RankedList, k: number): number {
  const found = ranked.slice(0, k).filter((docId) => gold.includes(docId)).length;
  return needsAll ? found / gold.length : Math.min(found, 1);
}

export function precisionAt({ ranked, gold }: RankedList, k: number): number {
  return ranked.slice(0, k).filter((docId) => gold.includes(docId)).length / k;
}

export function reciprocalRankAt({ ranked, gold }: RankedList, k: number): number {
  const rank = ranked.slice(0, k).findIndex((docId) => gold.includes(docId)) + 1;
  return rank === 0 ? 0 : 1 / rank;
}

/** Normalised discounted cumulative gain with relevance 0 or 1 (Järvelin and Kekäläinen 2002). */
export function ndcgAt({ ranked, gold }: RankedList, k: number): number {
  const gain = ranked
    .slice(0, k)
    .reduce((sum, docId, index) => sum + (gold.includes(docId) ? discount(index) : 0), 0);
  const ideal = gold.slice(0, k).reduce((sum, _, index) => sum + discount(index), 0);
  return ideal === 0 ? 0 : gain / ideal;
}

function discount(index: number): number {
  return 1 / Math.log2(index + 2);
}
