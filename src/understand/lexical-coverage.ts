import { stemmer } from 'stemmer';
import { indexWordsOf } from '../text/segment-words.ts';
import { STOP_WORDS } from '../text/stop-words.ts';

export const LEXICAL_COVERAGE = {
  /** A question with fewer telling words says too little to answer by words alone. */
  leastWords: 2,
} as const;

/**
 * How much of the question each passage holds, 0…1: the share of the question's words found in it, each
 * weighted by how rare it is among the passages (Sparck Jones 1972), so that words which all of them have,
 * as 的 or の, hardly count. For scripts that no model reads it takes the place of a confidence; the first
 * stage's order stays. All 0 when the question has fewer than two telling words.
 */
export function lexicalCoverage(question: string, passages: readonly string[]): number[] {
  const wanted = wordsOf(question).filter((word) => !STOP_WORDS.has(word));
  if (wanted.length < LEXICAL_COVERAGE.leastWords) return passages.map(() => 0);
  const held = passages.map((passage) => new Set(wordsOf(passage)));
  const weights = wanted.map((word) => {
    const having = held.filter((words) => words.has(word)).length;
    return Math.log(1 + (passages.length - having + 0.5) / (having + 0.5));
  });
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return held.map((words) =>
    wanted.reduce((sum, word, index) => sum + (words.has(word) ? weights[index]! / whole : 0), 0),
  );
}

function wordsOf(text: string): string[] {
  return [...new Set(indexWordsOf(text).map((word) => (/^[a-z]+$/.test(word) ? stemmer(word) : word)))];
}
