/** The numbers of summaries; tokens are those of the embedder's tokenizer. */
export const SUMMARY = {
  /** Passages from which on a document is long: a shorter one is found by its passages as well. 4…20. */
  leastPassages: 6,
  /** Tokens of its first sentences, 20…100, and of its headings, 20…120. */
  leadTokens: 60,
  headingTokens: 70,
  /** Tokens in all, ≤ the embedder's 256 less the title. */
  tokens: 200,
  /** Least cosine of a question and a summary that leads to the document, 0…1. */
  floor: 0.3,
  /** Documents named for a question at most; those that a filter leaves out are among them. */
  named: 8,
} as const;
