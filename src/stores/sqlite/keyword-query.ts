import { stemmer } from 'stemmer';
import { findCodes } from '../../text/find-codes.ts';
import { indexWordsOf } from '../../text/segment-words.ts';
import type { SqliteDatabase } from './open-database.ts';

/** What a question may cost the keyword index. */
export const KEYWORD_QUERY = {
  /** Most terms searched for, the rarest first. Above about 12 the ranking no longer changes. */
  maxTerms: 12,
  /** The same for a small index, where every pair of signs of a Chinese question may count. */
  maxTermsOfSmall: 64,
  /** A term in more than this share of the chunks tells little and costs most of the time at 100,000 chunks. */
  commonShare: 0.1,
  /** Postings scored for one question, chunks: rarer terms first, the rarest always. Bounds the time at 200,000 chunks. */
  maxPostings: 20_000,
  /** Below this many chunks nothing is left out: everything is fast. */
  smallIndex: 2_000,
  /** Codes of a question that are searched in every way of writing them. */
  codes: 4,
} as const;

/** Words that carry no subject of their own; left out unless nothing else is asked. */
const STOP_WORDS = new Set(
  (
    'a an and are as at be been but by can could did do does for from had has have how i if in into is it its me my ' +
    'of on or our shall should so than that the their them then there they this to us was we were what when where ' +
    'which who whom why will with would you your'
  ).split(' '),
);

/** An FTS5 MATCH expression: quoted terms joined by OR; null when the text holds no word. */
export function buildKeywordQuery(database: SqliteDatabase, text: string): string | null {
  const words = indexWordsOf(text);
  const telling = words.filter((word) => !STOP_WORDS.has(word));
  const terms = [...new Set([...rarest(database, telling.length > 0 ? telling : words), ...codeTerms(text)])];
  return terms.length > 0 ? terms.map((term) => `"${term}"`).join(' OR ') : null;
}

/** Each code as one word and as its pieces in a row, for documents write F28, F.28 and F 28. */
function codeTerms(text: string): string[] {
  return findCodes(text)
    .slice(0, KEYWORD_QUERY.codes)
    .flatMap((code) => [code, (code.match(/\p{L}+|\p{N}+/gu) ?? []).join(' ')]);
}

function rarest(database: SqliteDatabase, words: readonly string[]): readonly string[] {
  const chunks = database.prepare('SELECT count(*) FROM chunks').pluck().get() as number;
  if (chunks < KEYWORD_QUERY.smallIndex) return words.slice(0, KEYWORD_QUERY.maxTermsOfSmall);
  const frequency = database.prepare('SELECT doc FROM chunk_vocabulary WHERE term = ?').pluck();
  const counted = words
    .map((word) => ({ word, count: (frequency.get(stemOf(word)) as number | undefined) ?? 0 }))
    .sort((left, right) => left.count - right.count);
  // What the index does not hold costs nothing, and must not take the place of what it holds.
  const unseen = counted.filter(({ count }) => count === 0);
  const seen = counted.filter(({ count }) => count > 0);
  const telling = seen.filter(({ count }) => count <= chunks * KEYWORD_QUERY.commonShare);
  return [
    ...withinPostings(telling.length > 0 ? telling : seen.slice(0, 2)).slice(0, KEYWORD_QUERY.maxTerms),
    ...unseen.slice(0, KEYWORD_QUERY.maxTerms),
  ].map(({ word }) => word);
}

/** The rarest term always, then as many as stay within the postings; `terms` rarest first. */
function withinPostings<Term extends { count: number }>(terms: readonly Term[]): Term[] {
  let left = KEYWORD_QUERY.maxPostings;
  return terms.filter(({ count }, index) => {
    left -= count;
    return index === 0 || left >= 0;
  });
}

/** As the index stores it: Latin words without diacritics, and those of ASCII letters as Porter's stem. */
function stemOf(word: string): string {
  if (!/^[\p{Script=Latin}\p{M}\p{N}]+$/u.test(word)) return word;
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '');
  return /^[a-z]+$/.test(plain) ? stemmer(plain) : plain;
}
