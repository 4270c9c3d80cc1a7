import type { MessageKey } from '../translate.ts';
import type { Entry } from './conversation-state.ts';

/** What the one polite status line says about the newest entry; `null`: nothing. Errors are alerts of their own. */
export function describeStatus(entry: Entry | undefined): MessageKey | null {
  if (!entry || entry.kind === 'customer' || entry.restored) return null;
  if (entry.kind === 'handover') return 'status.handed_over';
  switch (entry.status) {
    case 'waiting':
    case 'writing':
      return 'status.writing';
    case 'done':
      return 'status.ready';
    case 'stopped':
      return 'status.stopped';
    case 'failed':
    case 'interrupted':
      return null;
  }
}
