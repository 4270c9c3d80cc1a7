import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useVirtualizer } from './use-virtualizer.ts';

interface VirtualListProps<Item> {
  items: readonly Item[];
  keyOf: (item: Item) => string | number;
  /** Pixels of a row before it has been measured. */
  rowHeight: number;
  render: (item: Item, index: number) => ComponentChildren;
  /** Name of the list for screen readers. */
  label: string;
  /** Called when the end comes near. */
  onEnd?: () => void;
  /** Whether more may come: readers of the list are told that its length is not known. */
  more?: boolean;
  /** Row to be in view, as when the keys move through the list. */
  shown?: number;
  class?: string;
}

/** Rows from the end at which more are asked for. */
const NEAR_END = 15;

/** A list of any length of which only what is in view is in the page. */
export function VirtualList<Item>(props: VirtualListProps<Item>) {
  const { items, keyOf, rowHeight, render, label, onEnd, more = false, shown } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: items.length,
    scroller,
    estimateSize: () => rowHeight,
    getItemKey: (index) => keyOf(items[index]!),
  });
  const rows = virtualizer.getVirtualItems();
  const last = rows.at(-1)?.index ?? -1;

  useEffect(() => {
    if (more && last >= items.length - NEAR_END) onEnd?.();
  }, [last, items.length, more]);
  useEffect(() => {
    if (shown !== undefined && shown >= 0 && shown < items.length)
      virtualizer.scrollToIndex(shown, { align: 'auto' });
  }, [shown]);

  return (
    <div ref={scroller} class={`virtual-list ${props.class ?? ''}`} tabIndex={-1}>
      <ul aria-label={label} style={{ height: `${virtualizer.getTotalSize()}px` }}>
        {rows.map(({ index, key, start }) => (
          <li
            key={String(key)}
            ref={virtualizer.measureElement}
            data-index={index}
            aria-setsize={more ? -1 : items.length}
            aria-posinset={index + 1}
            style={{ transform: `translateY(${start}px)` }}
          >
            {render(items[index]!, index)}
          </li>
        ))}
      </ul>
    </div>
  );
}
