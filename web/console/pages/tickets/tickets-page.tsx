import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { ExportLinks } from '../../components/export-links.tsx';
import { Icon } from '../../components/icon.tsx';
import { BASE, ticketAddress } from '../../data/addresses.ts';
import { PageHeader } from '../../shell/page-header.tsx';
import { may } from '../../session/session.ts';
import { translate } from '../../translate.ts';
import { Board } from './board.tsx';
import { NewTicket } from './new-ticket.tsx';
import { FilterBar } from './filter-bar.tsx';
import { readFilter, toQuery, writeFilter, type TicketFilter } from './ticket-filter.ts';
import { TicketList } from './ticket-list.tsx';
import './tickets.css';

export function TicketsPage() {
  const { query, route } = useLocation();
  const [adding, setAdding] = useState(false);
  const filter = readFilter(query);
  const board = filter.view === 'board';
  const change = (part: TicketFilter) => {
    const text = writeFilter({ ...filter, ...part });
    route(`${BASE}/tickets${text === '' ? '' : `?${text}`}`, true);
  };
  const view = (name: '' | 'board', icon: 'menu' | 'board') => (
    <button
      type="button"
      class="button icon-only small"
      aria-pressed={board === (name === 'board')}
      aria-label={translate(name === 'board' ? 'tickets.board' : 'tickets.list')}
      title={translate(name === 'board' ? 'tickets.board' : 'tickets.list')}
      onClick={() => change({ view: name })}
    >
      <Icon name={icon} />
    </button>
  );
  return (
    <>
      <PageHeader title={translate('tickets.title')}>
        {may('desk.write') && (
          <button type="button" class="button small primary" onClick={() => setAdding(true)}>
            {translate('tickets.add')}
          </button>
        )}
        {view('', 'menu')}
        {view('board', 'board')}
        <ExportLinks list="/api/v1/tickets" query={toQuery(filter)} />
      </PageHeader>
      <FilterBar filter={filter} onChange={change} withStatus={!board} />
      {adding && (
        <NewTicket onClose={() => setAdding(false)} onAdded={({ number }) => route(ticketAddress(number))} />
      )}
      {board ? <Board filter={filter} /> : <TicketList key={writeFilter(filter)} filter={filter} />}
    </>
  );
}
