import { stemsOf } from '../text/content-words.ts';

const NUMBER = /(?<![\p{L}\p{N}])\d+(?:[.,:]\d+)*(?![\p{L}\p{N}])/gu;
const NUMBER_WORDS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const NUMBER_WORD = new RegExp(`\\b(?:${NUMBER_WORDS.slice(1).join('|')})\\b`, 'giu');
/** Names of days and months, capital letters only; "May" and "March" where they cannot open a sentence as verbs. */
const DATE_NAME =
  /\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|April|June|July|August|September|October|November|December)\b|(?<=[\p{Ll}\d,] )(?:March|May)\b/gu;
const NEGATION = /\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot|unable)\b|n['’]t\b/iu;
const CONDITION = /\b(?:only|unless|except|if|provided|without)\b/giu;

export interface SentenceDifference {
  kind: 'number' | 'date' | 'negation' | 'condition';
  /** Share of common words (Dice), numbers and dates left out, 0…1. */
  shared: number;
}

/** What of a sentence is compared; made once, since each is compared with many. */
export interface SentenceTraits {
  text: string;
  /** Stems, numbers and dates left out. */
  words: ReadonlySet<string>;
  /** As digits, in order, joined. */
  numbers: string;
  numberCount: number;
  /** Days of the week and months, in order, joined. */
  dates: string;
  dateCount: number;
  negated: boolean;
  conditions: string;
  /** Numbers and dates left out: the same for sentences that a template makes on many pages. */
  template: string;
}

export function traitsOf(text: string): SentenceTraits {
  const numbers = numbersOf(text);
  const dates = datesOf(text);
  return {
    text,
    words: wordsOf(text),
    numbers: numbers.join(' '),
    numberCount: numbers.length,
    dates: dates.join(' ').toLowerCase().replaceAll('days', 'day'),
    dateCount: dates.length,
    negated: NEGATION.test(text),
    conditions: [...(text.toLowerCase().match(CONDITION) ?? [])].sort().join(' '),
    template: replaceNumbers(withoutDates(text), () => '#').toLowerCase(),
  };
}

/** How two sentences on what may be one subject differ: in their dates, their numbers, in a "not", in a condition; else null. */
export function differenceOf(one: SentenceTraits, other: SentenceTraits): SentenceDifference | null {
  const kind = kindOf(one, other);
  return kind === null ? null : { kind, shared: shareOf(one.words, other.words) };
}

function kindOf(one: SentenceTraits, other: SentenceTraits): SentenceDifference['kind'] | null {
  // Before numbers: in "24 December" and "6 January" both differ, and it is the date that does.
  if (one.dates !== other.dates && one.dateCount === other.dateCount && one.numberCount === other.numberCount)
    return 'date';
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

/** The other sentence with the first one's days, months and numbers in its own places. */
export function withDatesOf(one: string, other: string): string {
  const dates = datesOf(one);
  let place = 0;
  return withNumbersOf(one, other).replace(DATE_NAME, (own) => dates[place++] ?? own);
}

function wordsOf(text: string): Set<string> {
  return stemsOf(replaceNumbers(withoutDates(text), () => ' '));
}

function datesOf(text: string): string[] {
  return [...text.matchAll(DATE_NAME)].map(([name]) => name);
}

function withoutDates(text: string): string {
  return text.replace(DATE_NAME, '#');
}

/** As digits, in order: "two" and "2" are one number, and so are "1,000", "1.000" and "1000". */
function numbersOf(text: string): string[] {
  return matchesOf(text).map((number) => {
    const word = NUMBER_WORDS.indexOf(number.toLowerCase());
    return word < 0 ? plainNumber(number) : String(word + 1);
  });
}

/**
 * Without separators of thousands and needless zeros, decimals after a point. Three digits after a separator are
 * thousands, whichever it is: of "1.000" nothing else can be known, and prices have two.
 */
function plainNumber(number: string): string {
  if (number.includes(':')) return number;
  const grouped =
    /^([1-9]\d{0,2}(?:,\d{3})+)(\.\d+)?$/.exec(number) ?? /^([1-9]\d{0,2}(?:\.\d{3})+)(,\d+)?$/.exec(number);
  const whole = grouped ? grouped[1]!.replace(/[.,]/g, '') + (grouped[2] ?? '') : number;
  const decimal = /^(\d+)[.,](\d+)$/.exec(whole);
  if (!decimal) return whole;
  const fraction = decimal[2]!.replace(/0+$/, '');
  return fraction === '' ? decimal[1]! : `${decimal[1]!}.${fraction}`;
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
