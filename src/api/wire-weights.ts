import type { Static } from '@sinclair/typebox';
import type { RetrievalWeights } from '../answer/retrieval-weights.ts';
import type { NEW_SEARCH_WEIGHTS, SEARCH_WEIGHTS } from './schemas/owner-schema.ts';

export function wireWeights(weights: RetrievalWeights): Static<typeof SEARCH_WEIGHTS> {
  return {
    candidates: weights.candidates,
    keyword_weight: weights.keywordWeight,
    sentence_weight: weights.sentenceWeight,
    fusion_weight: weights.fusionWeight,
  };
}

/** Those that were given. */
export function readWireWeights(body: Static<typeof NEW_SEARCH_WEIGHTS>): Partial<RetrievalWeights> {
  const { candidates, keyword_weight, sentence_weight, fusion_weight } = body;
  return {
    ...(candidates !== undefined && { candidates }),
    ...(keyword_weight !== undefined && { keywordWeight: keyword_weight }),
    ...(sentence_weight !== undefined && { sentenceWeight: sentence_weight }),
    ...(fusion_weight !== undefined && { fusionWeight: fusion_weight }),
  };
}
