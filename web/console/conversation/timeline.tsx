import { useEffect, useRef } from 'preact/hooks';
import type { DeskEvent } from '../api/wire-types.ts';
import { useVirtualizer } from '../components/use-virtualizer.ts';
import { translate } from '../translate.ts';
import { lastSeen } from './last-seen.ts';
import { TimelineItem } from './timeline-item.tsx';

interface TimelineProps {
  events: readonly DeskEvent[];
  customerName: string;
  onStart: () => void;
  /** The customer is writing. */
  customerTypes: boolean;
  /** The last event that the customer has seen. */
  customerRead: number;
}

/** Pixels of a message before it has been measured. */
const ESTIMATE = 84;
/** Rows from the start at which older ones are asked for. */
const NEAR_START = 10;

/** The whole thread; only what is in view is in the page. Stays at the end for whoever is there. */
export function Timeline({ events, customerName, onStart, customerTypes, customerRead }: TimelineProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    scroller,
    count: events.length,
    estimateSize: () => ESTIMATE,
    getItemKey: (index) => events[index]!.id,
    anchorTo: 'end',
    followOnAppend: true,
    paddingStart: 12,
    paddingEnd: 12,
  });
  const seen = lastSeen(events, customerRead);
  const rows = virtualizer.getVirtualItems();
  const first = rows[0]?.index ?? 0;
  const last = rows.at(-1)?.index;
  const opened = useRef(false);
  const reachedEnd = useRef(false);

  useEffect(() => {
    if (events.length > 0 && !opened.current) {
      opened.current = true;
      // The end, not its index: older events that come meanwhile would put another one at that index.
      virtualizer.scrollToEnd();
    }
  }, [events.length]);
  useEffect(() => {
    // A thread is first drawn from its start: that is no wish for older events.
    if (last === events.length - 1) reachedEnd.current = true;
    if (reachedEnd.current && first < NEAR_START) onStart();
  }, [first, last, events.length]);

  return (
    <div class="timeline" ref={scroller} tabIndex={0} role="log" aria-label={translate('thread.log')}>
      <div class="timeline-rows" style={{ height: `${virtualizer.getTotalSize()}px` }}>
        {rows.map(({ index, key, start }) => (
          <div
            key={String(key)}
            class="timeline-row"
            ref={virtualizer.measureElement}
            data-index={index}
            style={{ transform: `translateY(${start}px)` }}
          >
            <TimelineItem event={events[index]!} before={events[index - 1]} customerName={customerName} />
            {index === seen && <p class="timeline-seen">{translate('message.seen')}</p>}
          </div>
        ))}
      </div>
      {customerTypes && (
        <p class="timeline-typing">{translate('thread.customer_types', { name: customerName })}</p>
      )}
    </div>
  );
}
