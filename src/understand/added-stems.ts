import { contentWords, stemsOf } from '../text/content-words.ts';
import { followUpKind } from './follow-up-kind.ts';
import type { PhraseType } from './parse-phrases.ts';

/** Times, sizes and attributes are answered by values, in which their own words need not stand. */
const NAMED: ReadonlySet<PhraseType> = new Set(['thing', 'place', 'payment']);
/** Whoever is asked for, the answer is about the thing. */
const PEOPLE = stemsOf(
  `husband wife partner man woman men women child children kid kids son sons daughter daughters baby friend friends
   mother father mum mom dad parents brother sister boyfriend girlfriend family person people colleague`,
);

/**
 * Stems of what a follow-up puts in the place of something named before ("and for sale items?"), without what
 * was said already. None where it asks for something else about the same thing ("how much is it?").
 */
export function addedStems(question: string, before: string): string[] {
  const { kind, phrase } = followUpKind(question);
  if (kind !== 'ellipsis' && kind !== 'correction') return [];
  const said = stemsOf(before);
  const named = phrase.phrases.filter(({ type }) => NAMED.has(type)).map(({ words }) => words);
  const stems = named.flatMap((words) => contentWords(words).map(({ stem }) => stem));
  return [...new Set(stems)].filter((stem) => !said.has(stem) && !PEOPLE.has(stem) && !/\d/.test(stem));
}
