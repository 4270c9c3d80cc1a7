/** How much of an answer's making is kept. */
export const TRACE = {
  /** Candidates of one part of a question, best first; all that the reader looked at. */
  candidates: 24,
  /** Sentences of the reader, best first. */
  sentences: 10,
  /** Characters of one text; prompts of the small generator have about 2,500. */
  characters: 8_000,
  /** Bytes of a whole trace as JSON; lists are dropped from the end of the path backwards until it fits. */
  bytes: 128_000,
} as const;
