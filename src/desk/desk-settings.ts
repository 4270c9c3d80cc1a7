/** Numbers of the desk. */
export const DESK = {
  /** Seconds that a typing notice lasts without a new one; 3…15. */
  typingSeconds: 6,
  /** Seconds after which a member of staff counts as gone from a thread; pages tell of themselves every 10. */
  presenceSeconds: 25,
  /** Seconds without an answer after which a question goes to a person: the server stopped, or the models died. */
  strandedSeconds: 180,
  /** Seconds after which an unanswered question is history: nobody waits for it any more. */
  forgottenSeconds: 86_400,
  /** Seconds that a customer's message to people may stand unanswered before they are told by mail; 60…900. */
  waitsSeconds: 180,
  /** Seconds between two looks at what is due; due times are in minutes. */
  tickSeconds: 15,
  /** Tickets handled in one look; the next look takes the rest. */
  ticketsPerTick: 500,
  /** Hours after which a resolved ticket is closed; a customer who writes before or after reopens it. */
  closeAfterHours: 72,
  /** Share of an SLA's time after which staff are warned; 0.5…0.95. */
  warnShare: 0.75,
  /** Events read from the store at once by one stream. */
  eventsPerRead: 200,
  /** Notices that are not stored and that a slow reader may be behind; the oldest go first. */
  noticesWaiting: 200,
  /** Seconds between two heartbeats of a stream. */
  heartbeatSeconds: 10,
  /** Messages that a hand-over is summed up from. */
  summaryMessages: 40,
  /** Characters of a line in a summary. */
  lineCharacters: 200,
  /** Share of a suggested reply that staff change from which what they sent is proposed as an article; 0.02…0.5. */
  learntShare: 0.1,
  /** Longest message of staff, characters. */
  messageCharacters: 20_000,
} as const;
