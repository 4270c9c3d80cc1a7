/** Numbers of the HTTP source; the owner sets the first four for each source in sources.json. */
export const HTTP_SETTINGS = {
  /** ms for one try, the body included; 50…30,000. A customer waits for it. */
  timeLimitMs: 2_000,
  /** Tries after the first; 0…5. More only adds load to a server that is in trouble. */
  retries: 2,
  /** Bytes of a reply after decompression; 1,000…20,000,000. One fact is a few kilobytes. */
  maxBytes: 1_000_000,
  /** Pauses between tries, ms: a random share of 100, 200, 400 … up to the most ("full jitter"). */
  firstPauseMs: 100,
  mostPauseMs: 1_000,
  /** Failures in a row until the source rests: a dead one then costs no customer any waiting. */
  failuresUntilRest: 5,
  /** ms of rest, after which one try decides whether it goes on. */
  restMs: 10_000,
  /** Redirects followed, each to an allowed host only. */
  mostRedirects: 3,
  /** Characters of a product code or order number; nothing longer is sent. */
  longestKey: 200,
} as const;
