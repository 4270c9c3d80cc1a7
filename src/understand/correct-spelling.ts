import { letterSet, VOCABULARY, type Term, type TermVocabulary } from './term-vocabulary.ts';

export interface SpellingCorrection {
  from: string;
  to: string;
}

export interface CorrectedText {
  text: string;
  /** Empty when nothing was changed. */
  corrections: SpellingCorrection[];
}

export const SPELLING = {
  /** Words looked up in one question; the rest stays as it is. About 1 ms each at 60,000 terms. */
  maxWords: 8,
  /** Letters from which on two edits are taken. */
  twoEditLetters: 7,
  /** Occurrences that a term two edits away needs: rarer ones may be misspelled themselves. */
  leastCountOfTwo: 2,
  /** The best term must be this many times as frequent as the next at the same distance. */
  clearRatio: 3,
} as const;

const WORD = /(?<![\p{L}\p{N}@./_-])\p{L}[\p{L}\p{M}]+(?![\p{L}\p{N}@/_]|\.\p{L}|-\p{N})/gu;

/**
 * Corrects words of a question to terms of the documents and the catalogue: words of four letters or more
 * that nothing knows, where one term is clearly nearest (Damerau and Levenshtein's distance with transpositions
 * of neighbours: 1, or 2 from seven letters on; the first letter stays at two). Candidates are terms whose
 * letter sets differ in at most twice as many letters as edits, which is exact, needs no table of deletions
 * (SymSpell, Garbe 2012: 30 keys a term) and costs a pass of integers. Both texts should be searched.
 */
export function correctSpelling(text: string, vocabulary: TermVocabulary): CorrectedText {
  const corrections: SpellingCorrection[] = [];
  let looked = 0;
  const corrected = text.replace(WORD, (word: string) => {
    const lower = word.toLowerCase();
    if (!isCheckable(lower) || vocabulary.knows(lower) || ++looked > SPELLING.maxWords) return word;
    const term = nearestTerm(lower, vocabulary);
    if (term === null) return word;
    const to = /^\p{Lu}/u.test(word) ? term[0]!.toUpperCase() + term.slice(1) : term;
    corrections.push({ from: word, to });
    return to;
  });
  return { text: corrected, corrections };
}

/** Scripts without spaces or without an alphabet have no such misspellings. */
function isCheckable(word: string): boolean {
  const { leastLetters, mostLetters } = VOCABULARY;
  return word.length >= leastLetters && word.length <= mostLetters && /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]+$/u.test(word);
}

function nearestTerm(word: string, vocabulary: TermVocabulary): string | null {
  const most = word.length >= SPELLING.twoEditLetters ? 2 : 1;
  const letters = letterSet(word);
  let best: Term | null = null;
  let bestDistance = most + 1;
  let rival = 0;
  for (const term of vocabulary.terms()) {
    if (Math.abs(term.word.length - word.length) > most || term.word.length < VOCABULARY.leastLetters) continue;
    if (bitsOf(term.letters ^ letters) > 2 * most) continue;
    const distance = editDistance(word, term.word, Math.min(most, bestDistance));
    if (distance > most || distance > bestDistance || !isTaken(term, word, distance)) continue;
    if (distance === bestDistance && best !== null) {
      if (term.count > best.count) [best, rival] = [term, best.count];
      else rival = Math.max(rival, term.count);
    } else [best, bestDistance, rival] = [term, distance, 0];
  }
  return best !== null && best.count >= rival * SPELLING.clearRatio ? best.word : null;
}

function isTaken({ word: term, count }: Term, word: string, distance: number): boolean {
  return distance < 2 || (count >= SPELLING.leastCountOfTwo && term[0] === word[0]);
}

function bitsOf(set: number): number {
  let bits = set - ((set >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Insertions, deletions, substitutions and transpositions of neighbours (optimal string alignment); above `most` any larger number. */
export function editDistance(left: string, right: string, most: number): number {
  let before: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      let edits = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) edits = Math.min(edits, before[column - 2]! + 1);
      current.push(edits);
      least = Math.min(least, edits);
    }
    if (least > most) return most + 1;
    [before, last] = [last, current];
  }
  return last[right.length]!;
}
