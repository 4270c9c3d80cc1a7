/** Limits of the chat's WebSocket connections. */
export const SOCKET = {
  /** Milliseconds between pings; a line that did not answer the last one is cut. 5,000…60,000. */
  pingMs: 20_000,
  /** Bytes of one message from a client. 4,096…1,000,000: a question of 100,000 characters at most. */
  messageBytes: 524_288,
  /** Bytes that may wait for a slow reader before the line is cut; it can go on after a new connection. */
  waitingBytes: 1_000_000,
  /** Questions of one connection that may be open at once. 1…20. */
  openQuestions: 4,
  /** Messages that may wait to be worked on. 10…1,000. */
  waitingMessages: 100,
  /** Messages that make no sense before a line is cut. 1…100. */
  badMessages: 10,
  /** Connections at once. 10…10,000: each takes some 20 KB. */
  connections: 1_000,
  /** Milliseconds that an answer goes on when nobody listens any more. 0…600,000: time to come back. */
  unheardMs: 30_000,
  /** Milliseconds that the events of a complete answer are kept. After that the store has the answer. */
  keptMs: 300_000,
  /** Complete answers whose events are kept; the oldest go first. 10…10,000: some 5 KB each. */
  keptAnswers: 1_000,
} as const;

export type SocketSettings = { readonly [Key in keyof typeof SOCKET]: number };
