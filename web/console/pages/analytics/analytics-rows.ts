import type { SpannedAnalytics } from './analytics-types.ts';

export interface AnalyticsRow {
  group: string;
  name: string;
  value: number | null;
}

/** Every figure in a row of its own, under the names that the API gives them. */
export function analyticsRows(analytics: SpannedAnalytics): AnalyticsRow[] {
  const { volume, subjects, handover_reasons: reasons, csat, gaps } = analytics;
  const plain = (group: string, figures: object): AnalyticsRow[] =>
    Object.entries(figures as Record<string, unknown>).flatMap(([name, value]) =>
      typeof value === 'number' || value === null ? [{ group, name, value }] : [],
    );
  return [
    ...plain('volume', volume),
    ...volume.by_day.flatMap(({ day, conversations, tickets }) => [
      { group: 'conversations_by_day', name: day, value: conversations },
      { group: 'tickets_by_day', name: day, value: tickets },
    ]),
    ...subjects.flatMap(({ name, count, before }) => [
      { group: 'subjects', name, value: count },
      { group: 'subjects_before', name, value: before },
    ]),
    ...plain('resolution', analytics.resolution),
    ...reasons.map(({ reason, count }) => ({ group: 'handover_reasons', name: reason, value: count })),
    ...plain('response', analytics.response),
    ...plain('csat', csat),
    ...csat.by_rating.map((count, index) => ({
      group: 'csat_by_rating',
      name: String(index + 1),
      value: count,
    })),
    ...plain('ratings', analytics.ratings),
    ...plain('drafts', analytics.drafts),
    ...gaps.map(({ question, count }) => ({ group: 'gaps', name: question, value: count })),
    ...plain('compute', analytics.compute),
  ];
}

/** RFC 4180; a text that a spreadsheet would take for a formula is marked as text. */
export function analyticsCsv(rows: readonly AnalyticsRow[]): string {
  const field = (value: string | number | null): string => {
    if (value === null || typeof value === 'number') return value === null ? '' : String(value);
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const lines = rows.map(({ group, name, value }) => [group, name, value].map(field).join(','));
  return ['group,name,value', ...lines].map((line) => `${line}\r\n`).join('');
}
