import type { Span } from '../inference/contracts.ts';
import { splitSentences } from './split-sentences.ts';

/** Sentences of a passage: each list item, table row and heading line stands alone. */
export function splitPassage(text: string): Span[] {
  const sentences: Span[] = [];
  for (let from = 0; from <= text.length;) {
    const lineEnd = text.indexOf('\n', from);
    const to = lineEnd < 0 ? text.length : lineEnd;
    if (to > from) sentences.push(...splitSentences(text, from, to));
    from = to + 1;
  }
  return sentences;
}
