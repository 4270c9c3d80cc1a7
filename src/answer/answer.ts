import type { Identity } from '../sources/identity-token.ts';
import type { Answer, AnswerEvent, RequestedMode } from './answer-types.ts';
import { answerByWords } from './answer-by-words.ts';
import { budgetContext } from './budget-context.ts';
import { closeTurn, curatedTurn, declineTurn, handOverTurn, liveTurn, replayTurn } from './close-turn.ts';
import { askerOf, findLive, findOffer } from './live/find-live.ts';
import { findParts } from './find-parts.ts';
import { passOn } from './pass-on.ts';
import { findStoredAnswer } from './stored-answers.ts';
import type { AnswerTools, HeldSentence } from './path-types.ts';
import { readConfidence } from './read-confidence.ts';
import { asksForPerson, readIntent, smallTalk } from './read-intent.ts';
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
  signal: AbortSignal;
}

/**
 * question → retrieve → fuse → rerank → budget → generate → check → verify → cite, as a stream of events.
 *
 * A sentence is shown only when the evidence holds it; when the draft does not pass, the reader's own
 * sentences are shown instead; when nothing relevant is found, the question is declined.
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

  // A person may have the conversation, or a rule of the desk gives it to one.
  const passed = yield* passOn(turn, question, tools);
  if (passed) return passed;
  if (question.wantsPerson) return yield* handOverTurn(turn, tools);

  const { intent, vector } = yield* turn.stage('intent', () => readIntent(question, tools, signal));
  turn.intent = intent && { name: intent.intent, confidence: intent.confidence };
  if (asksForPerson(question, intent)) return yield* handOverTurn(turn, tools);
  const reply = smallTalk(question, intent);
  if (reply !== null) return yield* curatedTurn(turn, reply, tools);

  // Orders, opening hours and products are asked of live sources; what is about none of them, of the documents.
  const asker = askerOf(turn, request, history);
  const live = yield* turn.stage('live', () => findLive(question, intent, asker, tools.live, signal));
  if (live) return yield* liveTurn(turn, live, tools);
  // Only now: the same words may be about an order in one conversation and about nothing in another.
  const stored = await findStoredAnswer(question, mode, tools);
  if (stored) return yield* replayTurn(turn, stored, tools);

  if (!question.readable) return yield* answerByWords(turn, question, tools, signal);
  // Each part of the question is searched, fused and reranked by itself.
  const found = yield* findParts(turn, question, vector, tools, signal);
  const confidence = readConfidence(question, found, tools.confidence);
  const offer = confidence.declined && (await findOffer(question, { intent, vector }, tools.live, signal));
  if (offer) return yield* liveTurn(turn, offer, tools);
  if (confidence.declined) return yield* declineTurn(turn, question, mode, confidence, tools);

  const run: AnswerRun = { turn, mode, tools, signal };
  const drafted: HeldSentence[] = [];
  const extracted: HeldSentence[] = [];
  for (const part of confidence.answerable) {
    const context = budgetContext(part, tools.tokens);
    drafted.push(...(yield* showDraft(run, part, context))); // generate → check → verify → cite
    extracted.push(...(yield* showExtract(turn, part, [...drafted, ...extracted]))); // what the draft left open
  }
  return yield* closeTurn(turn, question, mode, confidence, { drafted, extracted }, tools);
}
