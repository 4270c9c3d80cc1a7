/** Numbers of what keeps one visitor from using up what is there for all. */
export const ABUSE = {
  /** Milliseconds in which a challenge may be solved; 60,000…3,600,000: a slow phone with 20 bits takes a minute. */
  challengeMs: 600_000,
  /** Random bytes that make two challenges differ; 16 cannot be guessed. */
  challengeBytes: 16,
  /** Characters of a nonce; a counter in base 36 needs 7 at most. */
  nonceCharacters: 32,
  /** Share of an hour's budget that may be spent at once; 0.05…1: people ask several things in a row. */
  burstShare: 0.25,
  /** Signs (types, has read, rates) for each message of a budget; 5…50: a widget sends one every few seconds. */
  signalsPerMessage: 10,
  /** Messages that may always come at once, whatever the share says. */
  leastBurst: 5,
  /** Visitors, addresses and keys in memory; the rest is read from the disk again. Some 100 bytes each. */
  remembered: 50_000,
} as const;
