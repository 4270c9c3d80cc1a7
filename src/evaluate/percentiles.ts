/** The value below which `share` of the values lie, nearest rank; null of none. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The share of items that fulfil a condition; null of none. */
export function shareOf<Item>(items: readonly Item[], fulfils: (item: Item) => boolean): number | null {
  return mean(items.map((item) => (fulfils(item) ? 1 : 0)));
}

/** For reports: rates to four places, milliseconds to hundredths. */
export function roundRate(value: number): number;
export function roundRate(value: number | null): number | null;
export function roundRate(value: number | null): number | null {
  return value === null ? null : Math.round(value * 10_000) / 10_000;
}

export function roundTime(milliseconds: number | null): number | null {
  return milliseconds === null ? null : Math.round(milliseconds * 100) / 100;
}
