import type { DraftSentence } from './generate-draft.ts';
import type { ContextPassage, HeldSentence } from './path-types.ts';

/**
 * A drafted sentence with the passage that it cites, unchecked: what a generator would show without this product's
 * checks. A measurement (`eval answers --unchecked`), never an answer to a customer. Null without passages.
 */
export function takeUnchecked(
  { text, cited }: DraftSentence,
  context: readonly ContextPassage[],
): HeldSentence | null {
  const source = context.find(({ index }) => cited.includes(index)) ?? context[0];
  const [first, last] = [source?.chosen[0], source?.chosen.at(-1)];
  if (!source || !first || !last) return null;
  return { text, passage: source.passage, evidence: { start: first.start, end: last.end } };
}
