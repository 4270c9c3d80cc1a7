import type { Span, TokenCounter } from '../inference/contracts.ts';
import { passageText } from '../text/passage-text.ts';
import { CONTEXT } from './answer-settings.ts';
import type { ContextPassage, QuestionPart, RankedPassage } from './path-types.ts';

/** A sentence that begins so leans on the one before it. */
const LEANS =
  /^(?:it|its|this|that|these|those|they|them|their|he|she|then|otherwise|in that case|for that|also|but|and|or|so)\b/i;
/** Tokens of "[1] ", ": " and the empty line between passages. */
const FRAME_TOKENS = 5;

/**
 * The best sentences for one part of the question within its share of the token budget, grouped by their
 * passage, in the order of their document; a sentence that leans on the one before brings it along.
 */
export function budgetContext(part: QuestionPart, tokens: TokenCounter): ContextPassage[] {
  const chosen = new Map<number, { passage: RankedPassage; indexes: Set<number> }>();
  const floor = (part.sentences[0]?.score ?? 0) - CONTEXT.margin;
  let left = CONTEXT.maxTokens * part.share;
  for (const { passage, index } of part.sentences
    .filter(({ score }) => score >= floor)
    .slice(0, CONTEXT.maxSentences)) {
    const entry = chosen.get(passage.chunk.id) ?? { passage, indexes: new Set<number>() };
    const added = withLead(passage, index).filter((one) => !entry.indexes.has(one));
    const cost = costOf(passage, added, entry.indexes.size === 0, tokens);
    if (cost > left) continue;
    left -= cost;
    for (const one of added) entry.indexes.add(one);
    chosen.set(passage.chunk.id, entry);
  }
  return [...chosen.values()].map(({ passage, indexes }, position) =>
    asContext(passage, indexes, position + 1),
  );
}

function withLead(passage: RankedPassage, index: number): number[] {
  const span = passage.sentences[index];
  const leans = span !== undefined && index > 0 && LEANS.test(textOf(passage, span));
  return leans ? [index - 1, index] : [index];
}

function costOf(
  passage: RankedPassage,
  indexes: readonly number[],
  isNew: boolean,
  tokens: TokenCounter,
): number {
  const text = indexes.map((index) => textOf(passage, passage.sentences[index])).join(' ');
  return (
    tokens.countTokens(text) + (isNew ? tokens.countTokens(passage.chunk.headingPath) + FRAME_TOKENS : 0)
  );
}

function asContext(passage: RankedPassage, indexes: ReadonlySet<number>, index: number): ContextPassage {
  const chosen = passage.sentences.filter((_, place) => indexes.has(place));
  const text = passageText({
    headingPath: passage.chunk.headingPath,
    text: chosen.map((span) => textOf(passage, span)).join(' '),
  });
  return { index, passage, chosen, text };
}

function textOf({ chunk }: RankedPassage, span: Span | undefined): string {
  return span ? chunk.text.slice(span.start, span.end) : '';
}
