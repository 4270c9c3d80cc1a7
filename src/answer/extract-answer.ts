import { EXTRACTION } from './answer-settings.ts';
import { codeSectionOf } from './code-section.ts';
import { stepsOf } from './how-to.ts';
import type { HeldSentence, QuestionPart, ScoredSentence } from './path-types.ts';

/**
 * The reader's sentences for one part of the question, verbatim: the best one, then others that come
 * close to it within the part's share of the room. A question about a code gets what is said
 * of it, one that asks how something is done the steps.
 */
export function extractAnswer(part: QuestionPart): HeldSentence[] {
  const [best, ...others] = part.sentences;
  if (!best) return [];
  const ofCode = codeSectionOf(part);
  if (ofCode.length > 0) return ofCode;
  const steps = stepsOf(part);
  if (steps.length > 0) return steps;
  const chosen: ScoredSentence[] = [best];
  let characters = best.text.length;
  for (const candidate of others) {
    if (chosen.length >= EXTRACTION.maxSentences || candidate.score < best.score - EXTRACTION.margin) break;
    if (characters + candidate.text.length > EXTRACTION.maxCharacters * part.share) continue;
    chosen.push(candidate);
    characters += candidate.text.length;
  }
  return chosen.map(({ text, passage, span }) => ({ text, passage, evidence: span }));
}
