import { HOW_TO } from './answer-settings.ts';
import type { HeldSentence, QuestionPart, RankedPassage } from './path-types.ts';
import { placesBetween, quotationsOf, textAt, withinRoom } from './quote-places.ts';
import { leadsOf, lineOf, seriesKind } from './read-series.ts';
import { isInstruction } from './step-words.ts';

/** Asks for a way to do something: steps answer it, and one sentence about the subject does not. */
const ASKS_HOW =
  /\bhow (?:do|can|should|would|could|must|shall|to)\b(?! (?:i|we|you) (?:know|tell|reach|contact|pay)\b)|\bwhat(?:['’]s| is| would be)? the (?:best|right|proper|correct) way\b|\bwhat (?:do|should|must|can|shall) (?:i|we|you) (?:have to |need to )?(?:do|try)\b|\bwhat (?:now|next)\b|\bwhat needs to be done\b|\bhow does (?:that|it|this) work\b|\b(?:steps?|instructions?) (?:to|for|on)\b|\bwalk me through\b/i;

/** Items with numbers are steps, whatever they say. */
const NUMBERED = /^\(?\d{1,3}[.)]\s/;
/** Rows of a table of steps. */
const STEP_ROW = /^\s*step:? ?\d{1,3}\b/i;

/**
 * The steps that answer a how-to question, verbatim and in their order: the list in which the reader's best sentence
 * lies or that it introduces, else the instructions around it; else that sentence, and the steps that come nearest to
 * it in its passage or in the passages of its document that were read. Neighbours are one quotation. Empty when it
 * asks for something else, or when there are no steps.
 */
export function stepsOf(part: Pick<QuestionPart, 'text' | 'share' | 'ranked' | 'sentences'>): HeldSentence[] {
  const [best] = part.sentences;
  if (!best || !ASKS_HOW.test(part.text)) return [];
  const { passage, index } = best;
  const room = HOW_TO.maxCharacters * part.share;
  const run = listAround(passage, index) ?? instructionsAround(passage, index);
  if (run !== null) {
    const chosen = withinRoom(passage, run, index, room);
    return chosen.length > 1 ? quotationsOf(passage, chosen) : [];
  }
  const near = stepsNear(part.ranked, passage, index);
  if (near === null) return [];
  const left = room - best.text.length;
  const steps = withinRoom(near.passage, near.places, near.places[0]!, left);
  if (near.passage === passage) return quotationsOf(passage, inOrder([index, ...steps]));
  return [...quotationsOf(passage, [index]), ...quotationsOf(near.passage, steps)];
}

interface Steps {
  passage: RankedPassage;
  places: number[];
}

/** Behind the sentence or before it, or in a section below its own that was read, in the reader's order. */
function stepsNear(ranked: readonly RankedPassage[], passage: RankedPassage, index: number): Steps | null {
  const own = stepsFrom(passage, index + 1) ?? stepsFrom(passage, 0) ?? upToLastStep(passage, index);
  if (own !== null) return { passage, places: own };
  const { documentId, headingPath } = passage.chunk;
  for (const other of ranked) {
    // Another section beside it is about something else: leaving stands beside joining.
    const isBelow = other.chunk.headingPath.startsWith(`${headingPath} > `);
    const places = isBelow && other.chunk.documentId === documentId ? stepsFrom(other, 0) : null;
    if (places !== null) return { passage: other, places };
  }
  return null;
}

/** From the sentence to the last of its passage that tells to do something, where one does; what stands between belongs to it. */
function upToLastStep(passage: RankedPassage, index: number): number[] | null {
  const last = passage.sentences.findLastIndex((_, place) => place > index && isStepAt(passage, place));
  return last < 0 ? null : placesBetween(index + 1, last);
}

/** The first list or run of instructions that begins at this place or behind it. */
function stepsFrom(passage: RankedPassage, from: number): number[] | null {
  for (let place = from; place < passage.sentences.length; place += 1) {
    const run = listAround(passage, place) ?? instructionsAround(passage, place);
    if (run !== null && run[0]! >= from && isStepAt(passage, place)) return run;
  }
  return null;
}

function isStepAt({ chunk: { text }, sentences }: RankedPassage, place: number): boolean {
  const said = textAt(text, sentences[place]);
  return NUMBERED.test(said) || STEP_ROW.test(said) || isInstruction(said);
}

function inOrder(places: readonly number[]): number[] {
  return [...new Set(places)].sort((left, right) => left - right);
}

/** Places of the whole list, with the sentence that introduces it; null where the sentence belongs to none. */
function listAround(passage: RankedPassage, index: number): number[] | null {
  const {
    chunk: { text },
    sentences,
  } = passage;
  const isItem = (place: number): boolean => {
    const span = sentences[place];
    if (!span) return false;
    const line = lineOf(text, span);
    const said = text.slice(line.start, line.end);
    return seriesKind(said) === 'item' || STEP_ROW.test(said);
  };
  const inside = isItem(index) ? index : isItem(index + 1) ? index + 1 : null;
  if (inside === null) return null;
  let [first, last] = [inside, inside];
  while (isItem(first - 1)) first -= 1;
  while (isItem(last + 1)) last += 1;
  const [intro = first] = leadsOf(text, sentences, first);
  const places = placesBetween(Math.min(intro, first), last);
  const steps = places.filter((place) => isStepAt(passage, place));
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
