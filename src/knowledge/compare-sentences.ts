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

/** What of a sentence is compared; made once, since each is compared with many. */
export interface SentenceTraits {
  text: string;
  /** Stems, numbers left out. */
  words: ReadonlySet<string>;
  /** As digits, in order, joined. */
  numbers: string;
  numberCount: number;
  negated: boolean;
  conditions: string;
  /** Numbers left out: the same for sentences that a template makes on many pages. */
  template: string;
}

export function traitsOf(text: string): SentenceTraits {
  const numbers = numbersOf(text);
  return {
    text,
    words: wordsOf(text),
    numbers: numbers.join(' '),
    numberCount: numbers.length,
    negated: NEGATION.test(text),
    conditions: [...(text.toLowerCase().match(CONDITION) ?? [])].sort().join(' '),
    template: replaceNumbers(text, () => '#').toLowerCase(),
  };
}

/** How two sentences on what may be one subject differ: in their numbers, in a "not", in a condition; else null. */
export function differenceOf(one: SentenceTraits, other: SentenceTraits): SentenceDifference | null {
  const kind = kindOf(one, other);
  return kind === null ? null : { kind, shared: shareOf(one.words, other.words) };
}

function kindOf(one: SentenceTraits, other: SentenceTraits): SentenceDifference['kind'] | null {
  if (one.numbers !== other.numbers)
    return one.numberCount > 0 && one.numberCount === other.numberCount ? 'number' : null;
  if (one.negated !== other.negated) return 'negation';
  return one.conditions === other.conditions ? null : 'condition';
}

/** Share of words that both have (Dice, 1945), numbers left out. */
export function sharedWords(one: string, other: string): number {
  return shareOf(wordsOf(one), wordsOf(other));
}

function shareOf(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  if (left.size + right.size === 0) return 0;
  let common = 0;
  for (const word of left) if (right.has(word)) common += 1;
  return (2 * common) / (left.size + right.size);
}

/** The other sentence with the first one's numbers in its own places. */
export function withNumbersOf(one: string, other: string): string {
  const numbers = matchesOf(one);
  let place = 0;
  return replaceNumbers(other, () => numbers[place++] ?? '');
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
