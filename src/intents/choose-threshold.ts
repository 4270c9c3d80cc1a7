import type { IntentFigures } from './intents-types.ts';

/** A text that the cross-validation classified without having seen it. */
export interface ValidatedText {
  /** Log-odds of being in scope. */
  scope: number;
  inScope: boolean;
  /** The best intent is its own; false of texts out of scope. */
  right: boolean;
}

/**
 * The threshold with the highest recall of texts out of scope among those that reject at most `mostRejected` of
 * the in-scope texts though they were classified rightly. Of equal ones the lowest: it rejects least.
 */
export function chooseThreshold(
  texts: readonly ValidatedText[],
  mostRejected: number,
): { threshold: number; figures: IntentFigures } {
  const inScope = texts.filter((text) => text.inScope);
  const right = inScope.filter((text) => text.right).map(({ scope }) => scope);
  const foreign = texts.filter((text) => !text.inScope).map(({ scope }) => scope);
  right.sort((left, other) => left - other);
  foreign.sort((left, other) => left - other);
  const allowed = Math.floor(mostRejected * inScope.length);
  // Everything below the first right text that must stay may go.
  const ceiling = right[allowed] ?? Infinity;
  const caught = foreign.filter((scope) => scope < ceiling);
  const highest = caught[caught.length - 1];
  const floor = right[0] ?? ceiling;
  // Halfway between the last text out of scope that is caught and the next right one above it.
  const next = right.find((scope) => highest !== undefined && scope > highest) ?? ceiling;
  const threshold = highest === undefined ? floor - 1 : Math.min((highest + next) / 2, ceiling);
  const kept = right.filter((scope) => scope >= threshold).length;
  return {
    threshold,
    figures: {
      in_scope_accuracy: inScope.length === 0 ? 0 : kept / inScope.length,
      oos_recall:
        foreign.length === 0 ? 0 : foreign.filter((scope) => scope < threshold).length / foreign.length,
    },
  };
}
