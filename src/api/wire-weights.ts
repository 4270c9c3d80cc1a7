import type { Static } from '@sinclair/typebox';
import { DEFAULT_WEIGHTS, WEIGHT_RANGES, type RetrievalWeights } from '../answer/retrieval-weights.ts';
import type { NEW_SEARCH_WEIGHTS, SEARCH_WEIGHTS, SEARCH_WEIGHTS_STATE } from './schemas/owner-schema.ts';

export function wireWeightsState(inForce: RetrievalWeights): Static<typeof SEARCH_WEIGHTS_STATE> {
  const range = (name: keyof RetrievalWeights) => {
    const [minimum, maximum] = WEIGHT_RANGES[name];
    return { minimum, maximum };
  };
  return {
    in_force: wireWeights(inForce),
    defaults: wireWeights(DEFAULT_WEIGHTS),
    ranges: {
      candidates: range('candidates'),
      keyword_weight: range('keywordWeight'),
      sentence_weight: range('sentenceWeight'),
      fusion_weight: range('fusionWeight'),
    },
  };
}

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
