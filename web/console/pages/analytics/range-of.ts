export const PRESETS = ['7', '30', '90', '365'] as const;

export interface Range {
  from: string;
  to: string;
  zone: string;
}

const DAY_MS = 86_400_000;

/**
 * The span that an address asks for: `days` up to now, or the days `from` to `to`, the last one included. The same
 * address shows the same days in every browser of the zone.
 */
export function rangeOf(query: Readonly<Record<string, string>>, now: Date, zone: string): Range {
  const { from, to, days = '30' } = query;
  const chosen = query['zone'] || zone;
  const first = from ? Date.parse(`${from}T00:00:00`) : Number.NaN;
  const last = to ? Date.parse(`${to}T00:00:00`) + DAY_MS : Number.NaN;
  if (first < last)
    return { from: new Date(first).toISOString(), to: new Date(last).toISOString(), zone: chosen };
  const span = PRESETS.find((preset) => preset === days) ?? '30';
  return {
    from: new Date(now.getTime() - Number(span) * DAY_MS).toISOString(),
    to: now.toISOString(),
    zone: chosen,
  };
}
