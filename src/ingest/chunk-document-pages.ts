import type { Span } from '../inference/contracts.ts';
import type { PageStart } from './ingest-types.ts';

/** The pages that a span stands on: the one that it begins on first, even where that began before it. */
export function pagesOf(pages: readonly PageStart[], { start, end }: Span): PageStart[] {
  let low = 0;
  let high = pages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pages[middle]!.start <= start) low = middle + 1;
    else high = middle;
  }
  const found = pages.slice(Math.max(0, low - 1), low);
  for (let at = low; at < pages.length && pages[at]!.start < end; at += 1) found.push(pages[at]!);
  return found;
}
