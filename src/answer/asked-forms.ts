import { contentWords } from '../text/content-words.ts';
import { splitParts } from '../understand/split-parts.ts';
import type { StandaloneQuestion } from '../understand/standalone-question.ts';

/** One thing that is asked. */
export interface AskedForms {
  /** As the customer asked it, or as a follow-up stands for it. */
  text: string;
  /** What to search for: more than one form when it is in doubt whether a follow-up leans; the likeliest first. */
  forms: readonly string[];
}

/** A part that leans on the one before is searched and read together with the whole question. */
const LEANS = /\b(?:it|its|they|them|their|that|this|these|those|one|ones|there)\b/i;
/** With this many words of its own a part stands alone ("how much is it to have a jacket mended"). */
const OWN_WORDS = 3;

/** The parts of a question, each as it stands without the conversation. */
export function askedParts({ standalone, forms }: Pick<StandaloneQuestion, 'standalone' | 'forms'>): AskedForms[] {
  const parts = splitParts(standalone);
  if (parts.length === 1) return [{ text: standalone, forms }];
  return parts.map((text, index) => ({ text, forms: [index > 0 && leans(text) ? standalone : text] }));
}

function leans(part: string): boolean {
  return LEANS.test(part) && contentWords(part).length < OWN_WORDS;
}
