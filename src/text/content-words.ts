import { stemmer } from 'stemmer';
import { STOP_WORDS } from './stop-words.ts';

export interface ContentWord {
  /** Lower-cased, without possessive ending. */
  word: string;
  /** Porter stem of an ASCII word; any other word as it is. */
  stem: string;
  /** UTF-16 offsets in the text given; the possessive ending included. */
  start: number;
  end: number;
}

/** Numbers with their decimals and separators, "e-mail" and its like, else letters with digits, marks and inner apostrophes. */
const WORD =
  /\p{N}+(?:[.,:]\p{N}+)*(?![\p{L}\p{M}])|\be-(?=\p{L}{3})\p{L}+|[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:(?<=\p{N})\.\p{N}+|['’][\p{L}\p{M}]+)*/giu;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
const wordSegmenter = new Intl.Segmenter('en', { granularity: 'word' });
/** ICU's dictionary segmentation takes quadratic time on long runs. */
const SEGMENTED_CHARACTERS = 256;
/** Longest word in characters that is stemmed; Porter's rules mean nothing beyond. */
const STEMMED_CHARACTERS = 40;

/**
 * The words of a text that carry meaning, in order: stop words left out (STOP_WORDS holds them,
 * negations among them), numbers kept. Scripts without spaces are cut by Intl.Segmenter.
 */
export function contentWords(text: string): ContentWord[] {
  const found: ContentWord[] = [];
  for (const match of text.matchAll(WORD)) {
    const start = match.index;
    if (UNSPACED.test(match[0])) pushSegmented(found, match[0], start);
    else pushWord(found, match[0], start);
  }
  return found;
}

export function stemsOf(text: string): Set<string> {
  return new Set(contentWords(text).map((found) => found.stem));
}

function pushWord(found: ContentWord[], written: string, start: number): void {
  const lower = written.toLowerCase().replaceAll('’', "'").replace('e-', 'e');
  const word = lower.replace(/'s$/, '');
  if (STOP_WORDS.has(lower) || STOP_WORDS.has(word)) return;
  const stem = word.length <= STEMMED_CHARACTERS && /^[a-z]+$/.test(word) ? stemmer(word) : word;
  found.push({ word, stem, start, end: start + written.length });
}

function pushSegmented(found: ContentWord[], run: string, start: number): void {
  for (let from = 0; from < run.length; from += SEGMENTED_CHARACTERS) {
    for (const { segment, index, isWordLike } of wordSegmenter.segment(
      run.slice(from, from + SEGMENTED_CHARACTERS),
    )) {
      if (isWordLike) pushWord(found, segment, start + from + index);
    }
  }
}
