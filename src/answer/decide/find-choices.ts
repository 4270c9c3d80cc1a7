import { stemsOf } from '../../text/content-words.ts';
import type { QuestionPart, RankedPassage } from '../path-types.ts';
import { CLARIFYING } from './decide-settings.ts';
import { siblingTitles } from './sibling-titles.ts';

/**
 * What a question leaves open when several documents, or sections of one, answer it equally well and differently:
 * "How much is delivery?" where delivery to Austria, to Germany and to Switzerland are told apart. The names to choose
 * from, the likeliest first; empty when there is nothing to ask.
 *
 * All of these hold: their passages come within a margin of the best sentence's, and the reader finds the answer in
 * each; their titles are siblings, which share half of their words or more, one of them with the question, and differ
 * in the others; the question has none of the words that tell them apart; and what they say differs.
 */
export function findChoices({
  text,
  ranked,
  sentences,
  siblings = [],
}: Pick<QuestionPart, 'text' | 'ranked' | 'sentences' | 'siblings'>): string[] {
  const [best] = sentences;
  if (!best || best.answerable < CLARIFYING.answerable) return [];
  const asked = stemsOf(text);
  const floor = best.passage.reranked.score - CLARIFYING.margin;
  const choices: string[] = [];
  for (const passage of [...ranked, ...siblings]) {
    if (passage.reranked.score < floor || passage.reading.answerable < CLARIFYING.answerable) continue;
    const names = siblingTitles(best.passage, passage, asked);
    if (names === null || saysSame(best.text, bestSentence(passage))) continue;
    const [own, other] = names;
    if (choices.length === 0) choices.push(own);
    if (choices[0] === own && !choices.includes(other)) choices.push(other);
  }
  const isNamed = choices.some((name) => [...ownWords(name, choices)].some((word) => asked.has(word)));
  return choices.length < 2 || isNamed ? [] : choices.slice(0, CLARIFYING.choices);
}

/** The sentence in which the reader's best span begins; '' when it read none. */
function bestSentence({ chunk, sentences, reading }: RankedPassage): string {
  const best = Math.max(...reading.sentenceLogits);
  const span = sentences[reading.sentenceLogits.indexOf(best)];
  return span ? chunk.text.slice(span.start, span.end) : '';
}

/** Words of a name that not all of the names have. */
function ownWords(name: string, names: readonly string[]): Set<string> {
  const others = names.map(stemsOf);
  return new Set([...stemsOf(name)].filter((stem) => !others.every((stems) => stems.has(stem))));
}

/** The same numbers, or where there are none the same words: then it makes no difference which one is meant. */
function saysSame(one: string, other: string): boolean {
  const [left, right] = [numbersOf(one), numbersOf(other)];
  if (left.size > 0 || right.size > 0) return isSameSet(left, right);
  return isSameSet(stemsOf(one), stemsOf(other));
}

function numbersOf(text: string): Set<string> {
  return new Set(text.match(/\d+(?:[.,:]\d+)*/g) ?? []);
}

function isSameSet(left: ReadonlySet<string>, right: ReadonlySet<string>): boolean {
  return left.size === right.size && [...left].every((item) => right.has(item));
}
