import { foldText } from './fold-text.ts';
import { UNSPACED_RUN } from './segment-words.ts';

const RUN_OR_WORD = new RegExp(
  `(?<run>${UNSPACED_RUN.source})|(?:(?!${UNSPACED_RUN.source})[\\p{L}\\p{N}])+`,
  'gu',
);

/**
 * A text for an index of words in which runs without spaces (Chinese, Japanese, Thai) are found by any part of them:
 * the text, and of each run every pair of neighbouring signs and its last one. No dictionary, which might cut a name
 * differently in the text and in what is searched for.
 */
export function withSignPairs(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  const apart = foldText(text).replace(UNSPACED_RUN, ' $& ');
  const pairs = [...apart.matchAll(UNSPACED_RUN)].flatMap(([run]) => [
    ...pairsOf(run),
    Array.from(run).at(-1)!,
  ]);
  return pairs.length === 0 ? text : `${apart} ${pairs.join(' ')}`;
}

/** An FTS5 query for such an index: every word, every run; the last word and a lone sign may be begun. '' for none. */
export function queryOfWords(text: string, { words, begun }: { words: number; begun: boolean }): string {
  const found = [...foldText(text.normalize('NFC')).matchAll(RUN_OR_WORD)].slice(0, words);
  return found
    .map(([word, run], index) => {
      if (run === undefined)
        return `"${word}"${begun && index === found.length - 1 && word.length > 2 ? '*' : ''}`;
      const pairs = pairsOf(run);
      return pairs.length === 0 ? `"${run}"*` : `"${pairs.join(' ')}"`;
    })
    .join(' ');
}

function pairsOf(run: string): string[] {
  const signs = Array.from(run);
  return signs.slice(1).map((sign, index) => signs[index]! + sign);
}
