import type { Answer, AnswerEvent } from './answer-types.ts';
import { handOverTurn } from './close-turn.ts';
import type { AnswerTools, Question } from './path-types.ts';
import { answerOf, type Turn } from './turn.ts';

/** The answer when people have the conversation, or get it by a rule on what was written; null when it is ours. */
export async function* passOn(
  turn: Turn,
  question: Question,
  tools: AnswerTools,
): AsyncGenerator<AnswerEvent, Answer | null> {
  const word = await tools.desk.before({ conversationId: turn.conversationId, text: question.text });
  if (word.kind === 'answer') return null;
  if (word.kind === 'hand-over') {
    turn.rule = word.rule;
    return yield* handOverTurn(turn, word.rule.reason, tools);
  }
  // A person answers: nothing is said, and so nothing stored.
  const ticket = word.ticket === null ? null : { number: word.ticket, status: 'open' };
  const answer = answerOf(turn, { outcome: 'handed_off', confidence: 1, mode: 'curated', ticket });
  yield turn.event({ type: 'answer-end', answer });
  return answer;
}
