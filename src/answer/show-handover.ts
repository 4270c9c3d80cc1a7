import type { HandoverReason, Priority } from '../stores/desk-contracts.ts';
import type { Answer, AnswerEvent } from './answer-types.ts';
import type { AnswerTools } from './path-types.ts';
import type { Turn } from './turn.ts';

export interface HandoverCause {
  reason: HandoverReason;
  /** Name of the rule; null when the customer asked. */
  rule: string | null;
  priority?: Priority;
}

/** The same answer, or one that goes on to a person because a rule on answers says so; not stored yet. */
export async function* passOnByRule(
  turn: Turn,
  answer: Answer,
  tools: AnswerTools,
): AsyncGenerator<AnswerEvent, Answer> {
  if (answer.outcome === 'handed_off') return answer;
  const { conversationId } = turn;
  const intent = turn.intent?.name ?? null;
  const rule = await tools.desk.after({
    conversationId,
    text: turn.question,
    intent,
    outcome: answer.outcome,
  });
  if (!rule) return answer;
  const { ticket } = yield* showHandover(turn, tools, rule.reason, rule.name, rule.priority);
  return { ...answer, outcome: 'handed_off', answer: turn.text, ticket, quick_replies: [] };
}

/** Makes the ticket, then tells of it. @throws storage_* */
export async function* showHandover(
  turn: Turn,
  tools: AnswerTools,
  reason: HandoverReason,
  rule: string | null,
  priority?: Priority,
  opening = '',
): AsyncGenerator<AnswerEvent, { ticket: NonNullable<Answer['ticket']> }> {
  const { ticket, text } = await tools.desk.handOver({
    conversationId: turn.conversationId,
    reason,
    rule,
    intent: turn.intent?.name ?? null,
    ...(priority && { priority }),
  });
  yield turn.event({ type: 'handover-start', reason });
  yield* turn.show(`${opening} ${text}`.trim(), null);
  return { ticket: { number: ticket.number, status: ticket.status } };
}
