import { useEffect } from 'preact/hooks';
import { listTickets } from '../../api/ticket-api.ts';
import type { Ticket } from '../../api/wire-types.ts';
import { NextDue } from '../../components/due-time.tsx';
import { Icon } from '../../components/icon.tsx';
import { Menu } from '../../components/menu.tsx';
import { PriorityBadge } from '../../components/state-badge.tsx';
import { Failure, Skeleton } from '../../components/states.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { ticketAddress } from '../../data/addresses.ts';
import { staffName } from '../../data/staff.ts';
import { useCursorList } from '../../data/use-cursor-list.ts';
import { translate } from '../../translate.ts';
import { COLUMNS, isTarget, type Target } from './board-targets.ts';
import { toQuery, writeFilter, type TicketFilter } from './ticket-filter.ts';

interface BoardColumnProps {
  status: (typeof COLUMNS)[number];
  filter: TicketFilter;
  /** Counts moves: after each the column looks anew. */
  round: number;
  movable: boolean;
  onMove: (ticket: Pick<Ticket, 'number' | 'status'>, target: Target) => void;
}

const CARD_HEIGHT = 92;
const TYPE = 'application/x-answerbox-ticket';

export function BoardColumn({ status, filter, round, movable, onMove }: BoardColumnProps) {
  const own = { ...filter, status };
  const list = useCursorList<Ticket>(writeFilter(own), (cursor, signal) =>
    listTickets(toQuery(own), cursor, signal),
  );
  useEffect(() => {
    if (round > 0) list.reload();
  }, [round]);
  const drop = (event: DragEvent) => {
    const data = event.dataTransfer?.getData(TYPE) ?? '';
    if (!isTarget(status) || data === '') return;
    event.preventDefault();
    onMove(JSON.parse(data) as Pick<Ticket, 'number' | 'status'>, status);
  };
  const title = translate(`status.${status}`);
  return (
    <section
      class="board-column"
      aria-label={title}
      onDragOver={(event) => {
        if (isTarget(status) && movable) event.preventDefault();
      }}
      onDrop={drop}
    >
      <h2>
        {title}{' '}
        {list.state === 'ready' && <span class="count">{`${list.items.length}${list.more ? '+' : ''}`}</span>}
      </h2>
      {list.state === 'failed' && <Failure error={list.error} onRetry={list.reload} />}
      {list.state === 'loading' && <Skeleton rows={3} />}
      {list.state === 'ready' && list.items.length === 0 && <p class="muted">{translate('board.none')}</p>}
      {list.state === 'ready' && list.items.length > 0 && (
        <VirtualList
          label={title}
          items={list.items}
          keyOf={({ number }) => number}
          rowHeight={CARD_HEIGHT}
          more={list.more}
          onEnd={list.loadMore}
          render={(ticket) => <Card ticket={ticket} movable={movable} onMove={onMove} />}
        />
      )}
    </section>
  );
}

function Card({
  ticket,
  movable,
  onMove,
}: Pick<BoardColumnProps, 'movable' | 'onMove'> & { ticket: Ticket }) {
  const { number, status, subject, priority } = ticket;
  return (
    <article
      class="card"
      draggable={movable}
      onDragStart={(event) => event.dataTransfer?.setData(TYPE, JSON.stringify({ number, status }))}
    >
      <a href={ticketAddress(number)}>
        <span class="ticket-number">#{number}</span> {subject}
      </a>
      <div class="card-facts">
        <PriorityBadge priority={priority} />
        <NextDue ticket={ticket} />
        <span class="muted">{staffName(ticket.assignee_id)}</span>
        {movable && (
          <Menu
            class="button icon-only small"
            label={translate('board.move', { number })}
            trigger={<Icon name="more" />}
            items={COLUMNS.filter(isTarget).map((value) => ({
              value,
              label: translate(`status.${value}`),
              checked: value === status,
            }))}
            onSelect={(value) => isTarget(value) && onMove(ticket, value)}
          />
        )}
      </div>
    </article>
  );
}
