import { openPronoun } from './follow-up-kind.ts';
import type { ParsedText, Phrase, Token } from './parse-phrases.ts';
import { append, definite, stripEnd, topicsOf, type Rewrite } from './substitute-phrase.ts';

const PLURAL = new Set(['they', 'them', 'their', 'these', 'those', 'ones']);
const POSSESSIVE = new Set(['its', 'their']);
/** What a deed costs or takes, rather than a thing: "how much does it cost" after "do you ship to Norway". */
const OF_A_DEED = /\b(?:cost|take|work|free|possible|allowed)\b/i;

/** Words of a name; a longer phrase was cut wrongly. */
const LONGEST_NAME = 3;

/** What an earlier question was about, for what a later one leaves out. */
export interface Topic {
  base: ParsedText;
  /** Names from our answer and the title of what it cited, best first; may be empty. */
  names: readonly string[];
}

/** The question with its pronoun replaced by what it means in the earlier question. */
export function resolvePronoun(question: ParsedText, topic: Topic): Rewrite {
  const pronoun = openPronoun(question);
  if (!pronoun) return appendTopic(question.text, topic);
  const { base } = topic;
  if (pronoun.lower === 'there') return resolveThere(question, pronoun, topic);
  if (isDoThat(question, pronoun) && base.verb) return putDeed(question, pronoun, base);
  if (pronoun.lower === 'one' || pronoun.lower === 'ones') return resolveOne(question, pronoun, topic);
  const things = topicsOf(base).filter(({ type }) => type === 'thing');
  const deed = deedOf(base);
  if (OF_A_DEED.test(question.text) && deed && (things.length === 0 || base.verb?.lower === 'offer')) {
    return things.length === 0
      ? { text: `${stripEnd(drop(question, pronoun, 'it'))} to ${deed}?`, sure: true }
      : { text: put(question, pronoun, things[0]!), sure: true };
  }
  const antecedent = antecedentOf(pronoun, base, things);
  if (!antecedent) return appendTopic(question.text, topic);
  const text = put(question, pronoun, withColour(antecedent, base));
  const sure = things.length === 1 && antecedent.words.split(' ').length <= LONGEST_NAME + 1;
  return { text: sure ? text : addMissing(text, topic, antecedent), sure };
}

/** "it" goes with a singular, "they" with a plural; "my order" and names before the rest. */
function antecedentOf(pronoun: Token, base: ParsedText, things: readonly Phrase[]): Phrase | null {
  const plural = PLURAL.has(pronoun.lower);
  const agreeing = things.filter((phrase) => isPlural(phrase) === plural);
  return agreeing[0] ?? things[0] ?? topicsOf(base)[0] ?? null;
}

function isPlural({ head, determiner }: Phrase): boolean {
  return /s$/.test(head) && !/(?:ss|us|is)$/.test(head) && !['a', 'an', 'this'].includes(determiner ?? '');
}

/** "duvet covers in grey": the colour or size right behind belongs to the thing. */
function withColour(phrase: Phrase, { phrases, text }: ParsedText): Phrase {
  const behind = phrases.find(
    ({ start, type }) => start === phrase.end + 1 && (type === 'colour' || type === 'measure'),
  );
  return behind ? { ...phrase, words: text.slice(phrase.end - phrase.words.length, behind.end) } : phrase;
}

function put(question: ParsedText, pronoun: Token, phrase: Phrase): string {
  const name = definite(phrase);
  if (pronoun.lower === "it's") return drop(question, pronoun, `${name} is`);
  return drop(question, pronoun, POSSESSIVE.has(pronoun.lower) ? `${name}'s` : name);
}

function drop({ text }: ParsedText, token: Token, put: string): string {
  return `${text.slice(0, token.start)}${put}${text.slice(token.end)}`;
}

/** "a blue one", "which one": the thing without its determiner. */
function resolveOne(question: ParsedText, pronoun: Token, topic: Topic): Rewrite {
  const [thing] = topicsOf(topic.base);
  if (!thing) return appendTopic(question.text, topic);
  const text = drop(question, pronoun, pronoun.lower === 'one' ? singular(thing.words) : thing.words);
  const which = /\bwhich\b/i.test(question.text);
  return which && topic.names.length > 0
    ? { text: append(text, `(${topic.names.join(', ')})`), sure: false }
    : { text, sure: !which && thing.words.split(' ').length <= LONGEST_NAME };
}

function singular(words: string): string {
  return words.replace(/(\w{2,}(?:[^s]))s$/, '$1');
}

/** "there": the place named before; without one it may mean anything. */
function resolveThere(question: ParsedText, pronoun: Token, topic: Topic): Rewrite {
  const place = topic.base.phrases.find(({ type }) => type === 'place');
  if (!place) return appendTopic(question.text, topic);
  const deed = deedOf(topic.base);
  const withIt = /\bit\b/i.test(question.text) && deed !== null && topicsOf(topic.base).length === 0;
  const where = withIt ? `to ${deed}` : `${place.preposition ?? 'in'} ${place.words}`;
  return { text: drop(question, pronoun, where), sure: true };
}

/** "how do I do that": all of what was asked may be done. */
function isDoThat({ tokens }: ParsedText, pronoun: Token): boolean {
  const index = tokens.indexOf(pronoun);
  return (
    tokens[index - 1]?.lower === 'do' &&
    ['that', 'this', 'it'].includes(pronoun.lower) &&
    tokens[index + 1]?.class !== 'verb'
  );
}

function putDeed(question: ParsedText, pronoun: Token, base: ParsedText): Rewrite {
  const verbStart = question.tokens[question.tokens.indexOf(pronoun) - 1]!.start;
  const deed = deedOf(base) ?? stripEnd(base.text);
  return {
    text: `${question.text.slice(0, verbStart)}${deed}${question.text.slice(pronoun.end)}`,
    sure: true,
  };
}

/** "ship to Norway" of "do you ship to Norway?". */
function deedOf({ verb, text }: ParsedText): string | null {
  return verb === null ? null : stripEnd(text.slice(verb.start));
}

/** More than one thing was named: the others are kept as words to search for. */
function addMissing(text: string, { base, names }: Topic, used: Phrase): string {
  const others = topicsOf(base)
    .filter((phrase) => phrase !== used && phrase.type === 'thing')
    .map(({ words }) => words);
  return others.length + names.length > 0 ? append(text, `(${[...others, ...names].join(', ')})`) : text;
}

/** Where nothing can be put in its place, what it was about is added. */
export function appendTopic(text: string, { base, names }: Topic): Rewrite {
  const topics = topicsOf(base);
  const things = topics.filter(({ type }) => type === 'thing');
  const wanted = things.length > 0 ? things : topics;
  const places = base.phrases.filter(({ type }) => type === 'place');
  const words = [...wanted, ...places].map(({ words: named }) => named);
  const [first, ...rest] = words.length > 0 ? words : [deedOf(base) ?? stripEnd(base.text)];
  const added = [...rest, ...names];
  const text2 = append(text, `for ${first}`);
  return { text: added.length > 0 ? append(text2, `(${added.join(', ')})`) : text2, sure: false };
}
