import type { Answer, AnswerEvent } from './answer-types.ts';
import { FIXED_TEXTS } from './fixed-texts.ts';
import type { LiveReply } from './live/live-types.ts';
import type { AnswerTools, HeldSentence, Question } from './path-types.ts';
import type { ReadConfidence } from './read-confidence.ts';
import { keepSession } from './session.ts';
import { answerOf, type Turn } from './turn.ts';

/** What becomes of a question once its text is shown: the fields of the answer that its turn does not know. */
export interface Ending {
  answer: Partial<Answer> & Pick<Answer, 'outcome' | 'confidence' | 'mode'>;
  /** The same for all who ask, until a source changes: it may be served again. */
  keep: boolean;
}

export async function* closeAnswer(
  turn: Turn,
  question: Question,
  confidence: ReadConfidence,
  shown: { drafted: readonly HeldSentence[]; extracted: readonly HeldSentence[] },
): AsyncGenerator<AnswerEvent, Ending> {
  if (shown.drafted.length + shown.extracted.length === 0)
    return yield* declineAnswer(turn, question, confidence.confidence);
  for (const { text } of confidence.open) yield* turn.show(FIXED_TEXTS.openPart(text), null);
  return {
    answer: {
      outcome: confidence.caveat ? 'answered_with_caveat' : 'answered',
      confidence: rounded(confidence.confidence),
      mode: shown.drafted.length > 0 ? 'generated' : 'extractive',
      quick_replies: confidence.caveat ? [FIXED_TEXTS.talkToPerson] : [],
    },
    keep: true,
  };
}

export async function* declineAnswer(
  turn: Turn,
  question: Question,
  confidence: number,
): AsyncGenerator<AnswerEvent, Ending> {
  yield* turn.show(question.readable ? FIXED_TEXTS.declined : FIXED_TEXTS.unreadable, null);
  return {
    answer: {
      outcome: 'declined',
      confidence: rounded(confidence),
      mode: 'extractive',
      quick_replies: [FIXED_TEXTS.talkToPerson],
    },
    keep: true,
  };
}

/** A quotation that words alone found; the reply to the same question may be another once models read it. */
export function quotedAnswer(confidence: number): Ending {
  return {
    answer: {
      outcome: 'answered_with_caveat',
      confidence: rounded(confidence),
      mode: 'extractive',
      quick_replies: [FIXED_TEXTS.talkToPerson],
    },
    keep: false,
  };
}

/** What live sources said, in the product's own words. Never kept: the next asker is told what holds then. */
export async function* liveAnswer(
  turn: Turn,
  { text, outcome, products, order, quickReplies }: LiveReply,
): AsyncGenerator<AnswerEvent, Ending> {
  yield* turn.show(text, null);
  return {
    answer: { outcome, confidence: 1, mode: 'curated', products, order, quick_replies: quickReplies },
    keep: false,
  };
}

/** The ends that a turn can come to. Each stores the assistant's message before it tells of it. */

export async function* handOverTurn(turn: Turn, tools: AnswerTools): AsyncGenerator<AnswerEvent, Answer> {
  yield turn.event({ type: 'handover-start', reason: 'customer_request' });
  yield* turn.show(FIXED_TEXTS.handedOff(tools.shop()), null);
  return yield* endTurn(turn, { outcome: 'handed_off', confidence: 1, mode: 'curated' }, tools);
}

/** A reply in the product's own words. */
export async function* curatedTurn(
  turn: Turn,
  text: string,
  tools: AnswerTools,
): AsyncGenerator<AnswerEvent, Answer> {
  yield* turn.show(text, null);
  return yield* endTurn(turn, { outcome: 'answered', confidence: 1, mode: 'curated' }, tools);
}

export async function* liveTurn(
  turn: Turn,
  reply: LiveReply,
  tools: AnswerTools,
): AsyncGenerator<AnswerEvent, Answer> {
  turn.session = { ...turn.session, ...reply.session };
  const { answer } = yield* liveAnswer(turn, reply);
  return yield* endTurn(turn, answer, tools);
}

export async function* replayTurn(
  turn: Turn,
  stored: Answer,
  tools: AnswerTools,
): AsyncGenerator<AnswerEvent, Answer> {
  for (const citation of stored.citations) yield turn.event({ type: 'citation-add', citation });
  yield* turn.show(stored.answer, null);
  const { outcome, confidence, citations, quick_replies } = stored;
  const intent = turn.intent ?? stored.intent;
  const answer = { outcome, confidence, citations, intent, quick_replies, mode: 'cached' as const };
  return yield* endTurn(turn, answer, tools);
}

export async function* endTurn(
  turn: Turn,
  rest: Ending['answer'],
  tools: AnswerTools,
): AsyncGenerator<AnswerEvent, Answer> {
  const answer = answerOf(turn, rest);
  await tools.conversations.addMessage({
    id: turn.messageId,
    conversationId: turn.conversationId,
    role: 'assistant',
    text: answer.answer,
    answer: JSON.stringify(answer),
  });
  await keepSession(turn.session, answer, tools);
  yield turn.event({ type: 'answer-end', answer });
  return answer;
}

function rounded(probability: number): number {
  return Math.round(probability * 1000) / 1000;
}
