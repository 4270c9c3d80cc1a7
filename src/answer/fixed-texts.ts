import type { ShopContact } from './path-types.ts';

/** What the product says in its own words; everything else it says is held by a document. */
export const FIXED_TEXTS = {
  declined: "I can't find that in our documents. Would you like to talk to a person?",
  unreadable:
    'I found nothing for these words, and I can read no more than the words of this language. Would you like to talk to a person?',
  greeting: 'Hello! What would you like to know?',
  thanks: "You're welcome. Is there anything else?",
  goodbye: 'Goodbye, and thank you for writing to us.',
  talkToPerson: 'Talk to a person',
  /** Choices come as quick replies too; in the text for those who only read. */
  whichOne: (choices: readonly string[]): string =>
    `That depends. Which one do you mean: ${choices.slice(0, -1).join('; ')} or ${choices.at(-1) ?? ''}?`,
  whichOneOf: (part: string, choices: readonly string[]): string =>
    `For “${part}” that depends. Which one do you mean: ${choices.slice(0, -1).join('; ')} or ${choices.at(-1) ?? ''}?`,
  openPart: (part: string): string => `I can't find the rest in our documents (“${part}”).`,
  handedOff: ({ name, email, phone }: ShopContact): string => {
    const ways = [email && `write to ${email}`, phone && `call ${phone}`].filter(Boolean).join(' or ');
    return ways === ''
      ? `I pass you on to a person at ${name}.`
      : `A person at ${name} will help you: ${ways}.`;
  },
} as const;
