import { distance } from 'fastest-levenshtein';
import { stemsOf } from '../text/content-words.ts';

/** Letters from which on one typing error is forgiven. */
const TYPED = 5;

/** Share 0…1 of these stems that a text does not hold; 0 where there are none. */
export function absentShare(stems: readonly string[], text: string): number {
  if (stems.length === 0) return 0;
  const held = stemsOf(text);
  const absent = stems.filter((stem) => !held.has(stem) && !isMistyped(stem, held));
  return absent.length / stems.length;
}

function isMistyped(stem: string, held: ReadonlySet<string>): boolean {
  return stem.length >= TYPED && [...held].some((word) => word.length >= TYPED && distance(word, stem) <= 1);
}
