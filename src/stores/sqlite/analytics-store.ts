import type { Analytics, AnalyticsSpan, AnalyticsStore } from '../analytics-contracts.ts';
import type { SqliteDatabase } from './open-database.ts';
import { runInStore } from './run-in-store.ts';

const MOST_SUBJECTS = 20;
const MOST_GAPS = 50;

/** Plain counting over what is stored: no table of its own that could differ from it. */
export function createSqliteAnalyticsStore(database: SqliteDatabase): AnalyticsStore {
  return {
    read: (span) =>
      runInStore(database, () =>
        database.transaction(() => {
          const counter = createCounter(database, span);
          return {
            volume: volumeOf(counter, span),
            subjects: subjectsOf(counter, span),
            resolution: resolutionOf(counter),
            handover_reasons: counter.all(
              `SELECT data ->> 'reason' AS reason, count(*) AS count FROM desk_events
               WHERE type = 'handover-start' AND ${IN('at')} GROUP BY 1 ORDER BY 2 DESC`,
            ) as Analytics['handover_reasons'],
            response: responseOf(counter),
            csat: csatOf(counter),
            ratings: {
              up: counter.one(`SELECT count(*) FROM feedback WHERE rating > 0 AND ${IN('created_at')}`),
              down: counter.one(`SELECT count(*) FROM feedback WHERE rating < 0 AND ${IN('created_at')}`),
            },
            drafts: draftsOf(counter),
            gaps: gapsOf(counter),
            compute: computeOf(counter),
          };
        })(),
      ),
  };
}

interface Counter {
  one: (sql: string) => number;
  values: (sql: string) => number[];
  all: (sql: string, more?: Record<string, unknown>) => unknown[];
}

function createCounter(database: SqliteDatabase, { from, to, offsetMinutes }: AnalyticsSpan): Counter {
  const bound = { from, to, offset: `${offsetMinutes} minutes` };
  const named = (sql: string, more: Record<string, unknown> = {}) =>
    Object.fromEntries(Object.entries({ ...bound, ...more }).filter(([name]) => sql.includes(`@${name}`)));
  return {
    one: (sql) => (database.prepare(sql).pluck().get(named(sql)) as number | null) ?? 0,
    values: (sql) => database.prepare(sql).pluck().all(named(sql)) as number[],
    all: (sql, more) => database.prepare(sql).all(named(sql, more)),
  };
}

const IN = (column: string): string => `${column} >= @from AND ${column} < @to`;
const ANSWERS = `messages WHERE role = 'assistant' AND answer IS NOT NULL AND ${IN('created_at')}`;
const SECONDS = (later: string, earlier: string): string =>
  `(julianday(${later}) - julianday(${earlier})) * 86400`;

function volumeOf({ one, all }: Counter, _span: AnalyticsSpan): Analytics['volume'] {
  const perDay = (table: string) =>
    all(
      `SELECT date(created_at, @offset) AS day, count(*) AS count FROM ${table} WHERE ${IN('created_at')} GROUP BY 1`,
    ) as { day: string; count: number }[];
  const [conversations, tickets] = [perDay('conversations'), perDay('tickets')];
  const countOn = (rows: typeof tickets, day: string): number =>
    rows.find((row) => row.day === day)?.count ?? 0;
  const days = [...new Set([...conversations, ...tickets].map(({ day }) => day))].sort();
  return {
    conversations: one(`SELECT count(*) FROM conversations WHERE ${IN('created_at')}`),
    messages: one(`SELECT count(*) FROM messages WHERE ${IN('created_at')}`),
    tickets: one(`SELECT count(*) FROM tickets WHERE ${IN('created_at')}`),
    by_day: days.map((day) => ({
      day,
      conversations: countOn(conversations, day),
      tickets: countOn(tickets, day),
    })),
  };
}

/** By the intent of answers: now, and in the span of the same length before. */
function subjectsOf({ all }: Counter, { from, to }: AnalyticsSpan): Analytics['subjects'] {
  const earlier = new Date(2 * Date.parse(from) - Date.parse(to)).toISOString();
  return all(
    `SELECT answer ->> '$.intent.name' AS name, sum(created_at >= @from) AS count,
       sum(created_at < @from) AS before
     FROM messages WHERE role = 'assistant' AND answer IS NOT NULL AND created_at >= @earlier
       AND created_at < @to AND name IS NOT NULL
     GROUP BY 1 HAVING count > 0 ORDER BY count DESC, name LIMIT ${MOST_SUBJECTS}`,
    { earlier },
  ) as Analytics['subjects'];
}

function resolutionOf({ one }: Counter): Analytics['resolution'] {
  const answered = `SELECT conversation_id FROM ${ANSWERS} AND answer ->> 'outcome' LIKE 'answered%'`;
  const passed = `SELECT conversation_id FROM threads JOIN desk_events ON desk_events.thread_id = threads.id
    WHERE type = 'handover-start' AND ${IN('at')}`;
  const alone = `SELECT conversation_id FROM (${answered} EXCEPT ${passed})`;
  return {
    answered_by_assistant: one(`SELECT count(*) FROM (${alone})`),
    // The last answer stood: it was neither declined, nor rated down, nor was a ticket made later on.
    not_reopened: one(
      `SELECT count(*) FROM (${alone}) AS done WHERE NOT EXISTS (
         SELECT 1 FROM messages JOIN feedback ON feedback.message_id = messages.id
         WHERE messages.conversation_id = done.conversation_id AND feedback.rating < 0)
       AND NOT EXISTS (SELECT 1 FROM threads WHERE threads.conversation_id = done.conversation_id
         AND threads.ticket IS NOT NULL)
       AND (SELECT answer ->> 'outcome' FROM messages WHERE messages.conversation_id = done.conversation_id
         AND answer IS NOT NULL ORDER BY sequence DESC LIMIT 1) LIKE 'answered%'`,
    ),
    handed_over: one(`SELECT count(*) FROM (SELECT DISTINCT conversation_id FROM (${passed}))`),
    declined: one(`SELECT count(*) FROM ${ANSWERS} AND answer ->> 'outcome' = 'declined'`),
  };
}

function responseOf({ one, values }: Counter): Analytics['response'] {
  const first = values(
    `SELECT ${SECONDS('first_response_at', 'created_at')} FROM tickets
     WHERE first_response_at IS NOT NULL AND ${IN('created_at')} ORDER BY 1`,
  );
  const resolution = values(
    `SELECT ${SECONDS('resolved_at', 'created_at')} FROM tickets
     WHERE resolved_at IS NOT NULL AND ${IN('created_at')} ORDER BY 1`,
  );
  const done = `SELECT count(*) FROM tickets WHERE resolved_at IS NOT NULL AND ${IN('created_at')} AND`;
  return {
    first_p50_s: quantile(first, 0.5),
    first_p90_s: quantile(first, 0.9),
    resolution_p50_s: quantile(resolution, 0.5),
    sla_met: one(`${done} resolved_at <= resolution_due`),
    sla_missed: one(`${done} resolved_at > resolution_due`),
  };
}

function csatOf({ values }: Counter): Analytics['csat'] {
  const ratings = values(
    `SELECT csat_rating FROM tickets WHERE csat_rating IS NOT NULL AND ${IN('csat_at')}`,
  );
  return {
    count: ratings.length,
    mean: ratings.length === 0 ? null : ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length,
    by_rating: [1, 2, 3, 4, 5].map((rating) => ratings.filter((one) => one === rating).length),
  };
}

function draftsOf({ one, values }: Counter): Analytics['drafts'] {
  const count = (where: string): number =>
    one(`SELECT count(*) FROM draft_uses WHERE ${IN('at')} AND ${where}`);
  const shares = values(
    `SELECT edited_share FROM draft_uses WHERE inserted = 1 AND ${IN('at')} ORDER BY edited_share`,
  );
  return {
    shown: count('shown = 1'),
    inserted: count('inserted = 1'),
    sent: count('1'),
    median_edited_share: quantile(shares, 0.5),
    up: one(`SELECT count(*) FROM draft_ratings WHERE rating > 0 AND ${IN('at')}`),
    down: one(`SELECT count(*) FROM draft_ratings WHERE rating < 0 AND ${IN('at')}`),
  };
}

/** Questions that were declined, the most asked first. */
function gapsOf({ all }: Counter): Analytics['gaps'] {
  return all(
    `SELECT min(asked.text) AS question, count(*) AS count
     FROM (SELECT conversation_id, sequence FROM ${ANSWERS} AND answer ->> 'outcome' = 'declined') AS declined
     JOIN messages AS asked ON asked.sequence = (
       SELECT max(sequence) FROM messages
       WHERE conversation_id = declined.conversation_id AND role = 'customer' AND sequence < declined.sequence)
     GROUP BY lower(trim(asked.text, ' ?!.')) ORDER BY count DESC, question LIMIT ${MOST_GAPS}`,
  ) as Analytics['gaps'];
}

function computeOf({ values }: Counter): Analytics['compute'] {
  // Of the models' own work where a trace was kept; else from question to answer, which is more.
  const seconds = values(
    `SELECT coalesce(traces.compute_seconds, (told.answer ->> '$.timings_ms.total') / 1000.0)
     FROM (SELECT id, answer FROM ${ANSWERS}) AS told LEFT JOIN traces ON traces.message_id = told.id ORDER BY 1`,
  );
  return {
    answers: seconds.length,
    seconds_per_answer_p50: quantile(seconds, 0.5),
    seconds_per_answer_p95: quantile(seconds, 0.95),
    total_seconds: seconds.reduce((sum, one) => sum + one, 0),
  };
}

/** Of ascending values; null of none. */
function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null;
}
