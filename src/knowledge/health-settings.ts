/** What counts as stale, doubled, contradicted, or asked in vain. */
export const HEALTH = {
  /** Days after which a document that nobody touched is stale. */
  staleDays: 365,
  /** Nearest passages looked at for each passage; 2…20. */
  neighbours: 6,
  /** Least cosine of two passages that may contradict each other; 0.5…0.9. Fewer is faster and misses more. */
  relatedCosine: 0.6,
  /** Least cosine, and least share of common words, of two passages that say the same. */
  duplicateCosine: 0.95,
  duplicateShared: 0.8,
  /** Least share of common words (Dice) of two sentences on the same subject, their numbers left out. */
  subjectShared: 0.5,
  /** The same where no verifier is installed and rules decide alone. */
  subjectSharedAlone: 0.75,
  /** A statement is held by the other sentence from this probability on, and is not below that one. */
  heldFrom: 0.6,
  notHeldBelow: 0.4,
  /** Pairs of sentences that one check may give to the verifier; some 20 a second on two cores. */
  mostPairs: 1_000,
  /** Pairs of one wording, numbers left out: a template that stands on many pages must not use up all of them. */
  pairsOfTemplate: 3,
  pairsOfSlice: 8,
  /** Searches before a passage that none brought up is called an orphan. */
  leastQuestions: 100,
  mostListed: 200,
  /** Declined questions looked at, the newest ones. */
  unanswered: 2_000,
  /** Least cosine of a question with the first of its group. */
  gapCosine: 0.72,
  mostGaps: 100,
  /** Passages quoted in a draft, and least cosine with the question. */
  draftPassages: 3,
  draftCosine: 0.35,
  /** Milliseconds between two slices, and the longest wait for questions. */
  restMs: 5,
  /** Milliseconds of work after which questions have their turn. */
  sliceMs: 25,
  yieldMs: 30_000,
} as const;
