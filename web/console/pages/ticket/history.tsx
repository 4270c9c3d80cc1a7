import { ticketHistory } from '../../api/ticket-api.ts';
import type { DeskEvent, WholeTicket } from '../../api/wire-types.ts';
import { Failure, Skeleton } from '../../components/states.tsx';
import { TimelineItem } from '../../conversation/timeline-item.tsx';
import { useCursorList } from '../../data/use-cursor-list.ts';
import { translate } from '../../translate.ts';

/** Read from the server at once. */
const PAGE = 200;

/** Everything that was done with a ticket and said in its conversations, oldest first. */
export function History({ ticket: { number, version, contact } }: { ticket: WholeTicket }) {
  const list = useCursorList<DeskEvent>(`${number} ${version}`, async (cursor, signal) => {
    const items = await ticketHistory(number, Number(cursor ?? 0), signal);
    return { items, next: items.length < PAGE ? null : String(items.at(-1)?.position ?? 0) };
  });
  return (
    <section class="ticket-section">
      <h2>{translate('ticket.history')}</h2>
      {list.state === 'failed' && <Failure error={list.error} onRetry={list.reload} />}
      {list.state === 'loading' && <Skeleton rows={5} />}
      {list.items.map((event, index) => (
        <TimelineItem
          key={event.id}
          event={event}
          before={list.items[index - 1]}
          customerName={contact.name ?? translate('actor.customer')}
        />
      ))}
      {list.more && (
        <button type="button" class="button small" onClick={list.loadMore}>
          {translate('list.more')}
        </button>
      )}
    </section>
  );
}
