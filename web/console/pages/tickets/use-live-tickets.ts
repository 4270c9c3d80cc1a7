import { useEffect, useRef } from 'preact/hooks';
import { getTicket } from '../../api/ticket-api.ts';
import type { Ticket } from '../../api/wire-types.ts';
import { tellFailure } from '../../components/toasts.tsx';
import { isNotice, useDeskEvents } from '../../data/desk-events.ts';
import type { CursorList } from '../../data/use-cursor-list.ts';

const GATHER_MS = 300;

/** Keeps the rows that are shown as the tickets are; new ones appear at the next look, so that no row jumps. */
export function useLiveTickets(list: CursorList<Ticket>): void {
  const changed = useRef(new Set<number>());
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const newest = useRef(list);
  newest.current = list;

  const take = async (numbers: readonly number[]): Promise<void> => {
    const tickets = await Promise.all(numbers.map((number) => getTicket(number)));
    const fresh = new Map(tickets.map((ticket) => [ticket.number, ticket]));
    newest.current.setItems((items) => items.map((item) => fresh.get(item.number) ?? item));
  };
  useDeskEvents((event) => {
    if (isNotice(event) || event.ticket === null) return;
    if (event.type === 'ticket-add' && list.items.length === 0) return list.reload();
    if (!list.items.some(({ number }) => number === event.ticket)) return;
    changed.current.add(event.ticket);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const numbers = [...changed.current];
      changed.current.clear();
      take(numbers).catch(tellFailure);
    }, GATHER_MS);
  });
}
