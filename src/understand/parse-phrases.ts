import {
  ADVERBS,
  ATTRIBUTES,
  AUXILIARIES,
  COLOURS,
  CONNECTIVES,
  DETERMINERS,
  MEASURES,
  OTHER_PRONOUNS,
  PAYMENTS,
  PLACES,
  PREPOSITIONS,
  QUESTION_WORDS,
  SUBJECT_PRONOUNS,
  TIMES,
  VERBS,
} from './word-classes.ts';

export type WordClass =
  | 'determiner'
  | 'preposition'
  | 'pronoun'
  | 'auxiliary'
  | 'question'
  | 'connective'
  | 'adverb'
  | 'verb'
  | 'noun'
  | 'mark';

export interface Token {
  text: string;
  lower: string;
  start: number;
  end: number;
  class: WordClass;
}

export type PhraseType = 'place' | 'colour' | 'time' | 'payment' | 'measure' | 'attribute' | 'thing';

/** A noun phrase with the preposition before it. */
export interface Phrase {
  preposition: string | null;
  determiner: string | null;
  /** Without preposition and determiner. */
  words: string;
  /** The last word, in lower case. */
  head: string;
  type: PhraseType;
  /** Offsets: of the preposition (or of what follows where there is none), of determiner and words, and the end. */
  start: number;
  nounStart: number;
  end: number;
}

export interface ParsedText {
  text: string;
  tokens: readonly Token[];
  phrases: readonly Phrase[];
  /** The first verb that is no auxiliary. */
  verb: Token | null;
}

const NOUNS_IN_LY = new Set(['family', 'supply', 'reply', 'assembly', 'jelly', 'monopoly', 'anomaly']);

const TOKEN = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’.,/+-][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*|\S/gu;

/**
 * Shallow phrases of an English question: word classes from closed lists and the word before, noun
 * phrases as what lies between (a chunker as in Abney 1991, "Parsing by chunks", without a tagger).
 */
export function parsePhrases(text: string): ParsedText {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const lower = match[0].toLowerCase().replaceAll('’', "'");
    const token = { text: match[0], lower, start: match.index, end: match.index + match[0].length };
    tokens.push({ ...token, class: classOf(lower, tokens) });
  }
  return {
    text,
    tokens,
    phrases: phrasesOf(text, tokens),
    verb: tokens.find((token) => token.class === 'verb') ?? null,
  };
}

function classOf(written: string, before: readonly Token[]): WordClass {
  // "I've", "what's": the class of the first word; "the tent's" stays a noun.
  const short = written.replace(/'(?:ve|m|re|s|d|ll)$/, '');
  const lower =
    SUBJECT_PRONOUNS.has(short) || QUESTION_WORDS.has(short) || short === 'that' ? short : written;
  if (!/[\p{L}\p{N}]/u.test(lower)) return 'mark';
  const previous = before.at(-1);
  if (QUESTION_WORDS.has(lower)) return 'question';
  if (isMainHave(lower, before)) return 'verb';
  if (AUXILIARIES.has(lower)) return 'auxiliary';
  if (DETERMINERS.has(lower)) return lower === 'no' && !previous ? 'adverb' : 'determiner';
  if (SUBJECT_PRONOUNS.has(lower) || OTHER_PRONOUNS.has(lower)) return 'pronoun';
  if (PREPOSITIONS.has(lower)) return 'preposition';
  if (CONNECTIVES.has(lower)) return 'connective';
  if (ADVERBS.has(lower) || (/[a-z]{3}ly$/.test(lower) && !NOUNS_IN_LY.has(lower))) return 'adverb';
  return isVerb(lower, before) ? 'verb' : 'noun';
}

/** "do you have", "to do that": auxiliaries by form, verbs by place. */
function isMainHave(lower: string, before: readonly Token[]): boolean {
  const previous = before.at(-1);
  if (!['have', 'do'].includes(lower) || !previous) return false;
  return previous.lower === 'to' || (previous.class === 'pronoun' && before.at(-2)?.class === 'auxiliary');
}

function isVerb(lower: string, before: readonly Token[]): boolean {
  const words = before.filter((token) => token.class !== 'adverb');
  const previous = words.at(-1);
  const afterSubject = previous?.class === 'pronoun' && SUBJECT_PRONOUNS.has(previous.lower);
  const beforeSubject = words.at(-2)?.class;
  // "do you roast", "can I oil": any word is a verb here, but "is it waterproof" is not one.
  if (afterSubject && beforeSubject === 'auxiliary')
    return VERBS.has(lower) || !/^(?:is|are|was|were|am)/.test(words.at(-2)!.lower);
  if (afterSubject) return VERBS.has(lower) || /(?:ed|ght)$/.test(lower);
  if (!VERBS.has(lower)) return false;
  if (!previous || previous.class === 'mark' || previous.class === 'connective' || previous.lower === 'to')
    return true;
  // "the return", "old order": a noun. "does delivery to Austria take", "the ukulele broke": a verb.
  if (previous.class === 'determiner' || previous.class === 'preposition' || previous.class === 'verb')
    return false;
  return previous.class === 'noun'
    ? expectsVerb(lower, before)
    : previous.class === 'pronoun' || previous.class === 'question';
}

/** After "does", "did", "can" … a verb must come, once; elsewhere only what is never a noun is one. */
function expectsVerb(lower: string, before: readonly Token[]): boolean {
  if (before.some((token) => token.class === 'verb')) return false;
  if (before.some((token) => /^(?:do|does|did|can|could|will|would|should|may|must)$/.test(token.lower)))
    return true;
  return /^(?:broke|arrived|came|got|went|made|bought|dyed|delivered|covered)$/.test(lower);
}

function phrasesOf(text: string, tokens: readonly Token[]): Phrase[] {
  const found: Phrase[] = [];
  let run: Token[] = [];
  const close = (): void => {
    const first = run.findIndex((token) => token.class === 'noun');
    if (first >= 0) found.push(phraseOf(text, run));
    run = [];
  };
  for (const token of tokens) {
    if (token.class === 'noun') run.push(token);
    else {
      const opens = token.class === 'preposition' || token.class === 'determiner';
      if (!opens || run.some(({ class: kind }) => kind === 'noun')) close();
      if (token.class === 'preposition') run = [token];
      else if (token.class === 'determiner') run.push(token);
    }
  }
  close();
  return found;
}

function phraseOf(text: string, run: readonly Token[]): Phrase {
  const preposition = run[0]?.class === 'preposition' ? run[0].lower : null;
  const rest = preposition === null ? run : run.slice(1);
  const nouns = rest.filter((token) => token.class === 'noun');
  const determiner = rest[0]?.class === 'determiner' ? rest[0].lower : null;
  const end = run.at(-1)!.end;
  const words = text.slice(nouns[0]!.start, end);
  const head = nouns.at(-1)!.lower;
  return {
    preposition,
    determiner,
    words,
    head,
    type: typeOf(words.toLowerCase(), head),
    start: run[0]!.start,
    nounStart: rest[0]!.start,
    end,
  };
}

function typeOf(words: string, head: string): PhraseType {
  if (PLACES.has(words)) return 'place';
  if (COLOURS.has(head)) return 'colour';
  if (TIMES.has(head)) return 'time';
  if (PAYMENTS.has(head)) return 'payment';
  if (MEASURES.has(head) || /^\d+(?:[.,]\d+)?$/.test(head) || /^(?:xx?s|s|m|l|xx?l)$/.test(head))
    return 'measure';
  return ATTRIBUTES.has(head) ? 'attribute' : 'thing';
}
