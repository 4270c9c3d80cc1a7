import { changeTicket, snoozeTicket } from '../../api/ticket-api.ts';
import type { WholeTicket } from '../../api/wire-types.ts';
import { tellDone, tellFailure } from '../../components/toasts.tsx';
import { doDeferred } from '../../data/deferred.ts';
import { staffName } from '../../data/staff.ts';
import { wholeTime } from '../../format/time.ts';
import { translate } from '../../translate.ts';

/** What a step answers is shown at once. */
type Show = (ticket: WholeTicket) => void;

/**
 * Done when it can no longer be undone: resolving asks the customer for a rating.
 * @param shown told whether the ticket is to be shown as resolved meanwhile
 */
export function resolveTicket({ number }: WholeTicket, show: Show, shown: (resolved: boolean) => void): void {
  shown(true);
  doDeferred({
    text: translate('done.resolved'),
    commit: async (leaving) => {
      show(await changeTicket(number, { status: 'resolved' }, leaving));
      shown(false);
    },
    rollBack: () => shown(false),
  });
}

/** @param until null: until the next reply */
export async function sleepTicket(ticket: WholeTicket, until: Date | null, show: Show): Promise<void> {
  const { number } = ticket;
  const before = ticket.status === 'pending' ? 'pending' : 'open';
  const time = until?.toISOString() ?? null;
  show(await snoozeTicket(number, time));
  tellDone(
    time === null ? translate('done.snoozed_reply') : translate('done.snoozed', { time: wholeTime(time) }),
    () => void changeTicket(number, { status: before }).then(show).catch(tellFailure),
  );
}

export async function assignTicket(ticket: WholeTicket, assignee: string | null, show: Show): Promise<void> {
  const { number, assignee_id: before } = ticket;
  if (before === assignee) return;
  show(await changeTicket(number, { assignee_id: assignee }));
  const name = staffName(assignee);
  tellDone(
    name === null ? translate('done.unassigned') : translate('done.assigned', { name }),
    () => void changeTicket(number, { assignee_id: before }).then(show).catch(tellFailure),
  );
}
