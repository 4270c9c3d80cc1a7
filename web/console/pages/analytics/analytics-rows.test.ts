import { expect, it } from 'vitest';
import { analyticsCsv, analyticsRows } from './analytics-rows.ts';
import type { SpannedAnalytics } from './analytics-types.ts';

const ANALYTICS: SpannedAnalytics = {
  from: '2026-11-01T00:00:00.000Z',
  to: '2026-11-22T00:00:00.000Z',
  volume: {
    ...{ conversations: 7, messages: 20, tickets: 2 },
    by_day: [{ day: '2026-11-21', conversations: 7, tickets: 2 }],
  },
  subjects: [{ name: 'returns', count: 4, before: 9 }],
  resolution: { answered_by_assistant: 5, not_reopened: 4, handed_over: 2, declined: 1 },
  handover_reasons: [{ reason: 'frustration', count: 2 }],
  response: { first_p50_s: 60, first_p90_s: null, resolution_p50_s: null, sla_met: 1, sla_missed: 0 },
  csat: { count: 1, mean: 5, by_rating: [0, 0, 0, 0, 1] },
  ratings: { up: 3, down: 1 },
  drafts: { shown: 2, inserted: 1, sent: 1, median_edited_share: 0.25, up: 2, down: 1 },
  gaps: [{ question: '=cmd|"x", really?', count: 2 }],
  compute: { answers: 7, seconds_per_answer_p50: 1.5, seconds_per_answer_p95: 3, total_seconds: 12 },
};

it('has a row for every figure', () => {
  const rows = analyticsRows(ANALYTICS);
  const value = (group: string, name: string) =>
    rows.find((row) => row.group === group && row.name === name)?.value;
  expect(value('volume', 'conversations')).toBe(7);
  expect(value('tickets_by_day', '2026-11-21')).toBe(2);
  expect(value('subjects_before', 'returns')).toBe(9);
  expect(value('csat_by_rating', '5')).toBe(1);
  expect(value('response', 'first_p90_s')).toBeNull();
  expect(value('compute', 'total_seconds')).toBe(12);
});

it('writes CSV that a spreadsheet reads as what it is', () => {
  const csv = analyticsCsv(analyticsRows(ANALYTICS));
  expect(csv.split('\r\n')[0]).toBe('group,name,value');
  expect(csv).toContain('response,first_p90_s,\r\n');
  expect(csv).toContain(`gaps,"'=cmd|""x"", really?",2\r\n`);
});
