import type { RatePreview, Share } from '../../api/owner-types.ts';

/** '+3.1 points', '−0.4 points', '±0 points': of two shares. */
function points(before: Share | null, now: Share | null): string {
  const difference = Math.round(((now?.share ?? 0) - (before?.share ?? 0)) * 1000) / 10;
  return difference === 0 ? '±0' : difference > 0 ? `+${difference}` : `−${-difference}`;
}

/** What would change, in points of percent; null while nothing else is chosen, or nothing is known of it. */
export function rateDifference(
  rows: RatePreview['rows'],
  from: number,
  to: number,
): { answered: string; handed: string; wrong: string } | null {
  const before = rows.find((row) => row.most_wrong_answers === from);
  const now = rows.find((row) => row.most_wrong_answers === to);
  if (!before || !now || before === now) return null;
  return {
    answered: points(before.answered, now.answered),
    handed: points(before.handed_over_or_declined, now.handed_over_or_declined),
    wrong: points(before.wrong, now.wrong),
  };
}
