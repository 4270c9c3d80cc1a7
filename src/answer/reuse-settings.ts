/** The numbers of what is used again instead of computed, and of waiting for each other: unit, range, reason. */

export const NEAR_ANSWERS = {
  /** Least cosine of two questions for the answer of one to be thought of for the other, 0…1. */
  cosineFloor: 0.95,
  /** Least probability, by the reader, that the candidate's evidence answers the new question, 0…1. */
  answerableFloor: 0.8,
  /** Questions with their vectors that are kept in memory to be compared; 1.5 KB each. 0…10,000. */
  recent: 2_000,
  /** Candidates looked up in the cache, nearest first. */
  tried: 3,
} as const;

export const CACHED_FORMAT = {
  /** Raised when the shape of what is kept changes, so that an older program's entries are not read. */
  version: 2,
} as const;
