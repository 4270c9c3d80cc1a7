import type { Span } from '../inference/contracts.ts';

/** Says whether this piece of text fits where it is to go. Must hold for every shorter prefix, too. */
type Fits = (text: string) => boolean;

/**
 * Cuts text[start, end) into pieces that fit, at white space where there is some, else between
 * characters. Every piece holds at least one character, so the cut always ends.
 */
export function cutToFit(text: string, span: Span, longest: number, fits: Fits): Span[] {
  const pieces: Span[] = [];
  let start = span.start;
  while (start < span.end) {
    const end = prefixEnd(text, start, Math.min(span.end, start + longest), span.end, fits);
    const trimmed = start + text.slice(start, end).trimEnd().length;
    if (trimmed > start) pieces.push({ start, end: trimmed });
    start = end + (text.slice(end, span.end).match(/^\s{1,4096}/)?.[0].length ?? 0);
  }
  return pieces;
}

/** The longest prefix that fits, in whole words if one fits. */
function prefixEnd(text: string, start: number, limit: number, end: number, fits: Fits): number {
  if (limit === end && fits(text.slice(start, end))) return end;
  const words: number[] = [];
  for (const match of text.slice(start, Math.min(end, limit + 1)).matchAll(/\s+/g)) {
    if (match.index > 0) words.push(start + match.index);
  }
  const word = lastFitting(words.length, (index) => fits(text.slice(start, words[index])));
  if (word >= 0) return words[word] ?? limit;
  const count = lastFitting(limit - start, (index) => fits(text.slice(start, start + index + 1))) + 1;
  return wholeCharacter(text, start, start + Math.max(1, count));
}

/** Index of the last candidate that fits, -1 when none does. */
function lastFitting(count: number, fitsAt: (index: number) => boolean): number {
  let low = -1;
  let high = count;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (fitsAt(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** Never between the two halves of a surrogate pair. */
function wholeCharacter(text: string, start: number, end: number): number {
  const isSplit = /^[\udc00-\udfff]/.test(text.charAt(end)) && /[\ud800-\udbff]$/.test(text.charAt(end - 1));
  if (!isSplit) return end;
  return end - 1 > start ? end - 1 : end + 1;
}
