import type { Span } from '../inference/contracts.ts';
import { leavesSentenceOpen } from './sentence-abbreviations.ts';

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

/** Characters segmented at once. ICU takes quadratic time on runs of tiny sentences: 165 s for 900 KB of "A. ". */
const WINDOW_CHARACTERS = 2048;

/** Characters of a line from which on a break before a small letter is taken for a hard wrap. */
const HARD_WRAP_CHARACTERS = 60;

const CITATIONS = /(?:\s*\[\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\])+/y;
const CITATION_REST = /\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\]/y;
const CLOSERS = `"'”’»)\\]}」』）】〉》`;
const LAST_WORD = /(?:[\p{L}\p{N}]+\.)+$/u;
const WORD_BEFORE = /([\p{L}\p{N}'’-]+)[^\p{L}\p{N}]*$/u;
const NEXT_WORD = /["'“”‘’„«[]*([+#(€$£]?[\p{L}\p{N}]+)/uy;
const LIST_MARKER = /^(?:\(?(?:\d{1,3}|\p{L}|[ivx]{1,5})[.)]|[-*•–])$/iu;
const CJK_END = new RegExp(`[。！？｡．…][${CLOSERS}]*$`, 'u');
const QUOTED_END = new RegExp(`[.!?…][${CLOSERS}]+$`, 'u');
/** No stop before the last character, in scripts whose stops are these. */
const UNSTOPPED = /^[^.!?\n\r\u0085\u0589-\uffff]*.$/;
const STOPPED = new RegExp(`[.!?:;。！？｡…][${CLOSERS}]*$`, 'u');

/**
 * Sentences of `text` between `from` and `to` as spans without outer white space, in order, covering
 * every character that is not white space. A blank line always ends a sentence; a single line break
 * does too (list items, table rows), unless a long line goes on with a small letter on the next.
 */
export function splitSentences(text: string, from = 0, to = text.length): Span[] {
  const spans: Span[] = [];
  let start = skipWhite(text, from, to);
  let decided = start;
  for (const boundary of boundaries(text, start, to)) {
    if (boundary <= decided) continue;
    const gapStart = skipWhiteBack(text, boundary, start);
    const gapEnd = skipWhite(text, boundary, to);
    const end = sentenceEnd(text, start, gapStart, gapEnd);
    decided = gapEnd;
    if (end === null || gapEnd >= to) continue;
    spans.push({ start, end });
    start = skipWhite(text, end, to);
    decided = Math.max(decided, start);
  }
  const end = skipWhiteBack(text, to, start);
  if (end > start) spans.push({ start, end });
  return spans;
}

/** Where the segmenter sees a sentence end, in windows so that the time stays linear. */
function* boundaries(text: string, from: number, to: number): Generator<number> {
  // Starting the segmenter costs 20 µs, more than all else for the cells and titles that documents are full of.
  if (to - from < 200 && UNSTOPPED.test(text.slice(from, to))) return;
  let position = from;
  while (position < to) {
    const windowEnd = Math.min(to, position + WINDOW_CHARACTERS);
    let last = position;
    for (const { index } of segmenter.segment(text.slice(position, windowEnd))) {
      last = position + index;
      if (index > 0) yield last;
    }
    // The last segment may go on behind the window, so the next window begins with it.
    position = windowEnd < to && last > position ? last : windowEnd;
  }
}

/** Where the sentence really ends at this gap of white space, or null when it goes on. */
function sentenceEnd(text: string, start: number, gapStart: number, gapEnd: number): number | null {
  const gap = text.slice(gapStart, gapEnd);
  const tail = text.slice(Math.max(start, gapStart - 64), gapStart);
  if (/[\n\r\u2028\u2029]/.test(gap)) return isHardWrap(text, start, gapStart, gapEnd, gap) ? null : gapStart;
  if (gap === '') return endWithoutSpace(text, tail, gapStart);
  const citations = matchAt(CITATIONS, text, gapEnd);
  if (citations) return gapEnd + citations[0].length;
  if (gapStart - start <= 8 && LIST_MARKER.test(text.slice(start, gapStart))) return null;
  const next = matchAt(NEXT_WORD, text, gapEnd)?.[1] ?? '';
  if (/^\p{Ll}/u.test(next) && QUOTED_END.test(tail)) return null;
  const last = LAST_WORD.exec(tail);
  const before = last ? (WORD_BEFORE.exec(tail.slice(0, last.index))?.[1] ?? '') : '';
  return last && leavesSentenceOpen(last[0], before, next) ? null : gapStart;
}

/** Without white space only CJK stops and a citation mark end a sentence; "v2.1?x=1" does not. */
function endWithoutSpace(text: string, tail: string, position: number): number | null {
  if (tail.endsWith('[')) {
    const rest = matchAt(CITATION_REST, text, position);
    if (rest)
      return (
        position + rest[0].length + (matchAt(CITATIONS, text, position + rest[0].length)?.[0].length ?? 0)
      );
  }
  return CJK_END.test(tail) ? position : null;
}

function isHardWrap(text: string, start: number, gapStart: number, gapEnd: number, gap: string): boolean {
  if (/[\n\r\u2028\u2029][^\S\n]*[\n\u2028\u2029]/.test(gap.replaceAll('\r\n', '\n'))) return false;
  const lineStart = Math.max(start, text.lastIndexOf('\n', gapStart - 1) + 1);
  if (gapStart - lineStart < HARD_WRAP_CHARACTERS) return false;
  return /^\p{Ll}/u.test(text.slice(gapEnd, gapEnd + 2)) && !STOPPED.test(text.slice(gapStart - 8, gapStart));
}

function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(text);
}

function skipWhite(text: string, from: number, to: number): number {
  let position = from;
  while (position < to && isWhite(text.charCodeAt(position))) position += 1;
  return position;
}

function skipWhiteBack(text: string, from: number, to: number): number {
  let position = from;
  while (position > to && isWhite(text.charCodeAt(position - 1))) position -= 1;
  return position;
}

function isWhite(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  return code === 0xa0 || code === 0xfeff || (code >= 0x1680 && /\s/.test(String.fromCharCode(code)));
}
