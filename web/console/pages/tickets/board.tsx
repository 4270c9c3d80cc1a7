import { useState } from 'preact/hooks';
import { changeTicket } from '../../api/ticket-api.ts';
import type { Ticket } from '../../api/wire-types.ts';
import { tellDone, tellFailure } from '../../components/toasts.tsx';
import { may } from '../../session/session.ts';
import { translate } from '../../translate.ts';
import { BoardColumn } from './board-column.tsx';
import { COLUMNS, isTarget, type Target } from './board-targets.ts';
import type { TicketFilter } from './ticket-filter.ts';

/** Tickets by status; each column is a list of its own. */
export function Board({ filter }: { filter: TicketFilter }) {
  const [round, setRound] = useState(0);
  const again = () => setRound((count) => count + 1);
  const move = async (ticket: Pick<Ticket, 'number' | 'status'>, status: Target) => {
    if (ticket.status === status) return;
    await changeTicket(ticket.number, { status });
    again();
    const text = translate('done.moved', { number: ticket.number, status: translate(`status.${status}`) });
    const before = ticket.status;
    if (!isTarget(before)) return;
    tellDone(text, () => void changeTicket(ticket.number, { status: before }).then(again).catch(tellFailure));
  };
  return (
    <div class="board">
      {COLUMNS.map((status) => (
        <BoardColumn
          key={status}
          status={status}
          filter={filter}
          round={round}
          movable={may('desk.write')}
          onMove={(ticket, target) => void move(ticket, target).catch(tellFailure)}
        />
      ))}
    </div>
  );
}
