import type { Span } from '../inference/contracts.ts';

/** "- ", "• ", "3. ", "3) ", "(b) " at the beginning of a line. */
const ITEM = /^\s*(?:[-*•–]|\(?(?:\d{1,3}|[a-z])[.)])\s+\S/i;
/** A row as tables without column names leave it: "Cash | €2,000 | no notes of €500". */
const CELLS = /^[^|\n]+(?:\|[^|\n]*)+$/;
/** A row with its column names: "Method: Cash; Limit: €2,000." */
const NAMED_CELLS = /^[^:;\n]{1,60}: [^;\n]+(?:; [^:;\n]{1,60}: [^;\n]+)+$/;

/** Ends of what introduces a list, or words that point at it; any other sentence before a list speaks of something else. */
const INTRODUCES = /[:：]$|\b(?:these|the following|as follows|below|steps?|in (?:this |that )?order)\b/i;

type SeriesKind = 'item' | 'row' | 'named_row';

/** What a line of a passage is part of; null for prose. */
export function seriesKind(line: string): SeriesKind | null {
  const text = line.trim();
  if (ITEM.test(text)) return 'item';
  if (NAMED_CELLS.test(text)) return 'named_row';
  return CELLS.test(text) ? 'row' : null;
}

/** The line of `text` in which a sentence lies. */
export function lineOf(text: string, { start }: Pick<Span, 'start'>): Span {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', start);
  return { start: from, end: to < 0 ? text.length : to };
}

/**
 * The sentences without which this one cannot be understood, as places in `sentences`: for an item of a list the
 * sentence that introduces the list and what its own item says before, for a row of a table without column names
 * its header row. Rows with column names need none; prose has none.
 */
export function leadsOf(text: string, sentences: readonly Span[], index: number): number[] {
  const span = sentences[index];
  const line = span && lineOf(text, span);
  const kind = line && seriesKind(text.slice(line.start, line.end));
  if (!span || !kind || kind === 'named_row') return [];
  const first = firstLine(text, line, kind);
  const inFront = sentences.findLastIndex(({ end }) => end <= first.start);
  if (kind === 'row') {
    const header = sentences.findIndex(({ start }) => start >= first.start);
    return header < 0 || header >= index ? [] : [header];
  }
  const own = sentences.flatMap(({ start }, place) => (start >= line.start && place < index ? [place] : []));
  const lead = sentences[inFront];
  const introduces = lead !== undefined && INTRODUCES.test(text.slice(lead.start, lead.end));
  return [...(introduces ? [inFront] : []), ...own];
}

/** The first line of the series of this kind that the line belongs to: lines of one kind with nothing between them. */
function firstLine(text: string, line: Span, kind: SeriesKind): Span {
  let first = line;
  while (first.start > 0) {
    const before = lineOf(text, { start: first.start - 1 });
    if (seriesKind(text.slice(before.start, before.end)) !== kind) break;
    first = before;
  }
  return first;
}
