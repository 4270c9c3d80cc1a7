import { stemsOf } from '../text/content-words.ts';

const NUMBER = /\d+(?:[.,:/-]\d+)*/g;
const NUMBER_WORDS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
/** Letters and digits together, in pieces or in one: TB-204, 4XL, A-1001. */
const CODE = /(?=[\p{L}\p{N}_/-]*\p{L})(?=[\p{L}\p{N}_/-]*\p{N})[\p{L}\p{N}]+(?:[-_/][\p{L}\p{N}]+)*/gu;
const EMAIL = /[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+/g;
const CURRENCY = /[€$£¥%]|\b(?:euros?|dollars?|pounds?|francs?|percent|eur|usd|gbp|chf)\b/giu;
/** A capitalised word that does not begin a sentence, or any word with a capital inside. "I" is none. */
const NAME = /(?<=[^\s.?!]\s+["'(]?)(?!I\b)\p{Lu}[\p{L}\p{N}&-]*|\b\p{L}+\p{Lu}[\p{L}\p{N}]*/gu;
const NEGATION = /\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot|unable|impossible)\b|n['’]t\b/i;
/** Small words that turn an answer round though both questions are else the same. */
const RELATIONS =
  /\b(?:before|after|until|since|within|without|except|unless|only|under|over|above|below|more|less|least|most|from|into|outside|inside|longer|shorter|always|ever|still|already|again|both|either|instead)\b/gi;
/** Stems of words that make a question without saying what it is about. */
const ASKING = new Set(
  'long mani want need know tell help possibl let say explain wonder question ask give thank hello hey'.split(
    ' ',
  ),
);

/**
 * Do both questions name the same numbers, amounts, codes, addresses and names, and deny and relate the same
 * way? Deterministic; says no when in doubt, which costs no more than an answer computed anew.
 */
export function haveSameDetails(one: string, other: string): boolean {
  const [left, right] = [detailsOf(one), detailsOf(other)];
  return left.size === right.size && [...left].every((detail) => right.has(detail));
}

/** Each with its kind, as "number:42". */
export function detailsOf(question: string): Set<string> {
  // The digits and capitals of codes and addresses are no numbers and names of their own.
  const plain = question.replace(EMAIL, ' ').replace(CODE, ' ');
  const numberWords = plain
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .flatMap((word) => {
      const place = NUMBER_WORDS.indexOf(word);
      return place < 0 ? [] : [`number:${place + 1}`];
    });
  return new Set([
    ...tagged('number', plain, NUMBER),
    ...numberWords,
    ...tagged('code', question, CODE).map((code) => code.replace(/[-_/]/g, '')),
    ...tagged('email', question, EMAIL),
    ...tagged('currency', question, CURRENCY),
    ...tagged('name', plain, NAME),
    ...tagged('relation', question, RELATIONS),
    ...(NEGATION.test(question) ? ['negation:'] : []),
  ]);
}

/**
 * Does the evidence tell these questions apart? A word that only the new question has must stand in the evidence,
 * or the answer may be about something else ("to France" for "to Germany"); a word that only the old one has
 * must not, or the evidence is about that alone ("returns of boots" for "returns").
 */
export function evidenceFitsBoth(asked: string, answered: string, evidence: string): boolean {
  const [now, before, held] = [stemsOf(asked), stemsOf(answered), stemsOf(evidence)];
  const added = [...now].filter((stem) => !before.has(stem) && !ASKING.has(stem));
  const dropped = [...before].filter((stem) => !now.has(stem) && !ASKING.has(stem));
  return added.every((stem) => held.has(stem)) && !dropped.some((stem) => held.has(stem));
}

function tagged(kind: string, text: string, pattern: RegExp): string[] {
  return (text.match(pattern) ?? []).map((match) => `${kind}:${match.toLowerCase()}`);
}
