import type { Entry } from './conversation-state.ts';

/** The newest message as long as the server has not taken it: it counts as unsent. */
export function findUnaccepted(entries: readonly Entry[]): string {
  const newest = entries.findLast((entry) => entry.kind === 'customer');
  if (!newest || newest.delivery === 'sent') return '';
  const answer = entries.findLast((entry) => entry.kind === 'answer');
  const taken =
    answer?.questionId === newest.id && (answer.messageId !== null || answer.status === 'stopped');
  return taken ? '' : newest.text;
}
