import { describe, expect, it } from 'vitest';
import {
  ndcgAt,
  precisionAt,
  recallAt,
  reciprocalRankAt,
  reportStage,
  type RankedList,
} from './rank-metrics.ts';

const list = (ranked: string[], gold: string[], needsAll = false, milliseconds = 1): RankedList => ({
  ranked,
  gold,
  needsAll,
  milliseconds,
});

describe('rank metrics', () => {
  const second = list(['x', 'a', 'y', 'z', 'b'], ['a', 'b']);

  it('recall is 1 when any is there, the share when all are needed', () => {
    expect(recallAt(second, 1)).toBe(0);
    expect(recallAt(second, 2)).toBe(1);
    expect(recallAt(list(['x', 'a'], ['a', 'b'], true), 5)).toBe(0.5);
  });

  it('precision, reciprocal rank', () => {
    expect(precisionAt(second, 5)).toBe(2 / 5);
    expect(precisionAt(list(['a'], ['a']), 5)).toBe(1 / 5);
    expect(reciprocalRankAt(second, 5)).toBe(1 / 2);
    expect(reciprocalRankAt(list(['x', 'y', 'a'], ['a']), 2)).toBe(0);
  });

  it('ndcg by hand: (1/log2 3 + 1/log2 6) / (1 + 1/log2 3)', () => {
    expect(ndcgAt(second, 10)).toBeCloseTo((0.63093 + 0.386853) / (1 + 0.63093), 5);
    expect(ndcgAt(list(['a'], ['a']), 10)).toBe(1);
    expect(ndcgAt(list([], ['a']), 10)).toBe(0);
  });

  it('reports means and nearest-rank percentiles', () => {
    const report = reportStage([
      list(['a'], ['a'], false, 10),
      list(['x', 'b'], ['b'], false, 20),
      list([], ['c'], false, 90),
    ]);
    expect(report).toEqual({
      'recall@1': 0.3333,
      'recall@5': 0.6667,
      'recall@10': 0.6667,
      'precision@5': 0.1333,
      'mrr@5': 0.5,
      'mrr@10': 0.5,
      'ndcg@10': 0.5436,
      p50_ms: 20,
      p95_ms: 90,
    });
  });
});
