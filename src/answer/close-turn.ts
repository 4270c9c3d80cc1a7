import type { Answer, AnswerEvent, AnswerMode, RequestedMode } from './answer-types.ts';
import { FIXED_TEXTS } from './fixed-texts.ts';
import type { LiveReply } from './live/live-types.ts';
import type { AnswerTools, HeldSentence, Question } from './path-types.ts';
import type { ReadConfidence } from './read-confidence.ts';
import { passOnByRule, showHandover, type HandoverCause } from './show-handover.ts';
import { storeAnswer } from './stored-answers.ts';
import { answerOf, type Turn } from './turn.ts';

/** The ends that a turn can come to. Each stores the assistant's message before it tells of it. */

export async function* closeTurn(
  turn: Turn,
  question: Question,
  mode: RequestedMode,
  confidence: ReadConfidence,
  shown: { drafted: readonly HeldSentence[]; extracted: readonly HeldSentence[] },
  tools: AnswerTools,
): AsyncGenerator<AnswerEvent, Answer> {
  if (shown.drafted.length + shown.extracted.length === 0)
    return yield* declineTurn(turn, question, mode, confidence, tools);
  for (const { text } of confidence.open) yield* turn.show(FIXED_TEXTS.openPart(text), null);
  const answer = answerOf(turn, {
    outcome: confidence.caveat ? 'answered_with_caveat' : 'answered',
    confidence: rounded(confidence.confidence),
    mode: shown.drafted.length > 0 ? 'generated' : 'extractive',
    quick_replies: confidence.caveat ? [FIXED_TEXTS.talkToPerson] : [],
  });
  return yield* endTurn(turn, answer, tools, () =>
    storeAnswer(question, mode, confidence.generation, answer, tools),
  );
}

export async function* declineTurn(
  turn: Turn,
  question: Question,
  mode: RequestedMode,
  confidence: Pick<ReadConfidence, 'confidence' | 'generation'>,
  tools: AnswerTools,
): AsyncGenerator<AnswerEvent, Answer> {
  yield* turn.show(question.readable ? FIXED_TEXTS.declined : FIXED_TEXTS.unreadable, null);
  const answer = answerOf(turn, {
    outcome: 'declined',
    confidence: rounded(confidence.confidence),
    mode: 'extractive',
    quick_replies: [FIXED_TEXTS.talkToPerson],
  });
  return yield* endTurn(turn, answer, tools, () =>
    storeAnswer(question, mode, confidence.generation, answer, tools),
  );
}

export async function* handOverTurn(
  turn: Turn,
  tools: AnswerTools,
  { reason, rule, priority }: HandoverCause = { reason: 'customer_request', rule: null },
): AsyncGenerator<AnswerEvent, Answer> {
  const opening = FIXED_TEXTS.handedOff(tools.shop());
  const { ticket } = yield* showHandover(turn, tools, reason, rule, priority, opening);
  return yield* endTurn(
    turn,
    answerOf(turn, { outcome: 'handed_off', confidence: 1, mode: 'curated', ticket }),
    tools,
  );
}

/** A reply in the product's own words. */
export async function* curatedTurn(
  turn: Turn,
  text: string,
  tools: AnswerTools,
): AsyncGenerator<AnswerEvent, Answer> {
  yield* turn.show(text, null);
  return yield* endTurn(turn, answerOf(turn, { outcome: 'answered', confidence: 1, mode: 'curated' }), tools);
}

/** A quotation that words alone found; the reply to the same question may be another once models read it. */
export async function* endLexicalTurn(
  turn: Turn,
  confidence: number,
  tools: AnswerTools,
): AsyncGenerator<AnswerEvent, Answer> {
  const answer = answerOf(turn, {
    outcome: 'answered_with_caveat',
    confidence: rounded(confidence),
    mode: 'extractive',
    quick_replies: [FIXED_TEXTS.talkToPerson],
  });
  return yield* endTurn(turn, answer, tools);
}

/** What live sources said, in the product's own words. Never stored: the next asker is told what holds then. */
export async function* liveTurn(
  turn: Turn,
  { text, outcome, products, order, quickReplies }: LiveReply,
  tools: AnswerTools,
): AsyncGenerator<AnswerEvent, Answer> {
  yield* turn.show(text, null);
  const answer = answerOf(turn, {
    outcome,
    confidence: 1,
    mode: 'curated',
    products,
    order,
    quick_replies: quickReplies,
  });
  return yield* endTurn(turn, answer, tools);
}

export async function* replayTurn(
  turn: Turn,
  stored: Answer,
  tools: AnswerTools,
): AsyncGenerator<AnswerEvent, Answer> {
  for (const citation of stored.citations) yield turn.event({ type: 'citation-add', citation });
  yield* turn.show(stored.answer, null);
  const mode: AnswerMode = 'cached';
  const { outcome, confidence, citations, intent, quick_replies, language } = stored;
  return yield* endTurn(
    turn,
    answerOf(turn, { outcome, confidence, citations, intent, quick_replies, language, mode }),
    tools,
  );
}

async function* endTurn(
  turn: Turn,
  reached: Answer,
  tools: AnswerTools,
  remember?: () => Promise<void>,
): AsyncGenerator<AnswerEvent, Answer> {
  const answer = yield* passOnByRule(turn, reached, tools);
  await tools.conversations.addMessage({
    id: turn.messageId,
    conversationId: turn.conversationId,
    role: 'assistant',
    text: answer.answer,
    answer: JSON.stringify(answer),
  });
  await remember?.();
  yield turn.event({ type: 'answer-end', answer });
  return answer;
}

function rounded(probability: number): number {
  return Math.round(probability * 1000) / 1000;
}
