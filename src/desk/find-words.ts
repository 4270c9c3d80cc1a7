import { hasUnspacedScript } from '../text/segment-words.ts';

/** One list, so that it is compiled once. */
const NONE: readonly string[] = [];
/** Words that `*` alone may stand for. */
const GAP_WORDS = 4;
/** Compiled once for each list of a table; the tables live as long as the server. */
const COMPILED = new WeakMap<readonly string[], RegExp | null>();

/**
 * Does a text hold one of these words or phrases, whatever its case, accents and punctuation? Whole words, but
 * anywhere in a run of a script that puts no spaces between words. In a phrase, `*` at the end of a word stands for
 * any ending, and alone for up to four words. Phrases of `except` are taken out of the text first.
 */
export function hasWords(text: string, words: readonly string[], except: readonly string[] = NONE): boolean {
  const plain = plainWords(text);
  return holds(holds(plain, except) ? plain.replace(patternOf(except)!, ' | ') : plain, words);
}

/** `search`, not `test`, which would go on where it stopped. */
function holds(plain: string, phrases: readonly string[]): boolean {
  const pattern = patternOf(phrases);
  return pattern !== null && plain.search(pattern) >= 0;
}

function patternOf(phrases: readonly string[]): RegExp | null {
  const known = COMPILED.get(phrases);
  if (known !== undefined) return known;
  const patterns = phrases.map(phrasePattern).filter((one) => one !== '');
  const pattern = patterns.length > 0 ? new RegExp(patterns.join('|'), 'gu') : null;
  COMPILED.set(phrases, pattern);
  return pattern;
}

function phrasePattern(phrase: string): string {
  const tokens = phrase.normalize('NFC').match(/[\p{L}\p{N}\p{M}]+\*?|\*/gu) ?? [];
  if (hasUnspacedScript(phrase)) return tokens.map((token) => plainLetters(token.replace('*', ''))).join(' ');
  let pattern = '';
  let gap = '';
  for (const token of tokens) {
    if (token === '*') gap = `(?:[^ |]+ ){0,${GAP_WORDS}}`;
    else {
      pattern += (pattern && ` ${gap}`) + wordPattern(token);
      gap = '';
    }
  }
  return pattern && `(?<= )${pattern}(?= )`;
}

function wordPattern(token: string): string {
  const letters = Array.from(token.replace('*', ''), (letter) => {
    const plain = plainLetters(letter);
    // People without the key type "fuer" for "für".
    return /[äöü]/i.test(letter) ? `${plain}e?` : plain;
  });
  return letters.join('') + (token.endsWith('*') ? '[^ |]*' : '');
}

/** Words without case and accents, a space around each; a bar where a sentence ends. */
function plainWords(text: string): string {
  const words = plainLetters(text).match(/[\p{L}\p{N}\p{M}]+|[.!?;…。]/gu) ?? [];
  return ` ${words.map((word) => (/[.!?;…。]/.test(word) ? '|' : word)).join(' ')} `;
}

/** Latin letters without their accents: they are often left out. */
function plainLetters(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/(?<=\p{Script=Latin})\p{Mn}+/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll('œ', 'oe')
    .normalize('NFC');
}
