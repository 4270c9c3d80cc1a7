/** The numbers of the question path, together: unit, range, reason. Fitted ones name their source. */

export const RETRIEVAL = {
  /** Chunks taken from each of keyword and vector search; 10…200. */
  candidates: 40,
  /** Rank constant of reciprocal rank fusion (Cormack, Clarke, Büttcher 2009); 60 is theirs. */
  rankConstant: 60,
  /** Chunks the reader looks at; 5…40. Each costs about 5 ms of two cores. */
  reranked: 20,
} as const;

export const RERANKING = {
  /**
   * Final score = reader's relevance 0…1 + this × fusion score (0…0.033). Keeps a first stage that is
   * sure from being overruled by a reader that is not.
   */
  fusionWeight: 20,
} as const;

export const CONTEXT = {
  /** Tokens of all passages together, as the generator counts them (about 1.05 × embedder tokens). */
  maxTokens: 400,
  /** Passages at most; more than four distract a small generator. */
  maxPassages: 4,
  /** A passage with less than this share of the best passage's relevance is left out. */
  relevanceShare: 0.35,
  /** Sentences of one passage at most. */
  maxSentences: 6,
} as const;

export const GENERATION = {
  /** Tokens of an answer at most; most answers take 20 to 60. */
  maxTokens: 120,
  /** Questions that may hold the model before a further one is answered extractively. */
  busyAt: 2,
} as const;

export const EXTRACTION = {
  /** Sentences of an extractive answer at most. */
  maxSentences: 3,
  /** Characters at most, unless the first sentence alone is longer. */
  maxCharacters: 380,
  /** Points of span logit that full relevance (1) of the passage is worth. */
  relevanceWeight: 8,
  /** A further sentence must come this close to the best one, in points of span logit. */
  margin: 4,
} as const;

export const CHECKING = {
  /** Share of a sentence's content words that its evidence must hold, 0…1. */
  coverage: 0.8,
  /** Sentences of evidence that one sentence may draw on together. */
  window: 2,
} as const;
