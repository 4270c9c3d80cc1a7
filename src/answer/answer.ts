import type { DocumentFilter } from '../stores/contracts.ts';
import type { Identity } from '../sources/identity-token.ts';
import type { Answer, AnswerEvent, RequestedMode } from './answer-types.ts';
import { answerByWords } from './answer-by-words.ts';
import { budgetContext } from './budget-context.ts';
import {
  closeAnswer,
  curatedTurn,
  endTurn,
  handOverTurn,
  liveAnswer,
  liveTurn,
  refusalOf,
  refuseTurn,
  replayTurn,
  unanswered,
  type Ending,
} from './close-turn.ts';
import { decide } from './decide/decide.ts';
import { startsAnew } from './decide/earlier-turns.ts';
import { continueDialogue } from './dialogue/continue-dialogue.ts';
import { findAction } from './dialogue/find-action.ts';
import { askerOf, findLive, findOffer, findWanted } from './live/find-live.ts';
import { readParts, searchParts } from './find-parts.ts';
import { passOn, silentTurn } from './pass-on.ts';
import type { AnswerTools, HeldSentence, Question } from './path-types.ts';
import { readConfidence } from './read-confidence.ts';
import { asksForPerson, readIntent, smallTalk, type ReadIntent } from './read-intent.ts';
import { recallAnswer, reusableQuestion, shareAnswer } from './reuse-answers.ts';
import { showExtract } from './show-extract.ts';
import { showDraft } from './show-draft.ts';
import { withTrace } from './trace/timed-models.ts';
import { openTurn, type AnswerRun } from './turn.ts';

export interface AnswerRequest {
  message: string;
  conversationId?: string;
  mode?: RequestedMode;
  /** Who the customer is, by a token of the shop that was verified. */
  identity?: Identity;
  /** Network address of the asker, to pause guessing at orders. */
  address?: string;
  /** BCP 47: what the answer's own words shall be in; else the question's language. */
  language?: string;
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
  given: AnswerTools,
): AsyncGenerator<AnswerEvent, Answer> {
  const { mode = 'auto', signal } = request;
  // Clean and check the question, put it into words that stand alone, and store it.
  const { turn, question, history } = await openTurn(request, given);
  const tools = withTrace(given, turn.trace);
  yield turn.event({
    type: 'answer-start',
    conversation_id: turn.conversationId,
    message_id: turn.messageId,
  });

  // A person may have the conversation: then nothing is said, whatever was written.
  const word = await tools.desk.before({ conversationId: turn.conversationId, text: question.text });
  if (word.kind === 'silent') return yield* silentTurn(turn, word.ticket);
  const refused = refusalOf(question);
  if (refused) return yield* refuseTurn(turn, refused, tools);
  if (word.kind === 'hand-over') return yield* passOn(turn, word.rule, tools);
  if (question.wantsPerson) return yield* handOverTurn(turn, 'customer_request', tools);
  const asker = await askerOf(turn, request, history, tools);
  // "yes" to an action, the number that was asked for, "forget me": an answer to us, or about ourselves.
  const said = yield* turn.stage('live', () => continueDialogue(question, asker, tools, signal));
  if (said) return yield* liveTurn(turn, said, tools);

  const read = yield* turn.stage('intent', () => readIntent(question, tools, signal));
  const { intent, vector } = read;
  turn.intent = intent && { name: intent.intent, confidence: intent.confidence };
  turn.trace.intent(intent);
  if (asksForPerson(question, intent)) return yield* handOverTurn(turn, 'customer_request', tools);
  const reply = smallTalk(question, intent);
  if (reply !== null) return yield* curatedTurn(turn, turn.say(reply), tools);

  // The owner's actions; then orders, opening hours and products, of live sources; the rest, of the documents.
  const live = yield* turn.stage('live', async () => {
    const acted = await findAction(question, intent, asker, tools, signal);
    return acted ?? findLive(question, intent, asker, tools.live, signal);
  });
  if (live) return yield* liveTurn(turn, live, tools);

  // Only now: the same words may be about an order in one conversation and about nothing in another.
  const fresh = startsAnew(turn.before);
  const asked = await reusableQuestion(question, { mode, vector, language: turn.language }, tools);
  const stored = fresh ? await recallAnswer(asked, tools, signal) : null;
  if (stored) return yield* replayTurn(turn, stored, tools);
  // Equal questions at the same moment are answered once, for all who ask; a reply to us is nobody else's.
  const reuse = fresh ? tools.reuse : null;
  const ending = yield* shareAnswer(
    turn,
    asked,
    { ...tools, reuse },
    signal,
    async function* (shared, until) {
      const run = { turn: shared, mode, tools: withTrace(given, shared.trace), signal: until };
      return { ...(yield* answerFromDocuments(run, question, read)), trace: shared.trace };
    },
  );
  turn.trace.join(ending.trace);
  return yield* endTurn(turn, ending.answer, tools);
}

/**
 * retrieve → fuse → rerank → decide → budget → generate → check → verify → cite, as a stream of events.
 *
 * A sentence is shown only when the evidence holds it; when the draft does not pass, the reader's own
 * sentences are shown instead; what is not sure enough is asked back, handed over or declined.
 */
export async function* answerFromDocuments(
  run: AnswerRun,
  question: Question,
  read: ReadIntent,
): AsyncGenerator<AnswerEvent, Ending> {
  const { turn, tools, signal } = run;
  if (!question.readable) return yield* answerByWords(turn, question, tools, signal);
  // Each part of the question is searched, fused and reranked by itself.
  const searched = yield* searchParts(turn, question, read.vector, tools, signal);
  const sensed = { ...read, nearest: searched.nearest, say: turn.say };
  const wanted = yield* turn.stage('live', () => findWanted(question, sensed, tools.live, signal));
  if (wanted) return yield* liveAnswer(turn, wanted, tools);
  const parts = yield* readParts(turn, question, searched, tools, signal);
  const confidence = readConfidence(question, parts, tools.confidence.modelFor(read.intent));
  const offer = confidence.declined && (await findOffer(question, sensed, tools.live, signal));
  if (offer) return yield* liveAnswer(turn, offer, tools);
  // Sure enough to answer? Else a caveat, a question back, a person, or none of these.
  const decision = decide({ question, intent: read.intent, confidence, before: turn.before });
  turn.trace.decided(decision, confidence, turn.before);
  if (decision.answered.length === 0) return yield* unanswered(turn, question, confidence, decision, tools);

  const drafted: HeldSentence[] = [];
  const extracted: HeldSentence[] = [];
  for (const part of decision.answered) {
    const context = budgetContext(part, tools.tokens);
    drafted.push(...(yield* showDraft(run, part, context))); // generate → check → verify → cite
    extracted.push(...(yield* showExtract(run, part, [...drafted, ...extracted]))); // what the draft left open
  }
  return yield* closeAnswer(turn, question, confidence, decision, { drafted, extracted });
}
