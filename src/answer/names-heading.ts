import { contentWords } from '../text/content-words.ts';

const POINTER =
  /\b(?:see|read|under|section|chapter|page|table|overview|list(?:ed)?|described|explained|set out|follows?|according to)\b/i;

/**
 * The title or heading of a passage that a sentence names, or null: all words of one of several words, or a single
 * word that is a name inside the sentence or that the sentence points to ("see Zones").
 */
export function namedHeading(sentence: string, headingPath: string): string | null {
  const held = contentWords(sentence);
  const stems = new Set(held.map(({ stem }) => stem));
  for (const heading of headingPath.split(' > ').reverse()) {
    const words = contentWords(heading);
    const [only] = words;
    if (only === undefined || !words.every(({ stem }) => stems.has(stem))) continue;
    if (words.length > 1) return heading;
    const written = held.find(({ stem }) => stem === only.stem)!;
    const isName = written.start > 0 && /^\p{Lu}/u.test(sentence.slice(written.start));
    if (isName || POINTER.test(sentence.slice(0, written.start))) return heading;
  }
  return null;
}
