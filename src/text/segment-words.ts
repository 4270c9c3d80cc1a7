import { foldText } from './fold-text.ts';

/** Runs of scripts that put no spaces between words. */
export const UNSPACED_RUN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc\u3005\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}][\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc\u3005\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{M}]*/gu;
const UNSPACED_SIGN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const IDEOGRAPHS = /[\p{Script=Han}\u3005]{2,}/gu;
/** ICU's dictionaries take quadratic time on long runs. */
const WINDOW_CHARACTERS = 256;
/** The dictionaries go by script, not by this language. */
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/**
 * The words of a text's Chinese, Japanese, Thai, Lao, Khmer and Burmese runs, in order, for an index:
 * those that `Intl.Segmenter` finds, and for Han every pair of neighbouring signs besides, since the
 * dictionary cuts one and the same compound differently in a question and in a document (words with
 * bigrams: Nie, Gao, Zhang and Zhou 2000, "On the use of words and n-grams for Chinese information
 * retrieval"). Empty for text of other scripts. Linear in the length.
 */
export function segmentWords(text: string): string[] {
  const words: string[] = [];
  for (const [run] of text.matchAll(UNSPACED_RUN)) {
    for (let from = 0; from < run.length; from += WINDOW_CHARACTERS)
      pushWords(words, run.slice(from, from + WINDOW_CHARACTERS));
  }
  return words;
}

/** Is any of it in a script that puts no spaces between words? */
export function hasUnspacedScript(text: string): boolean {
  return UNSPACED_SIGN.test(text);
}

function pushWords(words: string[], run: string): void {
  const cut = new Set<string>();
  for (const { segment, isWordLike } of segmenter.segment(run)) {
    if (!isWordLike) continue;
    words.push(segment);
    cut.add(segment);
  }
  for (const [signs] of run.matchAll(IDEOGRAPHS)) {
    const letters = Array.from(signs);
    for (const [index, letter] of letters.entries()) {
      const pair = letter + (letters[index + 1] ?? '');
      if (pair !== letter && !cut.has(pair)) words.push(pair);
    }
  }
}

/**
 * What a keyword index must hold beside the text itself, separated by spaces: the words of runs without
 * spaces, and words that are spelled otherwise after folding (full-width letters, ligatures). Mostly ''.
 */
export function extraIndexWords(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return '';
  const folded = foldText(text);
  const respelled: string[] = [];
  if (folded !== text) {
    const written = new Set(plainWords(text.normalize('NFC')));
    for (const word of plainWords(folded)) if (!written.has(word)) respelled.push(word);
  }
  return [...respelled, ...segmentWords(folded)].join(' ');
}

/** The words to look for in such an index, lower-case, each once, in order. */
export function indexWordsOf(text: string): string[] {
  // eslint-disable-next-line no-control-regex
  const folded = foldText(text.replace(/[\0-\x1f]/g, ' ')).toLowerCase();
  return [...new Set([...plainWords(folded.replace(UNSPACED_RUN, ' ')), ...segmentWords(folded)])];
}

function plainWords(text: string): string[] {
  return text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];
}
