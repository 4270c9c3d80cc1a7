/** Hour at which a day's work begins, in the reader's own zone. */
const MORNING = 9;
const HOUR_MS = 3_600_000;

export const SNOOZE_KINDS = ['next_reply', 'one_hour', 'three_hours', 'tomorrow', 'next_week'] as const;
export type SnoozeKind = (typeof SNOOZE_KINDS)[number];

/**
 * When to wake up; null: at the customer's next reply, which wakes it always. Days are days of the reader's
 * calendar, so nine o'clock stays nine o'clock when the clocks change.
 */
export function wakeTime(kind: SnoozeKind, now: Date): Date | null {
  switch (kind) {
    case 'next_reply':
      return null;
    case 'one_hour':
      return new Date(now.getTime() + HOUR_MS);
    case 'three_hours':
      return new Date(now.getTime() + 3 * HOUR_MS);
    case 'tomorrow':
      return morningIn(1, now);
    case 'next_week':
      // Monday is 1; on a Monday it is the next one.
      return morningIn((8 - now.getDay()) % 7 || 7, now);
  }
}

function morningIn(days: number, now: Date): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING);
}
