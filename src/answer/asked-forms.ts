import { contentWords } from '../text/content-words.ts';
import { splitParts } from '../understand/split-parts.ts';
import type { HistoryMessage, StandaloneQuestion } from '../understand/standalone-question.ts';

/** One thing that is asked. */
export interface AskedForms {
  /** As the customer asked it, or as a follow-up stands for it. */
  text: string;
  /** What to search for: more than one form when it is in doubt whether a follow-up leans; the likeliest first. */
  forms: readonly string[];
  /** Stems of what a follow-up names anew; evidence without them answers the question before it. */
  added: readonly string[];
}

export const CONTEXT_FORM = {
  /** Words up to which a message in a conversation may lean on it in ways that no rule sees. */
  words: 14,
  /** Characters of the earlier messages. */
  characters: 300,
} as const;

/** A part that leans on the one before is searched and read together with the whole question. */
const LEANS = /\b(?:it|its|they|them|their|that|this|these|those|one|ones|there)\b/i;
/** With this many words of its own a part stands alone ("how much is it to have a jacket mended"). */
const OWN_WORDS = 3;

/** The parts of a question, each as it stands without the conversation. */
export function askedParts(
  { standalone, forms, added }: Pick<StandaloneQuestion, 'standalone' | 'forms' | 'added'>,
  question: string,
  history: readonly HistoryMessage[],
): AskedForms[] {
  const parts = splitParts(standalone);
  if (parts.length === 1) return [{ text: standalone, forms: withContext(forms, question, history), added }];
  return parts.map((text, index) => ({
    text,
    forms: [index > 0 && leans(text) ? standalone : text],
    added: [],
  }));
}

/**
 * A short message in a conversation is also searched behind the customer's last one, the plainest of the
 * baselines for conversational search (Dalton et al. 2020) and the hardest to beat by rules.
 */
function withContext(
  forms: readonly string[],
  question: string,
  history: readonly HistoryMessage[],
): readonly string[] {
  const last = history.findLast(({ role }) => role === 'customer')?.text.trim();
  if (!last || question.split(/\s+/).length > CONTEXT_FORM.words) return forms;
  return [...new Set([...forms, `${last.slice(0, CONTEXT_FORM.characters)} ${question}`])];
}

function leans(part: string): boolean {
  return LEANS.test(part) && contentWords(part).length < OWN_WORDS;
}
