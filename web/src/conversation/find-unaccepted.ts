import type { Entry } from './conversation-state.ts';

/** The newest question as long as the server has not taken it: it counts as unsent. */
export function findUnaccepted(entries: readonly Entry[]): string {
  const newest = entries.findLast((entry) => entry.kind === 'answer');
  const open = newest?.status === 'waiting' || newest?.status === 'failed';
  return newest && open && newest.messageId === null ? newest.question : '';
}
