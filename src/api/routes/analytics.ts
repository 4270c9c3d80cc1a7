import { Type } from '@sinclair/typebox';
import type { App } from '../../app.ts';
import { AnswerboxError } from '../../errors.ts';
import type { Server } from '../build-server.ts';
import { orNull } from '../schemas/desk-schema.ts';
import { dateFormat } from '../../text/intl-formats.ts';

const COUNT = Type.Integer();
const MAYBE = orNull(Type.Number());
const DAY_MS = 86_400_000;
/** Days that are shown when nothing else is asked, and the most. */
const DAYS = { usual: 30, most: 800 } as const;

const ANALYTICS = Type.Object({
  from: Type.String(),
  to: Type.String(),
  volume: Type.Object({
    conversations: COUNT,
    messages: COUNT,
    tickets: COUNT,
    by_day: Type.Array(Type.Object({ day: Type.String(), conversations: COUNT, tickets: COUNT })),
  }),
  subjects: Type.Array(Type.Object({ name: Type.String(), count: COUNT, before: COUNT })),
  resolution: Type.Object({
    answered_by_assistant: COUNT,
    not_reopened: COUNT,
    handed_over: COUNT,
    declined: COUNT,
  }),
  handover_reasons: Type.Array(Type.Object({ reason: Type.String(), count: COUNT })),
  response: Type.Object({
    first_p50_s: MAYBE,
    first_p90_s: MAYBE,
    resolution_p50_s: MAYBE,
    sla_met: COUNT,
    sla_missed: COUNT,
  }),
  csat: Type.Object({ count: COUNT, mean: MAYBE, by_rating: Type.Array(COUNT) }),
  ratings: Type.Object({ up: COUNT, down: COUNT }),
  drafts: Type.Object({
    shown: COUNT,
    inserted: COUNT,
    sent: COUNT,
    median_edited_share: MAYBE,
    up: COUNT,
    down: COUNT,
  }),
  gaps: Type.Array(Type.Object({ question: Type.String(), count: COUNT })),
  compute: Type.Object({
    answers: COUNT,
    seconds_per_answer_p50: MAYBE,
    seconds_per_answer_p95: MAYBE,
    total_seconds: Type.Number(),
  }),
});

export function addAnalyticsRoutes(server: Server, { analytics, shop }: App): void {
  server.get(
    '/api/v1/analytics',
    {
      schema: {
        querystring: Type.Object({
          from: Type.Optional(Type.String({ maxLength: 40, description: 'ISO 8601; 30 days ago' })),
          to: Type.Optional(Type.String({ maxLength: 40, description: 'ISO 8601; now' })),
          zone: Type.Optional(
            Type.String({ maxLength: 60, description: 'of the days in the plot; that of the shop' }),
          ),
        }),
        response: { 200: ANALYTICS },
      },
    },
    async ({ query }) => {
      const to = readTime(query.to, Date.now(), 'to');
      const from = readTime(query.from, to - DAYS.usual * DAY_MS, 'from');
      if (from >= to || to - from > DAYS.most * DAY_MS)
        throw new AnswerboxError('request_invalid', {
          reason: `"from" must lie before "to", by ${DAYS.most} days at most`,
        });
      const span = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
      const offsetMinutes = offsetOf(query.zone ?? shop.timeZone(), new Date(to));
      return { ...span, ...(await analytics.read({ ...span, offsetMinutes })) };
    },
  );
}

function readTime(text: string | undefined, otherwise: number, name: string): number {
  const time = text === undefined ? otherwise : Date.parse(text);
  if (Number.isNaN(time)) throw new AnswerboxError('request_invalid', { reason: `"${name}" is not a time` });
  return time;
}

/** Minutes east of UTC at a moment. @throws request_invalid */
function offsetOf(zone: string, at: Date): number {
  try {
    const part = dateFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
      .formatToParts(at)
      .find(({ type }) => type === 'timeZoneName')?.value;
    const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(part ?? '') ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  } catch (error) {
    throw new AnswerboxError('request_invalid', { reason: `"${zone}" is no time zone` }, error);
  }
}
