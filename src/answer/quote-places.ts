import type { Span } from '../inference/contracts.ts';
import type { HeldSentence, RankedPassage } from './path-types.ts';

/** As many of the places as fit; from the best sentence on where it would be cut off. */
export function withinRoom(
  { chunk: { text }, sentences }: RankedPassage,
  places: readonly number[],
  best: number,
  room: number,
): number[] {
  const fitting = (from: readonly number[]): number[] => {
    let left = room;
    const end = from.findIndex((place) => (left -= textAt(text, sentences[place]).length + 1) < 0);
    return from.slice(0, end < 0 ? from.length : Math.max(end, 1));
  };
  const all = fitting(places);
  return all.includes(best) ? all : fitting(places.filter((place) => place >= best));
}

/** Neighbours with nothing but white space between them are quoted as one: what was taken out must not come back. */
export function quotationsOf(passage: RankedPassage, places: readonly number[]): HeldSentence[] {
  const { text } = passage.chunk;
  const spans: Span[] = [];
  for (const place of places) {
    const span = passage.sentences[place]!;
    const before = spans.at(-1);
    if (before && text.slice(before.end, span.start).trim() === '') before.end = span.end;
    else spans.push({ ...span });
  }
  return spans.map((evidence) => ({ text: textAt(text, evidence), passage, evidence }));
}

/** Both included. */
export function placesBetween(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
}

/** '' where there is no such place. */
export function textAt(text: string, span: Span | undefined): string {
  return span ? text.slice(span.start, span.end) : '';
}
