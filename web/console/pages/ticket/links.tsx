import { useState } from 'preact/hooks';
import { linkTicket } from '../../api/ticket-api.ts';
import type { WholeTicket } from '../../api/wire-types.ts';
import { Icon } from '../../components/icon.tsx';
import { tellFailure } from '../../components/toasts.tsx';
import { ticketAddress } from '../../data/addresses.ts';
import { translate } from '../../translate.ts';

interface LinksProps {
  ticket: WholeTicket;
  editable: boolean;
  onTicket: (ticket: WholeTicket) => void;
}

/** Tickets that belong together without being one. */
export function Links({ ticket, editable, onTicket }: LinksProps) {
  const [other, setOther] = useState('');
  const change = (number: number, linked: boolean) => {
    linkTicket(ticket.number, number, linked)
      .then((next) => {
        onTicket(next);
        setOther('');
      })
      .catch(tellFailure);
  };
  const add = (event: Event) => {
    event.preventDefault();
    const number = Number(other.replace('#', ''));
    if (Number.isInteger(number) && number > 0) change(number, true);
  };
  return (
    <section class="ticket-section">
      <h2>{translate('ticket.links')}</h2>
      <ul class="link-list">
        {ticket.links.map((number) => (
          <li key={number}>
            <a href={ticketAddress(number)}>#{number}</a>
            {editable && (
              <button
                type="button"
                class="button icon-only small"
                aria-label={translate('ticket.unlink', { number })}
                onClick={() => change(number, false)}
              >
                <Icon name="close" />
              </button>
            )}
          </li>
        ))}
        {editable && (
          <li>
            <form onSubmit={add}>
              <input
                aria-label={translate('ticket.link_number')}
                placeholder={translate('ticket.link_number')}
                inputMode="numeric"
                value={other}
                onInput={({ currentTarget }) => setOther(currentTarget.value)}
              />
              <button type="submit" class="button small">
                {translate('ticket.link')}
              </button>
            </form>
          </li>
        )}
      </ul>
    </section>
  );
}
