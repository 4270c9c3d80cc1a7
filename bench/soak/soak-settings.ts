/** What a soak does; shares are of all conversations. */
export const SOAK = {
  /** Questions that are asked again and again, so that most answers are kept ones; 10…80. */
  questions: 16,
  /** Conversations at once, 1…16. */
  lanes: 3,
  /** Share that asks what nobody asked before, 0…1: each costs the whole path. */
  fresh: 0.01,
  /** Share that is handed to a person, who replies and closes it, 0…1. */
  handedOver: 0.1,
  /** Share whose asker leaves in mid-answer, 0…1. */
  abandoned: 0.02,
  /** Share that says thanks and rates the answer, 0…1. */
  rated: 0.1,
  /** One in so many is generated instead of extractive; on a processor it takes seconds. */
  generatedEvery: 2_500,
  /** Conversations between two documents that come in. Each makes every kept answer be computed once more. */
  ingestEvery: 1_000,
  /** Documents that take turns: after these, each new one replaces the oldest. */
  documents: 5,
  /** Conversations between two looks at memory and handles. */
  lookEvery: 250,
  /** Looks whose median counts, at the first thousand and at the end: a heap breathes. */
  looks: 3,
  /** Milliseconds of quiet before a look. */
  settleMs: 1_500,
  /** Share by which memory and handles may have grown since the first thousand. */
  allowedGrowth: 0.05,
} as const;
