/** Numbers of the SQL source. */
export const SQL_SETTINGS = {
  /** ms that a locked file is waited for in all, in pauses that let other queries run. */
  lockWaitMs: 300,
  lockPauseMs: 20,
  /** ms of one query, unless the source's settings say otherwise; a look-up by an index takes well under one. */
  timeLimitMs: 500,
  /** Queries in a row that had to be ended until the source rests: each costs a core for the whole time limit. */
  slowUntilRest: 3,
  /** ms of rest. */
  restMs: 60_000,
  /** ms that the query may take when it is looked at for the first time, while the appliance starts. */
  checkMs: 3_000,
} as const;
