import type { DocumentFilter } from '../stores/contracts.ts';
import type { Identity } from '../sources/identity-token.ts';
import type { Answer, AnswerEvent, RequestedMode } from './answer-types.ts';
import { answerByWords } from './answer-by-words.ts';
import { budgetContext } from './budget-context.ts';
import {
  closeAnswer,
  curatedTurn,
  declineAnswer,
  endTurn,
  handOverTurn,
  liveAnswer,
  liveTurn,
  replayTurn,
  type Ending,
} from './close-turn.ts';
import { continueDialogue } from './dialogue/continue-dialogue.ts';
import { findAction } from './dialogue/find-action.ts';
import { askerOf, findLive, findOffer } from './live/find-live.ts';
import { findParts } from './find-parts.ts';
import type { AnswerTools, HeldSentence, Question } from './path-types.ts';
import { readConfidence } from './read-confidence.ts';
import { asksForPerson, readIntent, smallTalk, type ReadIntent } from './read-intent.ts';
import { recallAnswer, reusableQuestion, shareAnswer } from './reuse-answers.ts';
import { showExtract } from './show-extract.ts';
import { showDraft } from './show-draft.ts';
import { openTurn, type AnswerRun } from './turn.ts';

export interface AnswerRequest {
  message: string;
  conversationId?: string;
  mode?: RequestedMode;
  /** Who the customer is, by a token of the shop that was verified. */
  identity?: Identity;
  /** Network address of the asker, to pause guessing at orders. */
  address?: string;
  metadata?: Record<string, unknown>;
  /** Which documents may be read; public ones where it names no audience. */
  filter?: DocumentFilter;
  /** Id of the customer's message in the store, unique; without it one is made. */
  questionId?: string;
  signal: AbortSignal;
}

/**
 * Dialogue, intent, actions and live sources first; then what was answered before; then the documents.
 * @throws question_*, models_unavailable, model_failed, overloaded, cancelled, storage_*
 */
export async function* answerQuestion(
  request: AnswerRequest,
  tools: AnswerTools,
): AsyncGenerator<AnswerEvent, Answer> {
  const { mode = 'auto', signal } = request;
  // Clean and check the question, put it into words that stand alone, and store it.
  const { turn, question, history } = await openTurn(request, tools);
  yield turn.event({
    type: 'answer-start',
    conversation_id: turn.conversationId,
    message_id: turn.messageId,
  });

  if (question.wantsPerson) return yield* handOverTurn(turn, tools);
  const asker = await askerOf(turn, request, history, tools);
  // "yes" to an action, the number that was asked for, "forget me": an answer to us, or about ourselves.
  const said = yield* turn.stage('live', () => continueDialogue(question, asker, tools, signal));
  if (said) return yield* liveTurn(turn, said, tools);

  const read = yield* turn.stage('intent', () => readIntent(question, tools, signal));
  const { intent, vector } = read;
  turn.intent = intent && { name: intent.intent, confidence: intent.confidence };
  if (asksForPerson(question, intent)) return yield* handOverTurn(turn, tools);
  const reply = smallTalk(question, intent);
  if (reply !== null) return yield* curatedTurn(turn, reply, tools);

  // The owner's actions; then orders, opening hours and products, of live sources; the rest, of the documents.
  const live = yield* turn.stage('live', async () => {
    const acted = await findAction(question, intent, asker, tools, signal);
    return acted ?? findLive(question, intent, asker, tools.live, signal);
  });
  if (live) return yield* liveTurn(turn, live, tools);

  // Only now: the same words may be about an order in one conversation and about nothing in another.
  const asked = await reusableQuestion(question, { mode, vector }, tools);
  const stored = await recallAnswer(asked, tools, signal);
  if (stored) return yield* replayTurn(turn, stored, tools);
  // Equal questions at the same moment are answered once, for all who ask.
  const ending = yield* shareAnswer(turn, asked, tools, signal, (shared, until) =>
    answerFromDocuments({ turn: shared, mode, tools, signal: until }, question, read),
  );
  return yield* endTurn(turn, ending.answer, tools);
}

/**
 * retrieve → fuse → rerank → budget → generate → check → verify → cite, as a stream of events.
 *
 * A sentence is shown only when the evidence holds it; when the draft does not pass, the reader's own
 * sentences are shown instead; when nothing relevant is found, the question is declined.
 */
async function* answerFromDocuments(
  run: AnswerRun,
  question: Question,
  read: ReadIntent,
): AsyncGenerator<AnswerEvent, Ending> {
  const { turn, tools, signal } = run;
  if (!question.readable) return yield* answerByWords(turn, question, tools, signal);
  // Each part of the question is searched, fused and reranked by itself.
  const parts = yield* findParts(turn, question, read.vector, tools, signal);
  const confidence = readConfidence(question, parts, tools.confidence);
  const offer = confidence.declined && (await findOffer(question, read, tools.live, signal));
  if (offer) return yield* liveAnswer(turn, offer);
  if (confidence.declined) return yield* declineAnswer(turn, question, confidence.confidence);

  const drafted: HeldSentence[] = [];
  const extracted: HeldSentence[] = [];
  for (const part of confidence.answerable) {
    const context = budgetContext(part, tools.tokens);
    drafted.push(...(yield* showDraft(run, part, context))); // generate → check → verify → cite
    extracted.push(...(yield* showExtract(turn, part, [...drafted, ...extracted]))); // what the draft left open
  }
  return yield* closeAnswer(turn, question, confidence, { drafted, extracted });
}
