import { signal } from '@preact/signals';
import { changeThread, moveThread } from '../api/desk-api.ts';
import { changeTicket, snoozeTicket } from '../api/ticket-api.ts';
import type { Thread, WholeThread } from '../api/wire-types.ts';
import { tell, tellDone, tellFailure } from '../components/toasts.tsx';
import { doDeferred } from '../data/deferred.ts';
import { staffName } from '../data/staff.ts';
import { wholeTime } from '../format/time.ts';
import { translate } from '../translate.ts';

/** Threads that are shown as resolved already, while it can still be undone. */
export const resolving = signal<ReadonlySet<string>>(new Set());

function showResolving(id: string, shown: boolean): void {
  const next = new Set(resolving.value);
  if (shown) next.add(id);
  else next.delete(id);
  resolving.value = next;
}

/** Done after five seconds: resolving asks the customer for a rating, which nobody can take back. */
export function resolveThread({ id, ticket }: Pick<Thread, 'id' | 'ticket'>): void {
  showResolving(id, true);
  doDeferred({
    text: translate('done.resolved'),
    commit: async (leaving) => {
      if (ticket === null) await moveThread(id, 'close');
      else await changeTicket(ticket, { status: 'resolved' }, leaving);
      showResolving(id, false);
    },
    rollBack: () => showResolving(id, false),
  });
}

export async function reopenThread({ id, ticket }: Pick<Thread, 'id' | 'ticket'>): Promise<void> {
  if (ticket !== null) await changeTicket(ticket, { status: 'open' });
  await moveThread(id, 'take');
}

/** From the assistant, which is silent then, or from a colleague. */
export async function takeThread(
  { id, assignee_id: before, state }: Pick<Thread, 'id' | 'assignee_id' | 'state'>,
  onChange: (thread: WholeThread) => void,
): Promise<void> {
  onChange(await moveThread(id, 'take'));
  const back = () =>
    state === 'assistant' ? moveThread(id, 'hand-back') : changeThread(id, { assignee_id: before });
  tellDone(translate('done.taken_over'), () => void back().then(onChange).catch(tellFailure));
}

export async function assignThread(
  thread: Pick<Thread, 'id' | 'assignee_id' | 'state'>,
  assignee: string | null,
  onChange: (thread: WholeThread) => void,
): Promise<void> {
  const before = thread.assignee_id;
  if (before === assignee) return;
  onChange(await changeThread(thread.id, { assignee_id: assignee }));
  const name = staffName(assignee);
  // Given to a person, the assistant fell silent: it answers again.
  const back = () =>
    thread.state === 'assistant' && assignee !== null
      ? moveThread(thread.id, 'hand-back')
      : changeThread(thread.id, { assignee_id: before });
  const undo = (): void => void back().then(onChange).catch(tellFailure);
  tellDone(name === null ? translate('done.unassigned') : translate('done.assigned', { name }), undo);
}

/** @param until null: until the next reply */
export async function snoozeThread(
  { ticket_details: ticket }: Pick<WholeThread, 'ticket_details'>,
  until: Date | null,
): Promise<void> {
  if (!ticket) return tell(translate('snooze.no_ticket'));
  const before = ticket.status === 'pending' ? 'pending' : 'open';
  await snoozeTicket(ticket.number, until?.toISOString() ?? null);
  tellDone(
    until === null
      ? translate('done.snoozed_reply')
      : translate('done.snoozed', { time: wholeTime(until.toISOString()) }),
    () => void changeTicket(ticket.number, { status: before }).catch(tellFailure),
  );
}
