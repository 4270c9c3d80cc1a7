import type { Ticket } from '../api/wire-types.ts';
import { translate } from '../translate.ts';
import { RelativeTime } from './time.tsx';

const TONES: Readonly<Record<string, string>> = {
  warning: 'badge badge-warning',
  breached: 'badge badge-danger',
  missed: 'badge badge-danger',
};

/** When a ticket is due by its policy, and whether that is near or past. */
export function DueTime({ due, which }: { due: Ticket['due']; which: 'first_response' | 'resolution' }) {
  const state = due[`${which}_state`];
  const at = due[`${which}_at`];
  if (state === 'met') return <span class="muted">{translate('due.met')}</span>;
  if (at === null) return <span class="muted">–</span>;
  if (due.paused && state === 'ok') return <span class="muted">{translate('due.paused')}</span>;
  return (
    <span class={TONES[state] ?? 'badge'}>
      {Date.parse(at) < Date.now() ? translate('due.over') : ''} <RelativeTime at={at} />
    </span>
  );
}

/** What is due next of a ticket that somebody still has to work on. */
export function NextDue({ ticket: { status, due } }: { ticket: Pick<Ticket, 'status' | 'due'> }) {
  if (['resolved', 'closed', 'merged'].includes(status)) return null;
  return <DueTime due={due} which={nextDue(due)} />;
}

/** The first answer, then the solution. */
function nextDue(due: Ticket['due']): 'first_response' | 'resolution' {
  return ['met', 'missed', 'none'].includes(due.first_response_state) ? 'resolution' : 'first_response';
}
