import type { CustomerFact } from '../../stores/memory-contracts.ts';
import type { LiveReply } from '../live/live-types.ts';
import { reply, type DialogueContext } from './carry-out.ts';
import { DIALOGUE_TEXTS } from './dialogue-texts.ts';
import { yesOrNo } from './yes-or-no.ts';

const POLITE = String.raw`^\W*(?:(?:please|can you|could you|would you|kindly)\s+)*`;
const REMEMBER = new RegExp(
  String.raw`${POLITE}(?:remember|note|keep in mind|don't forget)(?:\s+for (?:later|next time))?[,:]?\s+(?:that\s+)?(?=(?:my|i|i'm|i am)\b)(.{3,300})$`,
  'i',
);
const FORGET = new RegExp(
  String.raw`${POLITE}(?:forget (?:me|everything (?:about|you know)|all about me|what you (?:know|remember))|(?:delete|erase|remove) (?:everything|all|what) (?:that )?you (?:know|remember|keep|have)\b|i (?:withdraw|revoke) my consent|stop remembering me)`,
  'i',
);
const KNOWN = /\bwhat (?:do|did|have) you (?:know|remember|keep|stored?|kept) (?:about|of|on) me\b/i;
const MY = /^my ([\p{L}][\p{L} -]{1,40}?) (?:is|are)\s+(.+)$/iu;
const SIZE = /^i (?:wear|take|need|have)(?: a)? ((?:[\p{L}]+ )?size) ([\p{L}\p{N}./-]{1,10})$/iu;

/** "Remember that my shoe size is 42", "forget me", "what do you know about me?"; null for all else. */
export async function findMemoryWish(context: DialogueContext): Promise<LiveReply | null> {
  const text = context.text.replace(/[’‘]/g, "'");
  if (FORGET.test(text)) return forget(context);
  if (KNOWN.test(text)) return tellKnown(context);
  const wish = REMEMBER.exec(text)?.[1];
  return wish === undefined ? null : remember(readFact(wish), context);
}

/** Consent is given by a plain yes; whatever else is said, nothing is kept. */
export async function answerConsent(
  fact: { name: string; value: string },
  { text, asker: { identity }, tools: { customers } }: DialogueContext,
): Promise<LiveReply | null> {
  const said = yesOrNo(text);
  if (said === 'no') return reply('answered', DIALOGUE_TEXTS.notRemembered, null);
  if (said === null || identity === null) return null;
  await customers.setConsent(identity.subject, true);
  await customers.note(identity.subject, fact);
  return reply('answered', DIALOGUE_TEXTS.remembered(sayFact(fact)), null);
}

/** Name and value of what is to be remembered; a sentence that says neither is kept as a note. */
export function readFact(wish: string): { name: string; value: string } {
  const plain = wish.replace(/[\s.!]+$/u, '');
  const [, name, value] = SIZE.exec(plain) ?? MY.exec(plain) ?? [];
  if (name !== undefined && value !== undefined) return { name: name.toLowerCase(), value };
  return { name: 'note', value: plain };
}

async function remember(
  fact: { name: string; value: string },
  { asker: { identity }, tools: { customers } }: DialogueContext,
): Promise<LiveReply> {
  if (identity === null) return reply('answered', DIALOGUE_TEXTS.cannotRemember, null);
  if (await customers.note(identity.subject, fact))
    return reply('answered', DIALOGUE_TEXTS.remembered(sayFact(fact)), null);
  return {
    ...reply('clarify', DIALOGUE_TEXTS.mayRemember(sayFact(fact)), { kind: 'consent', fact }),
    quickReplies: [DIALOGUE_TEXTS.yes, DIALOGUE_TEXTS.no],
  };
}

async function forget({ asker: { identity }, tools: { customers } }: DialogueContext): Promise<LiveReply> {
  if (identity === null) return reply('answered', DIALOGUE_TEXTS.cannotRemember, null);
  await customers.setConsent(identity.subject, false);
  return reply('answered', DIALOGUE_TEXTS.forgotten, null);
}

async function tellKnown({ asker: { identity, facts } }: DialogueContext): Promise<LiveReply> {
  if (identity === null) return reply('answered', DIALOGUE_TEXTS.cannotRemember, null);
  const text = facts.length === 0 ? DIALOGUE_TEXTS.nothingKnown : DIALOGUE_TEXTS.known(sayFacts(facts));
  return reply('answered', text, null);
}

const sayFacts = (facts: readonly CustomerFact[]): string => facts.map(sayFact).join('; ');

function sayFact({ name, value }: { name: string; value: string }): string {
  return name === 'note' ? `“${value}”` : `${name} ${value}`;
}
