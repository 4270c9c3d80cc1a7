/** Numbers of the SQL source. Queries run on the event loop, which everyone shares. */
export const SQL_SETTINGS = {
  /** ms that a locked file is waited for in all, in pauses that leave the event loop free. */
  lockWaitMs: 300,
  lockPauseMs: 20,
  /** ms; a look-up by an index takes well under one, so a slower one scans the whole table. */
  slowMs: 50,
  /** Slow queries in a row until the source rests. */
  slowUntilRest: 3,
  /** ms of rest: a scan then holds up everyone for a moment a minute, not at every question. */
  restMs: 60_000,
} as const;
