import type { Ticket } from '../../api/wire-types.ts';
import { Avatar } from '../../components/avatar.tsx';
import { NextDue } from '../../components/due-time.tsx';
import { PriorityBadge, StatusBadge } from '../../components/state-badge.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { ticketAddress } from '../../data/addresses.ts';
import { staffName } from '../../data/staff.ts';
import { translate } from '../../translate.ts';

interface TicketRowProps {
  ticket: Ticket;
  selected: boolean;
  onSelect: (range: boolean) => void;
  onFocus: () => void;
}

export function TicketRow({ ticket, selected, onSelect, onFocus }: TicketRowProps) {
  const { number, subject, status, priority, contact, updated_at: updatedAt } = ticket;
  const assignee = staffName(ticket.assignee_id);
  const click = (event: MouseEvent) => {
    if (!event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    onSelect(true);
  };
  return (
    <div class="ticket-row" data-selected={selected} onFocusCapture={onFocus}>
      <input
        type="checkbox"
        aria-label={translate('tickets.select', { number })}
        checked={selected}
        onClick={(event) => onSelect(event.shiftKey)}
      />
      <a href={ticketAddress(number)} class="ticket-link" data-ticket={number} onClick={click}>
        <span class="ticket-number">#{number}</span>
        <span class="ticket-subject">{subject}</span>
      </a>
      <span class="ticket-customer wide-only">{contact.name ?? contact.email ?? ''}</span>
      <span>
        <PriorityBadge priority={priority} />
      </span>
      <span>
        <StatusBadge status={status} />
      </span>
      <span class="ticket-due wide-only">
        <NextDue ticket={ticket} />
      </span>
      <span class="ticket-assignee wide-only" title={assignee ?? translate('thread.nobody')}>
        {assignee !== null && <Avatar name={assignee} small />}
        <span class="visually-hidden">{assignee ?? translate('thread.nobody')}</span>
      </span>
      <span class="ticket-time">
        <RelativeTime at={updatedAt} />
      </span>
    </div>
  );
}
