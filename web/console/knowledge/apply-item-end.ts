import type { JobItem } from '../api/knowledge-types.ts';

/** A list of a job's files after one of them ended: in its place, if the filter still wants it. */
export function applyItemEnd(
  items: readonly JobItem[],
  ended: JobItem,
  filter: string | null,
): readonly JobItem[] {
  const others = items.filter(({ ordinal }) => ordinal !== ended.ordinal);
  if (filter !== null && ended.state !== filter) return others;
  const place = others.findIndex(({ ordinal }) => ordinal > ended.ordinal);
  // Beyond what has been loaded, unless nothing was: the next page brings it.
  if (place === -1 && others.length === items.length && items.length > 0 && filter === null) return items;
  return others.toSpliced(place === -1 ? others.length : place, 0, ended);
}
