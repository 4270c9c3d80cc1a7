import { neutraliseCitations } from '../guard/neutralise-text.ts';
import { lexicalCoverage } from '../understand/lexical-coverage.ts';
import type { AnswerEvent } from './answer-types.ts';
import { LEXICAL } from './answer-settings.ts';
import { declineAnswer, quotedAnswer, type Ending } from './close-turn.ts';
import type { AnswerTools, Question } from './path-types.ts';
import { safeSpans } from './safe-passages.ts';
import { searchForms } from './search-forms.ts';
import type { Turn } from './turn.ts';

/**
 * A question in a script that no model reads: the passage that holds most of its words is quoted, with a
 * caveat, when it holds enough of them. @throws cancelled, storage_*
 */
export async function* answerByWords(
  turn: Turn,
  question: Question,
  tools: AnswerTools,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent, Ending> {
  const { fused } = yield* turn.stage('retrieve', () =>
    searchForms([question.standalone], tools, { signal, filter: question.filter }),
  );
  const looked = fused.slice(0, LEXICAL.passages);
  const shares = lexicalCoverage(
    question.standalone,
    looked.map(({ chunk }) => `${chunk.headingPath}\n${chunk.text}`),
  );
  const confidence = Math.max(0, ...shares);
  const best = looked[shares.indexOf(confidence)];
  if (!best || confidence < LEXICAL.floor) return yield* declineAnswer(turn, question, confidence);
  const { chunk } = best;
  const spans = safeSpans(chunk, question, tools);
  if (spans.length === 0) return yield* declineAnswer(turn, question, confidence);
  const texts = spans.map(({ start, end }) => chunk.text.slice(start, end));
  const held = lexicalCoverage(question.standalone, texts);
  const span = spans[held.indexOf(Math.max(...held))] ?? { start: 0, end: chunk.text.length };
  const quote = chunk.text.slice(span.start, span.end);
  // Said to be found text: no model has read it.
  const title = tools.guard.labelOf(chunk.title);
  yield* turn.show(turn.say('foundText', { title }), null);
  yield* turn.show(neutraliseCitations(quote), {
    document_id: chunk.documentId,
    title,
    url: chunk.url,
    quote,
    start: chunk.start + span.start,
    end: chunk.start + span.end,
  });
  return quotedAnswer(turn, confidence);
}
