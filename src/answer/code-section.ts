import { findCodes } from '../text/find-codes.ts';
import { CODES } from './answer-settings.ts';
import { fitCodes, namesCode } from './match-codes.ts';
import type { HeldSentence, QuestionPart } from './path-types.ts';
import { placesBetween, quotationsOf, textAt, withinRoom } from './quote-places.ts';

/**
 * What a passage says of the code that is asked about, verbatim: the sentence that names it before the reader's best
 * one, or the first under a heading that does, and those that follow until another code of its list is named. A display
 * shows a code, and whoever asks wants to know what it means and what to do. Empty where the best one is of no code.
 */
export function codeSectionOf(part: Pick<QuestionPart, 'text' | 'share' | 'sentences'>): HeldSentence[] {
  const asked = findCodes(part.text);
  const [best] = part.sentences;
  if (!best || asked.length === 0) return [];
  const { passage, index } = best;
  const texts = passage.sentences.map((span) => textAt(passage.chunk.text, span));
  const fits = fitCodes(asked, sectionOf(passage.chunk.headingPath), texts);
  if (fits[index]! <= 0) return [];
  const first = Math.max(
    0,
    texts.findLastIndex((text, place) => place <= index && namesCode(asked, text)),
  );
  const next = fits.findIndex((fit, place) => place > index && fit <= 0);
  const section = placesBetween(first, (next < 0 ? texts.length : next) - 1);
  const room = CODES.maxCharacters * part.share;
  const chosen = withinRoom(passage, section, index, room);
  // What it means comes first, however far behind what to do is.
  const meaning = chosen.includes(first) ? [] : [first];
  return quotationsOf(passage, [...meaning, ...chosen]);
}

/** The last heading alone: a page about one device may name it in its title. */
function sectionOf(headingPath: string): string {
  const headings = headingPath.split(' > ');
  return headings.length > 1 ? headings.at(-1)! : '';
}
