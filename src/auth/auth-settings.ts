/** How long people stay signed in, and how guessing at passwords is slowed. Written policy: docs and tests refer to it. */
export const AUTH = {
  /** Seconds without a request after which a session ends; 900…86,400. A working day with breaks. */
  idleSeconds: 12 * 3600,
  /** Seconds after which a session ends whatever is done; 3,600…2,592,000. */
  lifeSeconds: 7 * 86_400,
  /** Seconds after which a session gets a new token at its next look at itself; 300…86,400. */
  rotateSeconds: 3600,
  /** Seconds for which the token before stays good, for another tab that is just using it; 5…300. */
  graceSeconds: 60,
  /** Milliseconds between two notes of when a session was seen: each is a write to the disk. */
  seenEveryMs: 300_000,
  /** Seconds for which the first-run code is good. */
  setupSeconds: 86_400,
  /** Seconds for which a browser that signed in once keeps its own count of failures. */
  deviceSeconds: 180 * 86_400,
  /** Shortest and longest password, characters. ASVS 5.0 6.2.1, 6.2.9. */
  shortestPassword: 12,
  longestPassword: 256,
  /** Digits and seconds of a one-time code: what every app takes. */
  codeDigits: 6,
  codeSeconds: 30,
  /** Periods before and after the present one that are good too: clocks of phones differ by seconds; 0…2. */
  codeWindow: 1,
  /** Codes for when the device is lost; 5…20. */
  recoveryCodes: 10,
  /** Memory (KiB), passes and lanes of argon2id: OWASP's first choice for a server with little memory. */
  argon2: { memoryCost: 19_456, timeCost: 2, parallelism: 1 },
  /** Hashes at the same time: each takes 19 MiB and a core. */
  hashesAtOnce: 2,
  /** Hashes that may wait before further ones are refused; 4…200. */
  hashesWaiting: 20,
  /** Failures without a pause; from then on each doubles it. Ten guesses in fifteen minutes at most. */
  freeFailures: 5,
  firstPauseSeconds: 60,
  longestPauseSeconds: 900,
  /** Seconds without a failure after which all are forgotten; the order proofs in the same table need a day. */
  forgetSeconds: 86_400,
  /** Failures at one account from networks however many, after which its unknown browsers are kept waiting; 10…100. */
  freeSpreadFailures: 20,
  /** Seconds that such a browser waits at most: its user is let in all the same; 1…10. */
  longestWaitSeconds: 4,
  /** Marks in one cookie: as many people sign in with one browser and keep counts of their own; 1…20. */
  marksInCookie: 8,
  /** Failures without a pause from one address: a whole office may share it. */
  freeAddressFailures: 30,
} as const;
