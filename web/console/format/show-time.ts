const TIME = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const DAY = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });
const NUMBER = new Intl.NumberFormat('en');

/** 'Nov 22, 2026, 1:31 PM' in the reader's zone; '–' for none. */
export function showTime(iso: string | null): string {
  return iso === null ? '–' : TIME.format(new Date(iso));
}

/** 'Nov 22, 2026'; '–' for none. */
export function showDay(iso: string | null): string {
  return iso === null ? '–' : DAY.format(new Date(iso));
}

/** '12,345'. */
export function showCount(count: number): string {
  return NUMBER.format(count);
}

/** '12.3 %' of a share 0…1; '–' for none. */
export function showShare(share: number | null): string {
  return share === null ? '–' : `${Math.round(share * 1000) / 10} %`;
}
