/** A run of a document's text: one passage, or what lies between two. */
export interface Segment {
  start: number;
  text: string;
  /** Id of the passage; null between passages. */
  chunk: number | null;
}

/** The whole text in order, cut where passages begin and end; a passage that reaches into the next ends there. */
export function splitByChunks(
  text: string,
  chunks: readonly { id: number; start: number; end: number }[],
): Segment[] {
  const segments: Segment[] = [];
  let place = 0;
  const add = (end: number, chunk: number | null): void => {
    if (end > place) segments.push({ start: place, text: text.slice(place, end), chunk });
    place = Math.max(place, end);
  };
  const sorted = [...chunks].sort((one, other) => one.start - other.start);
  for (const [index, { id, start, end }] of sorted.entries()) {
    add(start, null);
    add(Math.min(end, sorted[index + 1]?.start ?? end, text.length), id);
  }
  add(text.length, null);
  return segments;
}
