import { useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { changeTicket, getTicket, type TicketChange } from '../../api/ticket-api.ts';
import type { WholeTicket } from '../../api/wire-types.ts';
import { Menu } from '../../components/menu.tsx';
import { StatusBadge } from '../../components/state-badge.tsx';
import { Failure, Skeleton } from '../../components/states.tsx';
import { tellFailure } from '../../components/toasts.tsx';
import { ContextPane } from '../../conversation/context-pane.tsx';
import { LabelDialog } from '../../conversation/label-dialog.tsx';
import { threadAddress, ticketAddress } from '../../data/addresses.ts';
import { isNotice, useDeskEvents } from '../../data/desk-events.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { PageHeader } from '../../shell/page-header.tsx';
import { may } from '../../session/session.ts';
import { CUSTOM, snoozeItems } from '../../snooze/snooze-items.ts';
import { SnoozeDialog } from '../../snooze/snooze-dialog.tsx';
import { wakeTime, type SnoozeKind } from '../../snooze/snooze-options.ts';
import { translate } from '../../translate.ts';
import { History } from './history.tsx';
import { Links } from './links.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import { resolveTicket, sleepTicket } from './ticket-actions.ts';
import { TicketFields } from './ticket-fields.tsx';
import { useTicketCommands } from './use-ticket-commands.ts';
import '../../conversation/conversation.css';
import './ticket.css';

export function TicketPage() {
  const number = Number(useRoute().params['number']);
  const { loaded, reload, set } = useLoaded(String(number), (signal) => getTicket(number, signal));
  useDeskEvents((event) => {
    if (!isNotice(event) && event.ticket === number) reload();
  });
  if (loaded.state === 'failed') return <Failure error={loaded.error} onRetry={reload} />;
  if (loaded.state === 'loading') return <Skeleton rows={8} />;
  return <Ticket ticket={loaded.value} onTicket={(ticket) => set(() => ticket)} />;
}

function Ticket({ ticket, onTicket }: { ticket: WholeTicket; onTicket: (ticket: WholeTicket) => void }) {
  const [dialog, setDialog] = useState<'merge' | 'snooze' | 'labels' | null>(null);
  const [resolving, setResolving] = useState(false);
  const { number, threads } = ticket;
  const editable = may('desk.write') && ticket.status !== 'merged';
  const change = async (what: TicketChange) =>
    onTicket(await changeTicket(number, { ...what, version: ticket.version }));
  const snooze = (until: Date | null) => void sleepTicket(ticket, until, onTicket).catch(tellFailure);
  const pick = (value: string) =>
    value === CUSTOM ? setDialog('snooze') : snooze(wakeTime(value as SnoozeKind, new Date()));
  useTicketCommands({
    ticket,
    onTicket,
    onResolve: () => resolveTicket(ticket, onTicket, setResolving),
    onSnooze: pick,
    open: setDialog,
  });
  const close = () => setDialog(null);
  return (
    <>
      <PageHeader
        title={`#${number} ${ticket.subject}`}
        detail={<StatusBadge status={resolving ? 'resolved' : ticket.status} />}
      >
        {threads[0] && (
          <a class="button small primary" href={threadAddress(threads[0].id)}>
            {translate('ticket.open_thread')}
          </a>
        )}
        {editable && (
          <>
            <Menu
              class="button small"
              trigger={translate('action.snooze')}
              items={snoozeItems()}
              onSelect={pick}
            />
            <button type="button" class="button small" onClick={() => setDialog('merge')}>
              {translate('ticket.merge')}
            </button>
          </>
        )}
      </PageHeader>
      <div class="ticket-page">
        <div class="ticket-main">
          {ticket.merged_into !== null && (
            <p class="notice">
              <a href={ticketAddress(ticket.merged_into)}>
                {translate('ticket.merged_into', { number: ticket.merged_into })}
              </a>
            </p>
          )}
          <TicketFields
            ticket={ticket}
            editable={editable}
            onChange={(what) => void change(what).catch(tellFailure)}
          />
          {ticket.csat && (
            <p class="notice">
              {translate('event.csat_add', { rating: ticket.csat.rating })} {ticket.csat.comment}
            </p>
          )}
          <Links ticket={ticket} editable={editable} onTicket={onTicket} />
          <History ticket={ticket} />
        </div>
        {threads[0] && (
          <ContextPane
            thread={{
              ...threads[0],
              customer: ticket.customer,
              ticket_details: ticket,
              handover: ticket.handover,
              present: [],
            }}
          />
        )}
      </div>
      {dialog === 'merge' && <MergeDialog ticket={ticket} onClose={close} />}
      {dialog === 'snooze' && <SnoozeDialog onClose={close} onChoose={snooze} />}
      {dialog === 'labels' && (
        <LabelDialog
          before={ticket.tags}
          onSave={(tags) => void change({ tags }).catch(tellFailure)}
          onClose={close}
        />
      )}
    </>
  );
}
