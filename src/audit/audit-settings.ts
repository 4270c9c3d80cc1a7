/** How much is written of what is looked at again and again, and of callers that nobody knows. */
export const AUDIT = {
  /**
   * Seconds in which the same look of the same person at the same thing is one line; 0…3,600. A console asks for
   * its open lists every few seconds.
   */
  lookSeconds: 300,
  /** Looks that are remembered for that; 1,000…100,000. Beyond it the oldest is written again when it comes again. */
  looksRemembered: 10_000,
  /** Lines an hour about callers who prove to be nobody; beyond it they are counted and told of in one line. */
  strangersAnHour: 500,
  /** Lines of an export that are read at once. */
  exportPage: 500,
} as const;
