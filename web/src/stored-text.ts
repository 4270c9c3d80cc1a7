/** All that this program keeps in a browser. */
export const STORED = {
  /** The unsent text. */
  draft: { storage: () => localStorage, key: 'answerbox.draft' },
  /** The conversation of this tab. */
  conversation: { storage: () => sessionStorage, key: 'answerbox.conversation' },
  /** The conversation that waits for people, and whose it is: it outlives its tab. */
  waiting: { storage: () => localStorage, key: 'answerbox.waiting' },
  /** What stands in the form for when nobody is there. */
  form: { storage: () => localStorage, key: 'answerbox.form' },
  /** The question whose answer was stopped last: a reload does not go on with it. */
  stopped: { storage: () => sessionStorage, key: 'answerbox.stopped' },
  /** How many messages of this conversation were seen. */
  seen: { storage: () => sessionStorage, key: 'answerbox.seen' },
  /** Whose conversation that is, where the shop said so: the subject of its token. */
  subject: { storage: () => sessionStorage, key: 'answerbox.subject' },
} as const;

/** The browser holds nothing of the customer afterwards. */
export function forgetStored(): void {
  for (const { storage, key } of Object.values(STORED)) writeStored(storage, key, '');
}

/** Small texts that outlive a reload. A browser that allows no storage only loses that comfort. */
export function readStored(storage: () => Storage, key: string): string {
  try {
    return storage().getItem(key) ?? '';
  } catch {
    return '';
  }
}

export function writeStored(storage: () => Storage, key: string, text: string): void {
  try {
    if (text === '') storage().removeItem(key);
    else storage().setItem(key, text);
  } catch {
    // Nothing to do: storage is full or forbidden.
  }
}
