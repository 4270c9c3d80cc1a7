/** How privacy's long works go, and when they ask first. */
export const PRIVACY = {
  /** Rows of a class that are removed in one transaction: some 50 ms; 10…1,000. */
  slice: 100,
  /** Milliseconds between two of them: questions come between. */
  restMs: 20,
  /** Longest wait for questions before one more, ms. */
  yieldMs: 30_000,
  /**
   * A run that would remove more than this share of all conversations waits for somebody's word: a clock that
   * jumped must not remove everything. 0…1.
   */
  usualShare: 0.5,
  /** Fewer than these are never held back. */
  usualConversations: 100,
  /** Identities that are compared with the erase list in one turn of the event loop. */
  identitiesAtOnce: 2_000,
} as const;
