/** The numbers of actions, together: unit, range, reason. */
export const ACTIONS = {
  /** Milliseconds that a customer has to confirm; 10 minutes, as long as a question is remembered as one's own. */
  confirmWithin: 600_000,
  /** Pending and lately confirmed actions kept in memory; beyond, the oldest that does not run is let go. */
  pending: 1_000,
  /** Characters of one text given to an action. */
  textCharacters: 500,
  /** Bytes of an answer that are read; more is a failure. */
  responseBytes: 65_536,
  /** Milliseconds for an HTTP action whose definition names none. */
  timeout: 10_000,
  /** Definitions in one file. */
  definitions: 100,
} as const;
