import type { AnswerEvent } from './answer-types.ts';
import { citeSentence } from './cite-sentence.ts';
import { extractAnswer } from './extract-answer.ts';
import type { ContextPassage, HeldSentence, QuestionPart } from './path-types.ts';
import type { Turn } from './turn.ts';

/**
 * Shows the reader's sentences verbatim: all of the answer when there is no draft, else only the best
 * sentence of a part whose answer span the draft does not hold.
 */
export async function* showExtract(
  turn: Turn,
  parts: readonly QuestionPart[],
  context: readonly ContextPassage[],
  drafted: readonly HeldSentence[],
): AsyncGenerator<AnswerEvent, HeldSentence[]> {
  const shown: HeldSentence[] = [];
  for (const part of parts) {
    const own = context.filter(({ passage }) => part.ranked.some(({ chunk }) => chunk.id === passage.chunk.id));
    const sentences = extractAnswer(own, part, parts.length);
    for (const sentence of drafted.length > 0 ? sentences.slice(0, 1) : sentences) {
      if (isCovered(sentence, part, [...drafted, ...shown])) continue;
      shown.push(sentence);
      yield* turn.show(sentence.text, citeSentence(sentence));
    }
  }
  return shown;
}

/** Said already: from the same place, or the answer span's very words. */
function isCovered(sentence: HeldSentence, part: QuestionPart, shown: readonly HeldSentence[]): boolean {
  const { chunk, reading } = sentence.passage.passage;
  const { start, end } = sentence.evidence;
  const same = shown.some(
    ({ passage, evidence }) => passage.passage.chunk.id === chunk.id && evidence.start < end && start < evidence.end,
  );
  if (same || !reading.span) return same;
  const answer = chunk.text.slice(reading.span.start, reading.span.end).toLowerCase();
  return answer !== '' && shown.some(({ text }) => text.toLowerCase().includes(answer)) && part.ranked.length > 0;
}
