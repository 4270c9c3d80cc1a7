import type { Priority, Thread, TicketStatus } from '../api/wire-types.ts';
import { translate } from '../translate.ts';

const THREAD_TONES = { assistant: 'info', waiting: 'warning', person: 'good', closed: '' } as const;
const STATUS_TONES = {
  open: 'good',
  pending: 'warning',
  snoozed: 'info',
  resolved: '',
  closed: '',
  merged: '',
} as const;
const PRIORITY_TONES = { low: '', normal: '', high: 'warning', urgent: 'danger' } as const;

const toned = (tone: string): string => (tone === '' ? 'badge' : `badge badge-${tone}`);

export function ThreadStateBadge({ state }: { state: Thread['state'] }) {
  return <span class={toned(THREAD_TONES[state])}>{translate(`thread_state.${state}`)}</span>;
}

export function StatusBadge({ status }: { status: TicketStatus }) {
  return <span class={toned(STATUS_TONES[status])}>{translate(`status.${status}`)}</span>;
}

/** Said only where it is out of the ordinary. */
export function PriorityBadge({ priority, always = false }: { priority: Priority; always?: boolean }) {
  if (!always && (priority === 'normal' || priority === 'low')) return null;
  return <span class={toned(PRIORITY_TONES[priority])}>{translate(`priority.${priority}`)}</span>;
}
