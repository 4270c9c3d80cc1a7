import { RERANKING, RETRIEVAL } from './answer-settings.ts';

/** What the owner may set of the search; what each does, and how the defaults came about, is said where they are. */
export interface RetrievalWeights {
  /** See RETRIEVAL.candidates. */
  candidates: number;
  /** See RETRIEVAL.keywordWeight. */
  keywordWeight: number;
  /** See RERANKING.sentenceWeight. */
  sentenceWeight: number;
  /** See RERANKING.fusionWeight. */
  fusionWeight: number;
}

export const DEFAULT_WEIGHTS: RetrievalWeights = {
  candidates: RETRIEVAL.candidates,
  keywordWeight: RETRIEVAL.keywordWeight,
  sentenceWeight: RERANKING.sentenceWeight,
  fusionWeight: RERANKING.fusionWeight,
};

/** Least and greatest value of each; candidates are whole. */
export const WEIGHT_RANGES: Record<keyof RetrievalWeights, readonly [least: number, most: number]> = {
  candidates: [10, 200],
  keywordWeight: [0, 1],
  sentenceWeight: [0, 3],
  fusionWeight: [0, 100],
};

/** As they were stored; the defaults where nothing was, or what an earlier version stored does not fit any more. */
export function readWeights(stored: string | null): RetrievalWeights {
  const read: unknown = stored === null || stored === '' ? {} : JSON.parse(stored);
  const weights = { ...DEFAULT_WEIGHTS, ...(read as Partial<RetrievalWeights>) };
  return isWithinRanges(weights) ? weights : DEFAULT_WEIGHTS;
}

function isWithinRanges(weights: RetrievalWeights): boolean {
  const names = Object.keys(WEIGHT_RANGES) as (keyof RetrievalWeights)[];
  return (
    Number.isInteger(weights.candidates) &&
    names.every((name) => weights[name] >= WEIGHT_RANGES[name][0] && weights[name] <= WEIGHT_RANGES[name][1])
  );
}
