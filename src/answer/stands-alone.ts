import { contentWords } from '../text/content-words.ts';

/** Content words that a question must have to stand by itself. */
const QUESTION_WORDS = 2;

/** Begins with what points back, or speaks of a thing without naming it. */
const POINTS_BACK =
  /^\W*(?:and|or|but|so|then|also|what about|how about)\b|\b(?:it|its|that one|this one|those|these|them|they|there)\b/i;

/** Whether a text asks for the same whatever was said before it. Says no when in doubt. */
export function standsAlone(text: string): boolean {
  return !POINTS_BACK.test(text) && contentWords(text).length >= QUESTION_WORDS;
}
