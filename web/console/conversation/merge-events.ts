import type { DeskEvent } from '../api/wire-types.ts';

const numberOf = (event: DeskEvent): number => event.sequence ?? 0;

/** Two parts of one thread as one, ascending, each event once. */
export function mergeEvents(known: readonly DeskEvent[], more: readonly DeskEvent[]): readonly DeskEvent[] {
  const first = known[0];
  const last = known.at(-1);
  if (!first || !last) return more;
  // What comes is nearly always a whole page before, or the next after.
  const older = more.filter((event) => numberOf(event) < numberOf(first));
  const newer = more.filter((event) => numberOf(event) > numberOf(last));
  return older.length + newer.length === 0 ? known : [...older, ...known, ...newer];
}

/** The first number that is missing between what is known and an event that came; null: nothing is. */
export function gapBefore(known: readonly DeskEvent[], event: DeskEvent): number | null {
  const last = known.at(-1);
  return last && numberOf(event) > numberOf(last) + 1 ? numberOf(last) : null;
}
