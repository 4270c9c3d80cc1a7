import { stemsOf } from '../text/content-words.ts';

const NUMBER = /(?<![\p{L}\p{N}])\d+(?:[.,:]\d+)*(?![\p{L}\p{N}])/gu;
const NUMBER_WORDS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const NUMBER_WORD = new RegExp(`\\b(?:${NUMBER_WORDS.slice(1).join('|')})\\b`, 'giu');
const NEGATION = /\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot|unable)\b|n['’]t\b/iu;
const CONDITION = /\b(?:only|unless|except|if|provided|without)\b/giu;

export interface SentenceDifference {
  kind: 'number' | 'negation' | 'condition';
  /** Share of common words (Dice), numbers left out, 0…1. */
  shared: number;
}

/** How two sentences on what may be one subject differ: in their numbers, in a "not", in a condition; else null. */
export function differenceOf(one: string, other: string): SentenceDifference | null {
  const shared = sharedWords(one, other);
  const [left, right] = [numbersOf(one), numbersOf(other)];
  if (left.length > 0 && left.length === right.length && left.join(' ') !== right.join(' '))
    return { kind: 'number', shared };
  if (left.join(' ') !== right.join(' ')) return null;
  if (NEGATION.test(one) !== NEGATION.test(other)) return { kind: 'negation', shared };
  const conditions = (text: string): string =>
    [...(text.toLowerCase().match(CONDITION) ?? [])].sort().join(' ');
  return conditions(one) === conditions(other) ? null : { kind: 'condition', shared };
}

/** Share of words that both have (Dice, 1945), numbers left out. */
export function sharedWords(one: string, other: string): number {
  const [left, right] = [wordsOf(one), wordsOf(other)];
  if (left.size + right.size === 0) return 0;
  return (2 * [...left].filter((word) => right.has(word)).length) / (left.size + right.size);
}

/** The other sentence with the first one's numbers in its own places. */
export function withNumbersOf(one: string, other: string): string {
  const numbers = matchesOf(one);
  let place = 0;
  return replaceNumbers(other, () => numbers[place++] ?? '');
}

/** The sentence without its numbers: the same for a sentence that a template makes on many pages. */
export function templateOf(text: string): string {
  return replaceNumbers(text, () => '#').toLowerCase();
}

function wordsOf(text: string): Set<string> {
  return stemsOf(replaceNumbers(text, () => ' '));
}

/** As digits, in order: "two" and "2" are one number. */
function numbersOf(text: string): string[] {
  return matchesOf(text).map((number) => {
    const word = NUMBER_WORDS.indexOf(number.toLowerCase());
    return word < 0 ? number.replace(/[.,]0+$/, '') : String(word + 1);
  });
}

function matchesOf(text: string): string[] {
  const found: { at: number; text: string }[] = [];
  for (const pattern of [NUMBER, NUMBER_WORD])
    for (const match of text.matchAll(pattern)) found.push({ at: match.index, text: match[0] });
  return found.sort((a, b) => a.at - b.at).map((match) => match.text);
}

function replaceNumbers(text: string, by: () => string): string {
  return text.replace(new RegExp(`${NUMBER.source}|${NUMBER_WORD.source}`, 'giu'), by);
}
