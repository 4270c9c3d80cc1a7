/** The numbers that decide what a chunk is. Tokens are those of the embedder's tokenizer. */
export const CHUNKING = {
  /** Tokens, 80…maxTokens: about one topic of a help page; retrieval blurs with longer ones. */
  targetTokens: 150,
  /** Tokens, ≤ the embedder's 256 less its 2 special tokens and 14 for joins counted differently. */
  maxTokens: 240,
  /** Tokens, 0…targetTokens: a smaller section says too little alone and is joined with the next. */
  minTokens: 40,
  /** Tokens, 8…maxTokens / 2: longest heading path, so that most of the window is text. */
  headingTokens: 48,
  /** Characters a token, 6…20: bounds text that counts few tokens, as a word of 1 MB counts one. */
  charactersPerToken: 10,
};

export type Chunking = Readonly<typeof CHUNKING>;
