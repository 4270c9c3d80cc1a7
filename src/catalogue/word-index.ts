import { distance } from 'fastest-levenshtein';
import { Index } from 'flexsearch';
import { PRODUCT_SEARCH } from './finder-settings.ts';

export interface WordMatch {
  id: number;
  quality: number;
}

/**
 * The words of the catalogue, each once. FlexSearch finds words that begin or end with what was typed; it holds
 * words, not products, because 100,000 products share few words and a list of rows could not be cut by filters.
 */
export interface WordIndex {
  readonly size: number;
  /** Number of a word; a new one when it was never seen. `named`: stands in more than descriptions. */
  idOf(word: string, named: boolean): number;
  /** Words that this one can mean, best first. */
  find(word: string): WordMatch[];
}

export function createWordIndex(): WordIndex {
  const ids = new Map<string, number>();
  const parts = new Index({ tokenize: 'reverse', encode: (text: string) => [text], resolution: 3 });
  const named: { id: number; word: string; letters: number }[] = [];
  const inParts = new Set<number>();

  const withParts = (word: string): WordMatch[] => {
    if (word.length < PRODUCT_SEARCH.partLetters || hasDigit(word)) return [];
    return (parts.search(word, { limit: PRODUCT_SEARCH.partWords }) as number[]).map((id) => ({
      id,
      quality: PRODUCT_SEARCH.quality.part,
    }));
  };
  const mistyped = (word: string): WordMatch[] => {
    if (word.length < PRODUCT_SEARCH.oneTypo || hasDigit(word)) return [];
    const most = word.length < PRODUCT_SEARCH.twoTypos ? 1 : 2;
    const letters = lettersOf(word);
    const near: { id: number; errors: number }[] = [];
    for (const entry of named) {
      if (Math.abs(entry.word.length - word.length) > most) continue;
      // Each error changes two letters of the set at most: most words end here.
      if (bitsIn(entry.letters ^ letters) > 2 * most) continue;
      const errors = distance(entry.word, word);
      if (errors <= most || isSwapped(entry.word, word)) near.push({ id: entry.id, errors });
    }
    near.sort((left, right) => left.errors - right.errors);
    return near
      .slice(0, PRODUCT_SEARCH.typoWords)
      .map(({ id }) => ({ id, quality: PRODUCT_SEARCH.quality.typo }));
  };

  return {
    get size() {
      return ids.size;
    },
    idOf: (word, isNamed) => {
      let id = ids.get(word);
      if (id === undefined) ids.set(word, (id = ids.size));
      if (isNamed && !hasDigit(word) && !inParts.has(id)) {
        inParts.add(id);
        named.push({ id, word, letters: lettersOf(word) });
        parts.add(id, word);
      }
      return id;
    },
    find: (word) => {
      const id = ids.get(word);
      const exact = id === undefined ? [] : [{ id, quality: PRODUCT_SEARCH.quality.exact }];
      const longer = withParts(word).filter((match) => match.id !== id);
      const found = [...exact, ...longer];
      return found.length > 0 ? found : mistyped(word);
    },
  };
}

function hasDigit(word: string): boolean {
  return /\d/.test(word);
}

/** One bit a letter, other scripts folded onto 31 of them. */
function lettersOf(word: string): number {
  let letters = 0;
  for (let place = 0; place < word.length; place++) letters |= 1 << (word.charCodeAt(place) % 31);
  return letters;
}

function bitsIn(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** "baer" for "bare": two neighbours changed places, which Levenshtein counts as two errors. */
function isSwapped(left: string, right: string): boolean {
  if (left.length !== right.length) return false;
  let place = 0;
  while (left[place] === right[place] && place < left.length) place++;
  return (
    left[place] === right[place + 1] &&
    left[place + 1] === right[place] &&
    left.slice(place + 2) === right.slice(place + 2)
  );
}
