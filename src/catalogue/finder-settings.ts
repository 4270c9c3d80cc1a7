/** How products are searched. */
export const PRODUCT_SEARCH = {
  /** Families in an answer, unless the caller says otherwise. */
  hits: 10,
  /** Variants of one family that are handed out. */
  variants: 12,
  /** Variants of one family at most for who chooses among all of them. */
  wholeFamily: 500,
  /** Products read and indexed between two turns of the event loop: about 10 ms. */
  slice: 250,
  /** Milliseconds that a question waits for an index that is being renewed before it takes the old one. */
  freshWaitMs: 250,
  /** Words of a description that are indexed; the first say what the thing is. */
  descriptionWords: 60,
  /** Words of a question that are looked up: a bit each in one number. */
  queryWords: 24,
  /**
   * Postings that may make candidates, rarest word first; commoner words then only score those. When filters
   * leave too few, all words make candidates.
   */
  candidatePostings: 20_000,
  /** Letters from which on a word may be the beginning or the end of a longer one ("schuh" in "wanderschuhe"). */
  partLetters: 4,
  /** Longer words taken for one such part. */
  partWords: 12,
  /** Letters from which on one typing error is forgiven, and two. */
  oneTypo: 4,
  twoTypos: 8,
  /** Words taken for one that was mistyped. */
  typoWords: 4,
  /** How good a match is by how the word was found, 0…1. */
  quality: { exact: 1, part: 0.7, typo: 0.6 },
  /** How good a match is by where the word stands, 0…1. */
  weight: { name: 1, brand: 0.9, category: 0.8, attribute: 0.6, description: 0.3 },
  /** Share of the score for how much of the name was asked for; the rest is how much of the question was found. */
  nameShare: 0.15,
  /** What is left of the score when no variant meets the filters: told last, and only when nothing better is. */
  unmet: 0.5,
} as const;
