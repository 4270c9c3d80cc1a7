import type { CacheName } from '../memory-contracts.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface CacheLimit {
  /** Entries kept; the least recently used goes first. 1…1,000,000. */
  entries: number;
  /** Milliseconds after which an entry is not served any more. */
  timeToLive: number;
  /** Bytes of one value; a larger one is not kept, so that entries × this bounds the file. */
  valueBytes: number;
}

/** The numbers of what may be forgotten, together: unit, range, reason. */
export const CACHE_LIMITS: Readonly<Record<CacheName, CacheLimit>> = {
  /** A vector of 384 floats takes 1.5 KB, so 30 MB at most; it is true for as long as the model is the same. */
  embedding: { entries: 20_000, timeToLive: 30 * DAY, valueBytes: 16_384 },
  /** What the intent heads said of a question takes 120 bytes; true for as long as the models are the same. */
  intent: { entries: 20_000, timeToLive: 30 * DAY, valueBytes: 1_024 },
  /** Forty candidates with their passages take 20 to 60 KB. */
  retrieval: { entries: 2_000, timeToLive: DAY, valueBytes: 262_144 },
  /** An answer with its citations takes 2 to 8 KB. A day bounds what no version number tells of. */
  answer: { entries: 5_000, timeToLive: DAY, valueBytes: 65_536 },
};

export const COUNTING = {
  /** Look-ups after which hits and misses are written down; what a crash loses is at most this many. */
  savedEvery: 256,
} as const;

export const SESSIONS = {
  /** Milliseconds without a message after which a session is gone; 24 hours, as in the issue. */
  timeToLive: DAY,
  /** Sessions that were written between two sweeps of those that are gone. */
  sweptEvery: 500,
} as const;

export const ALLOWANCES = {
  /** Milliseconds after which an allowance is full again whatever the limits are, and is forgotten. */
  keptMs: 6 * HOUR,
  /** Allowances that were written between two sweeps of those. */
  sweptEvery: 5_000,
} as const;

export const CUSTOMER_FACTS = {
  /** Facts of one customer; a further one takes the place of the oldest. */
  most: 50,
  /** Characters of a fact's name. */
  nameCharacters: 64,
  /** Characters of a fact's value. */
  valueCharacters: 500,
} as const;

export const ENVIRONMENT = {
  /** Bytes of address space at the start, grown by the engine when it is full; 1 MiB saves the first doublings. */
  mapBytes: 1_048_576,
  /**
   * Milliseconds that looking through a file of a killed process may take: 100 MB take seconds, so only a damaged
   * one that leads in circles comes here, not a busy machine.
   */
  inspectionLimit: 300_000,
} as const;
