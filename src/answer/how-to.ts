import { HOW_TO } from './answer-settings.ts';
import type { HeldSentence, QuestionPart, RankedPassage } from './path-types.ts';
import { placesBetween, quotationsOf, textAt, withinRoom } from './quote-places.ts';
import { leadsOf, lineOf, seriesKind } from './read-series.ts';
import { isInstruction } from './step-words.ts';

/** Asks for a way to do something: steps answer it, and one sentence about the subject does not. */
const ASKS_HOW =
  /\bhow (?:do|can|should|would|could|must|shall|to)\b(?! (?:i|we|you) (?:know|tell|reach|contact|pay)\b)|\bwhat(?:['’]s| is| would be)? the (?:best|right|proper|correct) way\b|\bwhat (?:do|should|must) (?:i|we|you) (?:have to |need to )?do (?:to|when|if|about|with)\b|\b(?:steps?|instructions?) (?:to|for|on)\b|\bwalk me through\b/i;

/** Items with numbers are steps, whatever they say. */
const NUMBERED = /^\(?\d{1,3}[.)]\s/;

/**
 * The steps that answer a how-to question, verbatim and in their order: the list in which the reader's best sentence
 * lies or that it introduces, else the instructions around it in the same passage. Neighbours are one quotation. Empty
 * when it asks for something else, or when the passage holds no steps. The best sentence is among them, in its place.
 */
export function stepsOf(part: Pick<QuestionPart, 'text' | 'share' | 'sentences'>): HeldSentence[] {
  const [best] = part.sentences;
  if (!best || !ASKS_HOW.test(part.text)) return [];
  const { passage, index } = best;
  const run = listAround(passage, index) ?? instructionsAround(passage, index);
  if (run === null) return [];
  const chosen = withinRoom(passage, run, index, HOW_TO.maxCharacters * part.share);
  return chosen.length > 1 ? quotationsOf(passage, chosen) : [];
}

/** Places of the whole list, with the sentence that introduces it; null where the sentence belongs to none. */
function listAround({ chunk: { text }, sentences }: RankedPassage, index: number): number[] | null {
  const isItem = (place: number): boolean => {
    const span = sentences[place];
    if (!span) return false;
    const line = lineOf(text, span);
    return seriesKind(text.slice(line.start, line.end)) === 'item';
  };
  const inside = isItem(index) ? index : isItem(index + 1) ? index + 1 : null;
  if (inside === null) return null;
  let [first, last] = [inside, inside];
  while (isItem(first - 1)) first -= 1;
  while (isItem(last + 1)) last += 1;
  const [intro = first] = leadsOf(text, sentences, first);
  const places = placesBetween(Math.min(intro, first), last);
  const steps = places.filter((place) => {
    const said = textAt(text, sentences[place]);
    return NUMBERED.test(said) || isInstruction(said);
  });
  return steps.length >= HOW_TO.least ? places : null;
}

/** Places of the best sentence and the instructions that follow it, with at most a word between them; or null. */
function instructionsAround({ chunk: { text }, sentences }: RankedPassage, index: number): number[] | null {
  const isStep = (place: number): boolean => isInstruction(textAt(text, sentences[place]));
  let last = index;
  let steps = isStep(index) ? 1 : 0;
  for (let place = index + 1; place < sentences.length && place - last <= HOW_TO.gap + 1; place += 1) {
    if (!isStep(place)) continue;
    last = place;
    steps += 1;
  }
  // What comes before the best sentence is part of the same instructions where it is one itself.
  let first = index;
  while (isStep(index) && isStep(first - 1)) {
    first -= 1;
    steps += 1;
  }
  return steps >= HOW_TO.least ? placesBetween(first, last) : null;
}
