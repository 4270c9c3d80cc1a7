import { useRef, useState } from 'preact/hooks';
import { listTickets } from '../../api/ticket-api.ts';
import type { Ticket } from '../../api/wire-types.ts';
import { Empty, Failure, Skeleton } from '../../components/states.tsx';
import { VirtualList } from '../../components/virtual-list.tsx';
import { useCursorList } from '../../data/use-cursor-list.ts';
import { useListCommands } from '../../hotkeys/use-list-commands.ts';
import { may } from '../../session/session.ts';
import { translate } from '../../translate.ts';
import { BulkBar } from './bulk-bar.tsx';
import { addRange, toggle, type Selection } from './selection.ts';
import { toQuery, writeFilter, type TicketFilter } from './ticket-filter.ts';
import { TicketRow } from './ticket-row.tsx';
import { useLiveTickets } from './use-live-tickets.ts';

const ROW_HEIGHT = 41;

/** Any number of tickets, page by page as one scrolls; `x` and Shift with a click choose. */
export function TicketList({ filter }: { filter: TicketFilter }) {
  const key = writeFilter(filter);
  const list = useCursorList<Ticket>(key, (cursor, signal) => listTickets(toQuery(filter), cursor, signal));
  useLiveTickets(list);
  const [selection, setSelection] = useState<Selection>(new Set());
  const anchor = useRef<number | null>(null);
  const numbers = list.items.map(({ number }) => number);

  const select = (number: number, range: boolean) => {
    setSelection(range ? addRange(selection, numbers, anchor.current, number) : toggle(selection, number));
    anchor.current = number;
  };
  const [cursor, setCursor] = useListCommands({
    name: `tickets ${key}`,
    length: numbers.length,
    rowOf: (index) => document.querySelector<HTMLElement>(`[data-ticket="${numbers[index] ?? ''}"]`),
    more: [
      {
        id: 'select',
        label: translate('action.select'),
        group: 'list',
        keys: 'x',
        hidden: true,
        run: () => {
          const number = numbers[cursor];
          if (number !== undefined) select(number, false);
        },
      },
    ],
  });

  if (list.state === 'failed') return <Failure error={list.error} onRetry={list.reload} />;
  if (list.state === 'loading') return <Skeleton rows={14} />;
  if (list.items.length === 0)
    return <Empty icon="ticket" title={translate('tickets.none')} hint={translate('tickets.none_hint')} />;
  return (
    <>
      {selection.size > 0 && may('desk.write') && (
        <BulkBar
          selection={selection}
          onClear={() => setSelection(new Set())}
          onDone={(failed) => {
            setSelection(new Set(failed));
            list.reload();
          }}
        />
      )}
      <VirtualList
        label={translate('tickets.title')}
        items={list.items}
        keyOf={({ number }) => number}
        rowHeight={ROW_HEIGHT}
        more={list.more}
        onEnd={list.loadMore}
        shown={cursor}
        render={(ticket, index) => (
          <TicketRow
            ticket={ticket}
            selected={selection.has(ticket.number)}
            onSelect={(range) => select(ticket.number, range)}
            onFocus={() => setCursor(index)}
          />
        )}
      />
    </>
  );
}
