/**
 * SQuAD's measures (Rajpurkar et al. 2016, evaluate-v1.1.py): both texts normalised, then compared as
 * wholes (exact match) or as bags of words (F1).
 */

const PUNCTUATION = /[!-/:-@[-`{-~]/g;
const ARTICLES = /(?<![\p{L}\p{N}_])(?:a|an|the)(?![\p{L}\p{N}_])/gu;

/** Characters of an answer in which the gold answer must come: a customer reads no further. */
const READ_CHARACTERS = 400;
/** Token F1 from which on an answer counts as containing the gold answer in other words. */
const NEAR_F1 = 0.5;

/** Lower case, without punctuation, articles and extra white space. */
export function normalizeAnswer(text: string): string {
  return text
    .toLowerCase()
    .replace(PUNCTUATION, '')
    .replace(ARTICLES, ' ')
    .split(/\s+/u)
    .filter(Boolean)
    .join(' ');
}

export function exactMatch(answer: string, gold: string): boolean {
  return normalizeAnswer(answer) === normalizeAnswer(gold);
}

export function tokenF1(answer: string, gold: string): number {
  const said = tokensOf(answer);
  const wanted = tokensOf(gold);
  if (said.length === 0 || wanted.length === 0) return said.length === wanted.length ? 1 : 0;
  const left = new Map<string, number>();
  for (const token of wanted) left.set(token, (left.get(token) ?? 0) + 1);
  let common = 0;
  for (const token of said) {
    const count = left.get(token) ?? 0;
    if (count > 0) common += 1;
    left.set(token, count - 1);
  }
  return (2 * common) / (said.length + wanted.length);
}

/**
 * Does the beginning of the answer hold the gold answer, after normalisation, or nearly all its words?
 * A number counts only as a whole: "15" does not contain "5".
 */
export function containsAnswer(answer: string, gold: string): boolean {
  const beginning = answer.slice(0, READ_CHARACTERS);
  const wanted = normalizeAnswer(gold);
  if (wanted === '') return false;
  return includesWhole(normalizeAnswer(beginning), wanted) || tokenF1(beginning, gold) >= NEAR_F1;
}

/** The best over all gold answers; 0 of none. */
export function bestOf(golds: readonly string[], score: (gold: string) => number): number {
  return golds.reduce((best, gold) => Math.max(best, score(gold)), 0);
}

function tokensOf(text: string): string[] {
  return normalizeAnswer(text).split(' ').filter(Boolean);
}

function includesWhole(text: string, wanted: string): boolean {
  const before = /^\d/.test(wanted) ? /\d$/ : null;
  const after = /\d$/.test(wanted) ? /^\d/ : null;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const cut =
      before?.test(text.slice(0, at)) === true || after?.test(text.slice(at + wanted.length)) === true;
    if (!cut) return true;
  }
  return false;
}
