/** How jobs are worked off. */
export const QUEUE = {
  /** Milliseconds before work goes on after the models or the disk failed. */
  retryMs: 2_000,
  /** Items and bytes taken at once: what a crash can make be done again, and what memory holds. */
  batchItems: 32,
  batchBytes: 8_000_000,
  /** Milliseconds between two saves of the vector index while jobs run; what lies between is added again at a start. */
  saveEveryMs: 120_000,
  /** An item begun so often without an end comes alone from then on, so that it cannot hold up others. */
  aloneFrom: 2,
  /** An item begun so often without an end has failed. */
  giveUpFrom: 6,
  /** Longest wait for questions to be done before one more file is read, ms: ingest yields, but never stops. */
  yieldMs: 3_000,
} as const;
