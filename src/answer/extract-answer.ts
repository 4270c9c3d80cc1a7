import type { Span } from '../inference/contracts.ts';
import { EXTRACTION } from './answer-settings.ts';
import type { ContextPassage, HeldSentence, QuestionPart, RankedPassage } from './path-types.ts';

interface Scored {
  passage: ContextPassage;
  sentence: Span;
  score: number;
}

/**
 * The reader's sentences for one part of the question, verbatim: the best one, then others that come
 * close to it. With several parts each gets its share of the room.
 */
export function extractAnswer(context: readonly ContextPassage[], part: QuestionPart, parts: number): HeldSentence[] {
  const readings = new Map(part.ranked.map((passage) => [passage.chunk.id, passage]));
  const scored = context
    .flatMap((passage) => scoreSentences(passage, readings.get(passage.passage.chunk.id)))
    .sort((left, right) => right.score - left.score);
  const [best, ...others] = scored;
  if (!best) return [];
  const chosen = [best];
  let characters = lengthOf(best.sentence);
  for (const candidate of others) {
    if (chosen.length >= EXTRACTION.maxSentences || candidate.score < best.score - EXTRACTION.margin) break;
    if (characters + lengthOf(candidate.sentence) > EXTRACTION.maxCharacters / parts || repeats(candidate, chosen)) continue;
    chosen.push(candidate);
    characters += lengthOf(candidate.sentence);
  }
  return chosen.map(({ passage, sentence }) => ({ text: textOf(passage, sentence), passage, evidence: sentence }));
}

/** Logit of the best span that begins in the sentence, raised by the passage's relevance. */
function scoreSentences(passage: ContextPassage, ranked: RankedPassage | undefined): Scored[] {
  if (!ranked) return [];
  const { sentences, reading } = ranked;
  return sentences.flatMap((sentence, index): Scored[] => {
    const logit = reading.sentenceLogits[index];
    if (logit === undefined || !Number.isFinite(logit) || textOf(passage, sentence).endsWith('?')) return [];
    return [{ passage, sentence, score: logit + EXTRACTION.relevanceWeight * reading.relevance }];
  });
}

function textOf(passage: ContextPassage, { start, end }: Span): string {
  return passage.passage.chunk.text.slice(start, end);
}

function lengthOf({ start, end }: Span): number {
  return end - start;
}

function repeats(candidate: Scored, chosen: readonly Scored[]): boolean {
  const text = textOf(candidate.passage, candidate.sentence);
  return chosen.some(({ passage, sentence }) => textOf(passage, sentence) === text);
}
