import { distance } from 'fastest-levenshtein';
import { type ParsedText, type Phrase } from './parse-phrases.ts';

export interface Rewrite {
  text: string;
  /** The place of the new phrase is beyond doubt: same preposition, same type, or the only thing named. */
  sure: boolean;
}

/** Prepositions that stand for one another behind what is asked about ("warranty on", "price of", "fee for"). */
const OF_LIKE = new Set(['of', 'for', 'on']);
const DELIVERY = /\b(?:deliver\w*|ship\w*|send|sent|postage|dispatch\w*|collect\w*)\b/i;

/**
 * The earlier question with `phrase` in the place of the phrase it stands against: the one with the same
 * preposition, of the same type (a country for a country), with the same last word, or the thing asked about.
 */
export function substitutePhrase(base: ParsedText, phrase: ParsedText): Rewrite {
  if (phrase.verb && phrase.tokens[0] === phrase.verb) return substituteVerb(base, phrase);
  const [first] = phrase.phrases;
  // "And the one for three people?": what "one" is, the phrases do not tell.
  if (!first || /\bones?\b/i.test(phrase.text)) return { text: append(base.text, phrase.text), sure: false };
  // "And the battery?" asks for another attribute; "and in the long version?" for the same one of another thing.
  const modifies = /^(?:in|with)\b/i.test(phrase.text);
  if (first.type === 'attribute' && !modifies) return substituteAttribute(base, phrase, first);
  const { target, sure } =
    first.preposition === null ? alignedNoun(base, first) : alignedPreposition(base, first);
  if (target) return { text: replace(base.text, target, phrase.text, first), sure };
  return {
    text: append(base.text, withPreposition(first, phrase.text, base.text)),
    sure: first.preposition !== null || first.type !== 'thing',
  };
}

/** What the shop is asked about: things before attributes before places and times, the first of a kind. */
export function topicsOf({ phrases }: ParsedText): Phrase[] {
  const things = phrases.filter(({ type }) => type === 'thing');
  const named = things.filter(({ preposition }) => preposition === null || OF_LIKE.has(preposition));
  const others = phrases.filter(({ type }) => type === 'attribute');
  return [...named, ...things.filter((phrase) => !named.includes(phrase)), ...others];
}

function alignedPreposition(base: ParsedText, phrase: Phrase): { target: Phrase | null; sure: boolean } {
  const same = base.phrases.filter(
    ({ preposition, type }) => preposition === phrase.preposition && fits(type, phrase.type),
  );
  if (same.length > 0) return { target: same.at(-1)!, sure: same.length === 1 };
  const sameType = base.phrases.filter(({ type }) => type === phrase.type && type !== 'thing');
  if (sameType.length > 0) return { target: sameType.at(-1)!, sure: sameType.length === 1 };
  const ofLike = base.phrases.filter(
    ({ preposition, type }) => preposition !== null && OF_LIKE.has(preposition) && fits(type, phrase.type),
  );
  const target = OF_LIKE.has(phrase.preposition!) ? (ofLike.at(-1) ?? null) : null;
  return { target, sure: target !== null };
}

function alignedNoun(base: ParsedText, phrase: Phrase): { target: Phrase | null; sure: boolean } {
  const sameType = base.phrases.filter(({ type }) => type === phrase.type);
  if (phrase.type !== 'thing') {
    const sameUnit = sameType.filter(({ head }) => head === phrase.head);
    const target = sameUnit.at(-1) ?? (phrase.type === 'measure' ? undefined : sameType.at(-1)) ?? null;
    return { target, sure: target !== null };
  }
  const sameWord = sameType.filter(({ words }) => sharesWord(words, phrase.words));
  if (sameWord.length > 0) return { target: sameWord.at(-1)!, sure: true };
  const alike = sameType.find(({ words }) => distance(words.toLowerCase(), phrase.words.toLowerCase()) <= 3);
  if (alike) return { target: alike, sure: true };
  const things = topicsOf(base).filter(({ type }) => type === 'thing');
  const target =
    things.find(({ preposition }) => preposition === null || OF_LIKE.has(preposition)) ?? things[0];
  return { target: target ?? null, sure: things.length === 1 };
}

/** "And the battery?", "What about the price?": another attribute of the same thing. */
function substituteAttribute(base: ParsedText, phrase: ParsedText, attribute: Phrase): Rewrite {
  const asked = base.phrases.find(({ type }) => type === 'attribute');
  if (asked) return { text: replace(base.text, asked, phrase.text, attribute), sure: true };
  const [topic] = topicsOf(base);
  if (!topic) return { text: append(base.text, phrase.text), sure: false };
  const determiner = attribute.determiner ?? 'the';
  const behind = phrase.phrases.length > 1 ? ` ${phrase.text.slice(attribute.end).trim()}` : '';
  return {
    text: `What is ${determiner} ${attribute.words} of ${definite(topic)}${stripEnd(behind)}?`,
    sure: topicsOf(base).length === 1,
  };
}

/** "And pause it?": another verb with the same object, or with one of its own. */
function substituteVerb(base: ParsedText, phrase: ParsedText): Rewrite {
  const object = phrase.phrases.length > 0;
  const verb = phrase.verb!;
  if (!base.verb) return { text: append(base.text, phrase.text), sure: false };
  const before = base.text.slice(0, base.verb.start);
  const after = object ? '' : stripEnd(base.text.slice(base.verb.end));
  return { text: `${before}${object ? stripEnd(phrase.text) : verb.text}${after}?`, sure: !object };
}

function replace(text: string, target: Phrase, written: string, first: Phrase): string {
  const keepsPreposition = first.preposition === null;
  const from = keepsPreposition ? target.nounStart : target.start;
  const determiner =
    keepsPreposition && first.determiner === null && target.determiner !== null && target.type === 'thing'
      ? `${target.determiner} `
      : '';
  return `${text.slice(0, from)}${determiner}${stripEnd(written)}${text.slice(target.end)}`;
}

export function append(text: string, phrase: string): string {
  const mark = /[?.!]+\s*$/.exec(text)?.[0].trim() ?? '?';
  return `${stripEnd(text)} ${stripEnd(phrase)}${mark}`;
}

function withPreposition(phrase: Phrase, written: string, base: string): string {
  if (phrase.preposition !== null) return written;
  switch (phrase.type) {
    case 'place':
      return DELIVERY.test(base) ? `to ${written}` : `in ${written}`;
    case 'colour':
      return `in ${written}`;
    case 'time':
      return `on ${written}`;
    case 'payment':
      return `by ${written}`;
    case 'measure':
      return `with ${written}`;
    default:
      return `for ${written}`;
  }
}

/** "a tent" is "the tent" when it is named again. */
export function definite({ determiner, words }: Phrase): string {
  const kept =
    determiner !== null && /^(?:my|your|our|their|his|her|this|that|these|those)$/.test(determiner);
  if (kept) return `${determiner} ${words}`;
  return determiner === null && /^\p{Lu}/u.test(words) ? words : `the ${words}`;
}

export function stripEnd(text: string): string {
  return text.replace(/[\s?.!,;:]+$/, '');
}

function fits(left: Phrase['type'], right: Phrase['type']): boolean {
  return left === right;
}

function sharesWord(left: string, right: string): boolean {
  const words = new Set(left.toLowerCase().split(/\s+/));
  return right
    .toLowerCase()
    .split(/\s+/)
    .some((word) => words.has(word));
}
