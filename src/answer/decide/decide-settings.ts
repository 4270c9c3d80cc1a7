/** The numbers of the decision, together: unit, range, reason. The thresholds of confidence are fitted, not set here. */

export const CLARIFYING = {
  /** Points of a passage's final score (see RERANKING) by which another may stand below and still fit equally well. */
  margin: 1.5,
  /** Least probability, by the reader, that each of them holds the answer by itself, 0…1. */
  answerable: 0.5,
  /** Least share of the longer title's words that siblings have in common, 0…1. */
  sharedWords: 0.5,
  /** Candidates of the search among which siblings are looked for, best first; 10…40. */
  looked: 20,
  /** Choices of one question at most; who has more to choose from asks for a word instead. 2…8. */
  choices: 5,
  /** Words of a reply to our question up to which it is the missing piece and not a new question. */
  replyWords: 8,
  /** Least share of the reply's words that a choice must hold to be what was meant, 0…1. */
  matched: 0.5,
} as const;

export const HANDING_OVER = {
  /** Questions in a row without an answer from which on a person is called; 1 calls at once. */
  unanswered: 2,
  /** Least frustration, by the intent heads, with which nobody is left without an answer, 0…1. */
  frustration: 0.8,
  /** Least probability of an intent that only a person can fulfil, 0…1. */
  intent: 0.6,
} as const;

/** What customers ask to be done, not to be told: without an answer or an action for it, a person must. */
export const PERSONS_WORK: ReadonlySet<string> = new Set([
  'cancel_order',
  'change_order',
  'delivery_address',
  'order_problem',
  'complaint',
]);
