import type { PastMessage } from './decide/earlier-turns.ts';
import type { Answer } from './answer-types.ts';

/** Replies that leave open what was asked. */
const OPEN: readonly (Answer['outcome'] | null)[] = ['declined', 'handed_off', 'clarify'];

/**
 * Places of the customer's messages that neither staff nor the assistant has answered, newest first.
 * @param messages oldest first
 */
export function findUnanswered(messages: readonly PastMessage[]): number[] {
  const answered = messages.findLastIndex(isAnswer);
  return messages
    .map(({ role }, at) => (role === 'customer' && at > answered ? at : -1))
    .filter((at) => at >= 0)
    .reverse();
}

/** What the assistant says without an answer behind it ("Your ticket is number 1 …") is a notice. */
function isAnswer({ role, answer }: PastMessage): boolean {
  if (role !== 'assistant') return role === 'staff';
  return !!answer && !OPEN.includes((JSON.parse(answer) as Pick<Answer, 'outcome'>).outcome);
}
