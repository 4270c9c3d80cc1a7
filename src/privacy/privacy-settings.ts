/** How privacy's long works go, and when they ask first. */
export const PRIVACY = {
  /** Rows of a class that are removed in one transaction: some 50 ms; 10…1,000. */
  slice: 100,
  /** Milliseconds between two of them: questions come between. */
  restMs: 20,
  /** Longest wait for questions before one more, ms. */
  yieldMs: 30_000,
  /**
   * A run that would remove more than this share of a class (conversations, tickets, customers, traces, lines of the audit)
   * waits for somebody's word: a clock that jumped must not remove everything. 0…1.
   */
  usualShare: 0.5,
  /** Fewer rows of a class than these are never held back by that. */
  usualRows: 100,
  /** Days between two looks, or since the newest row, after which the clock counts as having jumped: a long weekend. 1…30. */
  clockGapDays: 4,
  /** Days that nothing goes by itself after that: time to see it in the log. 1…30. */
  clockSettleDays: 7,
  /** Identities that are compared with the erase list in one turn of the event loop. */
  identitiesAtOnce: 2_000,
} as const;
