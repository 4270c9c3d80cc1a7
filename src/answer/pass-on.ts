import type { HandoverRule } from '../desk/handover-rules.ts';
import type { Answer, AnswerEvent } from './answer-types.ts';
import { handOverTurn } from './close-turn.ts';
import type { AnswerTools } from './path-types.ts';
import { answerOf, type Turn } from './turn.ts';

/** A person answers: nothing is said, and so nothing stored. @param ticket its number, or null */
export async function* silentTurn(turn: Turn, ticket: number | null): AsyncGenerator<AnswerEvent, Answer> {
  const answer = answerOf(turn, {
    outcome: 'handed_off',
    confidence: 1,
    mode: 'curated',
    ticket: ticket === null ? null : { number: ticket, status: 'open' },
  });
  yield turn.event({ type: 'answer-end', answer });
  return answer;
}

/** People get the conversation by a rule of the desk on what was written. @throws storage_* */
export async function* passOn(
  turn: Turn,
  rule: HandoverRule,
  tools: AnswerTools,
): AsyncGenerator<AnswerEvent, Answer> {
  turn.rule = rule;
  return yield* handOverTurn(turn, rule.reason, tools);
}
