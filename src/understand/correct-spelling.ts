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
  /** Above this share of unknown words the text is in another language, or nonsense: nothing is changed. */
  mostUnknown: 0.5,
  /** Letters from which on two edits are taken. */
  twoEditLetters: 7,
  /** Occurrences that a term two edits away needs: rarer ones may be misspelled themselves. */
  leastCountOfTwo: 2,
  /** The best term must weigh this many times as much as the next at the same distance: frequency times likelihood. */
  clearRatio: 2,
  /** Against a wrong letter in the middle of a word (Kukich 1992: first letters are wrong in 1 to 3 % of typing errors). */
  likelihood: { swapped: 4, leftOut: 2, firstLetter: 0.2 },
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
  if (isStrange(text, vocabulary)) return { text, corrections };
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

function isStrange(text: string, vocabulary: TermVocabulary): boolean {
  const words = (text.toLowerCase().match(WORD) ?? []).slice(0, 200);
  const unknown = words.filter((word) => isCheckable(word) && !vocabulary.knows(word)).length;
  return words.length > 3 && unknown > words.length * SPELLING.mostUnknown;
}

/** Scripts without spaces or without an alphabet have no such misspellings. */
function isCheckable(word: string): boolean {
  const { leastLetters, mostLetters } = VOCABULARY;
  return (
    word.length >= leastLetters &&
    word.length <= mostLetters &&
    /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]+$/u.test(word)
  );
}

function nearestTerm(word: string, vocabulary: TermVocabulary): string | null {
  const most = word.length >= SPELLING.twoEditLetters ? 2 : 1;
  const letters = letterSet(word);
  let best: string | null = null;
  let [bestDistance, bestScore, rivalScore] = [most + 1, 0, 0];
  for (const term of vocabulary.terms()) {
    if (Math.abs(term.word.length - word.length) > most || term.word.length < VOCABULARY.leastLetters)
      continue;
    if (bitsOf(term.letters ^ letters) > 2 * most) continue;
    const distance = editDistance(word, term.word, Math.min(most, bestDistance));
    if (distance > most || distance > bestDistance || !isTaken(term, word, distance)) continue;
    const score = term.count * likelihood(word, term.word);
    if (distance < bestDistance)
      [best, bestDistance, bestScore, rivalScore] = [term.word, distance, score, 0];
    else if (score > bestScore) [best, bestScore, rivalScore] = [term.word, score, bestScore];
    else rivalScore = Math.max(rivalScore, score);
  }
  return bestScore >= rivalScore * SPELLING.clearRatio ? best : null;
}

/** Fingers swap letters and leave them out more often than they miss, and hardly ever at the first letter. */
function likelihood(written: string, term: string): number {
  const { swapped, leftOut, firstLetter } = SPELLING.likelihood;
  const sorted = (word: string): string => Array.from(word).sort().join('');
  const first = written[0] === term[0] ? 1 : firstLetter;
  if (written.length !== term.length) return leftOut * first;
  return (sorted(written) === sorted(term) ? swapped : 1) * first;
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
      const swapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) edits = Math.min(edits, before[column - 2]! + 1);
      current.push(edits);
      least = Math.min(least, edits);
    }
    if (least > most) return most + 1;
    [before, last] = [last, current];
  }
  return last[right.length]!;
}
