import { listCustomers } from '../api/customer-api.ts';
import { listTickets } from '../api/ticket-api.ts';
import { customerAddress, ticketAddress } from '../data/addresses.ts';
import type { Command } from '../hotkeys/commands.ts';
import { may } from '../session/session.ts';

/** Found of each kind. */
const FOUND = 5;

/** Tickets and customers that fit the words, as commands that lead to them. */
export async function searchDesk(
  text: string,
  go: (address: string) => void,
  signal: AbortSignal,
): Promise<Command[]> {
  const [tickets, customers] = await Promise.all([
    may('desk.read') ? listTickets({ q: text, limit: FOUND }, null, signal) : { items: [] },
    may('customers.read') ? listCustomers({ q: text }, null, signal) : { items: [] },
  ]);
  return [
    ...tickets.items.map(({ number, subject }) => ({
      id: `ticket-${number}`,
      label: `#${number} ${subject}`,
      group: 'go' as const,
      icon: 'ticket' as const,
      run: () => go(ticketAddress(number)),
    })),
    ...customers.items.slice(0, FOUND).map(({ id, name, email }) => ({
      id: `customer-${id}`,
      label: [name, email].filter(Boolean).join(' · ') || id,
      group: 'go' as const,
      icon: 'customers' as const,
      run: () => go(customerAddress(id)),
    })),
  ];
}
