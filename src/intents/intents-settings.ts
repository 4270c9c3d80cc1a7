/** Every number of the owner's intents, chosen on held-back parts of BANKING77 and CLINC150 training data. */
export const INTENT_SETTINGS = {
  /** Examples that an intent needs. 2…50. Below five the cross-validation has nothing to hold back. */
  leastExamples: 5,
  /** Examples of one intent that are used; further ones gain nothing. 100…5,000. */
  mostExamples: 500,
  /** Buckets of hashed words and letter groups, a power of two. 2^12…2^18. 131 KB a class at 2^15. */
  lexicalBuckets: 32_768,
  /** Length of the lexical part beside the embedder's unit vector. 0…2. */
  lexicalLength: 0.7,
  /** Cost of a training error in the support-vector machine. 0.1…10. */
  cost: 1,
  /** Rounds over one class's examples at most. 5…100; it mostly ends earlier, by `tolerance`. */
  rounds: 8,
  /** Spread of the gradients at which a class is done. 0.01…0.5. */
  tolerance: 0.1,
  /** An intent is set apart from this many nearest intents in full … 5…200. */
  nearestIntents: 12,
  /** … and from so many examples of the others. 100…5,000. Ten intents in all would need none of it. */
  farExamples: 400,
  /** Parts of the cross-validation that chooses the threshold. 2…10. */
  folds: 3,
  /** Nearest examples of the chosen intent whose mean similarity counts. 1…20. */
  ownNeighbours: 5,
  /** The same among texts out of scope. 1…20. */
  foreignNeighbours: 3,
  /** Examples of one intent that are kept to compare with. 20…500. 1.5 KB each. */
  keptExamples: 150,
  /** Share of in-scope texts that may be rejected though classified rightly. 0…0.1. With `oos` examples of the owner's … */
  mostRejected: 0.015,
  /** … and without, where what is out of scope is far away anyway. 0…0.1. */
  mostRejectedWithoutOos: 0.005,
} as const;
