/** How requests are made up. Shares are of all requests. */
export const REQUESTS = {
  /** Connections at once, 1…64. */
  lanes: 8,
  /** Share whose bytes are changed after they were put together: broken framing, 0…1. */
  broken: 0.25,
  /** Share of the leaves of a body that are something else than the schema says, 0…1. */
  wrongLeaves: 0.15,
  /** Share without the key of an admin, 0…1: most would end at the door. */
  strangers: 0.15,
  /** Share of the draws of a costly route that are sent there, 0…1; the others go elsewhere. */
  costly: 0.03,
  /** Milliseconds within which every request is answered or closed. */
  limitMs: 60_000,
} as const;

/** Routes that copy, check or rebuild everything: drawn less often. */
export const COSTLY =
  /^(?:POST \/api\/v1\/(?:backups|doctor|maintenance|models\/verify|privacy\/erase|privacy\/retention|knowledge)|DELETE \/api\/v1\/demo|POST \/v1\/|POST \/v2\/|POST \/api\/v1\/chat)/;

/** Streams: the beginning of the answer is all that is waited for. Every answer is let go after its head. */
export const ENDS_THE_RUN = /^(?:DELETE \/api\/v1\/session)$/;
