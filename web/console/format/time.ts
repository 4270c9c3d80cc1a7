const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const withYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const whole = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });

/** A length of time in its largest unit: `now`, `5m`, `3h`, `2d`, `6w`. */
export function shortSpan(milliseconds: number): string {
  const span = Math.abs(milliseconds);
  if (span < MINUTE) return 'now';
  if (span < HOUR) return `${Math.floor(span / MINUTE)}m`;
  if (span < DAY) return `${Math.floor(span / HOUR)}h`;
  if (span < 14 * DAY) return `${Math.floor(span / DAY)}d`;
  return `${Math.floor(span / (7 * DAY))}w`;
}

/** How long ago, or until when: `5m`, `in 2h`. */
export function relativeTime(iso: string, now = Date.now()): string {
  const distance = Date.parse(iso) - now;
  const span = shortSpan(distance);
  return distance > 0 && span !== 'now' ? `in ${span}` : span;
}

/** In the reader's own time zone. */
export const clockTime = (iso: string): string => clock.format(new Date(iso));
export const wholeTime = (iso: string): string => whole.format(new Date(iso));
export const dayName = (iso: string): string => weekday.format(new Date(iso));

export function shortDate(iso: string, now = new Date()): string {
  const date = new Date(iso);
  return (date.getFullYear() === now.getFullYear() ? dayAndMonth : withYear).format(date);
}

export const isSameDay = (one: string, other: string): boolean =>
  new Date(one).toDateString() === new Date(other).toDateString();
