import type { Answer, AnswerEvent } from './answer-types.ts';
import type { AnswerTools } from './path-types.ts';
import type { Turn } from './turn.ts';

/**
 * The answer with its ticket when people get the conversation, by what was decided or by a rule of the desk on
 * answers; the same answer otherwise. For each asker's own turn, before it is stored.
 * @throws storage_*
 */
export async function* giveToDesk(
  turn: Turn,
  answer: Answer,
  tools: AnswerTools,
): AsyncGenerator<AnswerEvent, Answer> {
  const { conversationId } = turn;
  const intent = turn.intent?.name ?? null;
  if (answer.outcome !== 'handed_off') {
    const { outcome } = answer;
    const rule = await tools.desk.after({ conversationId, text: turn.question, intent, outcome });
    if (!rule) return answer;
    turn.rule = rule;
    yield turn.event({ type: 'handover-start', reason: rule.reason });
    turn.trace.handedOver(rule.reason);
  }
  const { ticket, text } = await tools.desk.handOver({
    conversationId,
    reason: turn.handedOver ?? 'customer_request',
    rule: turn.rule?.name ?? null,
    intent,
    ...(turn.rule && { priority: turn.rule.priority }),
  });
  yield* turn.show(text, null);
  const { number, status } = ticket;
  return {
    ...answer,
    outcome: 'handed_off',
    answer: turn.text,
    ticket: { number, status },
    quick_replies: [],
  };
}
