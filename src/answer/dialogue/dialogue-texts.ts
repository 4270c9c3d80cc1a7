/** What the product says about actions and its own memory. */
export const DIALOGUE_TEXTS = {
  yes: 'Yes',
  no: 'No',
  talkToPerson: 'Talk to a person',
  confirmHow: 'Please answer yes or no.',
  askAgain: (ask: string): string => `${ask} (Or say “stop”.)`,
  refused: 'All right, nothing was changed.',
  stopped: 'All right, I leave it.',
  outdated: 'That can no longer be confirmed, so nothing was changed. Please ask for it again.',
  failed: (reason: string): string => `That did not work: ${reason}.`,
  badInput: (reason: string): string => `I cannot do that: ${reason}.`,
  done: 'That is done.',
  signIn: 'For that I must know who you are. Please sign in at our shop and ask again.',
  remembered: (fact: string): string => `I will remember it for next time: ${fact}.`,
  mayRemember: (fact: string): string =>
    `May I remember this about you for later conversations (${fact})? You can say “forget me” at any time. Please answer yes or no.`,
  notRemembered: 'All right, I keep nothing of it.',
  cannotRemember:
    'I can remember things only for customers who are signed in at our shop, so I keep nothing about you beyond this conversation.',
  forgotten: 'I have forgotten everything that I kept about you.',
  known: (facts: string): string =>
    `With your consent I remember: ${facts}. Say “forget me” to have it erased.`,
  nothingKnown: 'I remember nothing about you beyond this conversation.',
} as const;
