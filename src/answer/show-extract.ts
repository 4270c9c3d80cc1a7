import type { AnswerEvent } from './answer-types.ts';
import { neutraliseCitations } from '../guard/neutralise-text.ts';
import { citeSentence } from './cite-sentence.ts';
import { splitPassage } from '../text/split-passage.ts';
import { extractAnswer } from './extract-answer.ts';
import type { AnswerTools, HeldSentence, QuestionPart } from './path-types.ts';
import type { TracedPart } from './trace/trace-types.ts';
import type { AnswerRun } from './turn.ts';

/**
 * Shows the reader's sentences for this part verbatim, but for what was said already. Where the draft said
 * the best one, nothing is added: what else comes close is context then, not the answer. What must not leave is
 * looked for once more, wherever a sentence comes from.
 */
export async function* showExtract(
  { turn, tools: { guard } }: Pick<AnswerRun, 'turn'> & { tools: Pick<AnswerTools, 'guard'> },
  part: QuestionPart,
  said: readonly HeldSentence[],
): AsyncGenerator<AnswerEvent, HeldSentence[]> {
  const shown: HeldSentence[] = [];
  const traced: TracedPart['extracted'] = [];
  const trace = ({ text, passage: { chunk } }: HeldSentence, why: string): void =>
    void traced.push({ chunk: chunk.id, text, shown: why === 'shown', why });
  const mustStay = ({ text, passage: { chunk } }: HeldSentence): boolean =>
    guard.withheld({ text, sentences: splitPassage(text), source: chunk.title }, part.text).includes(true);
  for (const [index, sentence] of extractAnswer(part).entries()) {
    if (mustStay(sentence)) {
      trace(sentence, 'withheld');
      continue;
    }
    if (isSaid(sentence, [...said, ...shown])) {
      trace(sentence, 'said_already');
      if (index === 0) break;
      continue;
    }
    trace(sentence, 'shown');
    shown.push(sentence);
    yield* turn.show(neutraliseCitations(sentence.text), citeSentence(sentence));
  }
  turn.trace.extracted(part.text, traced);
  return shown;
}

/** Said already: from the same place, or the words of the answer span themselves. */
export function isSaid({ passage, evidence }: HeldSentence, shown: readonly HeldSentence[]): boolean {
  const { chunk, reading } = passage;
  const same = shown.some(
    (other) =>
      other.passage.chunk.id === chunk.id &&
      other.evidence.start < evidence.end &&
      evidence.start < other.evidence.end,
  );
  if (same || !reading.span || reading.span.start < evidence.start || reading.span.end > evidence.end)
    return same;
  const answer = chunk.text.slice(reading.span.start, reading.span.end).toLowerCase();
  return shown.some(({ text }) => text.toLowerCase().includes(answer));
}
