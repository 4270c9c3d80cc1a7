import type { DeskEvent, Thread } from '../api/wire-types.ts';
import { readAnswer } from './read-answer.ts';

/** The last message of a thread in which something is left to answer; null when it is answered, closed or being answered. */
export function openMessage(state: Thread['state'], events: readonly DeskEvent[]): string | null {
  const last = events.findLast(({ message }) => message !== null)?.message;
  if (!last || state === 'closed' || last.role === 'staff') return null;
  // The assistant is about to say it to the customer.
  if (last.role === 'customer') return state === 'assistant' ? null : last.id;
  return readAnswer(last.answer).outcome?.startsWith('answered') ? null : last.id;
}
