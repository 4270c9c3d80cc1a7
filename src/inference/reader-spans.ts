import type { Reading, Span } from './contracts.ts';

/** Tokens of the longest span that may be an answer. 5…60. The reader was trained on answers up to 30. */
const LONGEST_SPAN = 30;

/** Start and end logits of the text's tokens, and where each token lies in the text. */
export interface SpanLogits {
  start: Float32Array;
  end: Float32Array;
  spans: readonly Span[];
}

interface TokenSpan {
  from: number;
  to: number;
  logit: number;
}

/** The best span and, for each sentence, the logit of the best span that begins in it. */
export function bestSpans(
  logits: SpanLogits,
  sentences: readonly Span[],
): Pick<Reading, 'span' | 'sentenceLogits'> {
  const sentenceLogits = sentences.map(() => -Infinity);
  let best: TokenSpan | null = null;
  let sentence = 0;
  for (let from = 0; from < logits.spans.length; from += 1) {
    const found = bestFrom(logits, from);
    if (best === null || found.logit > best.logit) best = found;
    const offset = logits.spans[from]!.start;
    while (sentence < sentences.length && sentences[sentence]!.end <= offset) sentence += 1;
    const holder = sentences[sentence];
    if (holder && holder.start <= offset) {
      sentenceLogits[sentence] = Math.max(sentenceLogits[sentence]!, found.logit);
    }
  }
  return { span: best && toText(best, logits.spans), sentenceLogits };
}

function bestFrom({ start, end, spans }: SpanLogits, from: number): TokenSpan {
  const last = Math.min(spans.length, from + LONGEST_SPAN);
  let to = from;
  for (let i = from + 1; i < last; i += 1) if (end[i]! > end[to]!) to = i;
  return { from, to, logit: start[from]! + end[to]! };
}

function toText(best: TokenSpan, spans: readonly Span[]): Reading['span'] {
  return { start: spans[best.from]!.start, end: spans[best.to]!.end, logit: best.logit };
}
