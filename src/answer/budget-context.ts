import type { Span, TokenCounter } from '../inference/contracts.ts';
import { passageText } from '../text/passage-text.ts';
import { CONTEXT } from './answer-settings.ts';
import type { ContextPassage, QuestionPart, RankedPassage } from './path-types.ts';
import { leadsOf } from './read-series.ts';
import type { ContextBudget } from './writers/writer-types.ts';

/** A sentence that begins so leans on the one before it. */
const LEANS =
  /^(?:it|its|this|that|these|those|they|them|their|he|she|then|otherwise|in that case|for that|also|but|and|or|so)\b/i;
/** Tokens of "[1] ", ": " and the empty line between passages. */
const FRAME_TOKENS = 5;

/**
 * The best sentences for one part of the question within its share of the token budget, grouped by their
 * passage, in the order of their document. A sentence brings along what it leans on, where that fits: the one before
 * it, the introduction of its list, the header of its table.
 */
export function budgetContext(
  part: QuestionPart,
  tokens: TokenCounter,
  budget: ContextBudget = CONTEXT,
): ContextPassage[] {
  const chosen = new Map<number, { passage: RankedPassage; indexes: Set<number> }>();
  const floor = (part.sentences[0]?.score ?? 0) - budget.margin;
  let left = budget.maxTokens * part.share;
  for (const { passage, index } of part.sentences
    .filter(({ score }) => score >= floor)
    .slice(0, budget.maxSentences)) {
    const entry = chosen.get(passage.chunk.id) ?? { passage, indexes: new Set<number>() };
    const isNew = entry.indexes.size === 0;
    const missing = (places: number[]): number[] => places.filter((one) => !entry.indexes.has(one));
    let added = missing(withLeads(passage, index));
    let cost = costOf(passage, added, isNew, tokens);
    // Better the sentence alone than nothing of it.
    if (cost > left) {
      added = missing([index]);
      cost = costOf(passage, added, isNew, tokens);
    }
    if (cost > left) continue;
    left -= cost;
    for (const one of added) entry.indexes.add(one);
    chosen.set(passage.chunk.id, entry);
  }
  return [...chosen.values()].map(({ passage, indexes }, position) =>
    asContext(passage, indexes, position + 1),
  );
}

function withLeads(passage: RankedPassage, index: number): number[] {
  const { chunk, sentences } = passage;
  const span = sentences[index];
  const series = leadsOf(chunk.text, sentences, index);
  const leans = span !== undefined && index > 0 && LEANS.test(textOf(passage, span));
  return [...new Set([...series, ...(leans ? [index - 1] : []), index])];
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
