import { GERMAN } from './de.ts';
import { ENGLISH } from './en.ts';
import { SPANISH } from './es.ts';
import { FRENCH } from './fr.ts';
import type { WordGroups } from './word-groups.ts';
import { CHINESE } from './zh.ts';

const LANGUAGES: readonly WordGroups[] = [ENGLISH, GERMAN, FRENCH, SPANISH, CHINESE];

/**
 * One line's words in all languages together: customers mix them, and the language of a short message is a guess.
 * So no word may mean something harmless in another of the languages; the labelled sentences hold that.
 */
export function builtInWords(group: keyof WordGroups): { words: string[]; except?: string[] } {
  const words = LANGUAGES.flatMap((language) => language[group].words);
  const except = LANGUAGES.flatMap((language) => language[group].except ?? []);
  return { words: [...new Set(words)], ...(except.length > 0 && { except }) };
}
