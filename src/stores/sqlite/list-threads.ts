import type { Page, Paged } from '../page-contracts.ts';
import type { ThreadFilter, ThreadRecord } from '../thread-contracts.ts';
import { THREAD_COLUMNS, toThread, type ThreadRow } from './desk-rows.ts';
import { wordsQuery } from './list-tickets.ts';
import type { SqliteDatabase } from './open-database.ts';
import { pageOf, readCursor } from './page-cursor.ts';

/** Threads whose ticket sleeps. */
const SLEEPS = `threads.ticket IN (SELECT number FROM tickets WHERE status = 'snoozed')`;
const AWAKE = `(threads.ticket IS NULL OR NOT ${SLEEPS})`;
const WITH_STAFF = `threads.state IN ('waiting', 'person')`;

/** Newest first, by keyset. */
export function listThreads(database: SqliteDatabase, filter: ThreadFilter, page: Page): Paged<ThreadRecord> {
  const where: string[] = [];
  const values: (string | number)[] = [];
  const add = (condition: string, ...more: (string | number)[]): void => {
    where.push(condition);
    values.push(...more);
  };
  if (filter.state?.length)
    add(`threads.state IN (${filter.state.map(() => '?').join(', ')})`, ...filter.state);
  if (filter.assigneeId === null) add('threads.assignee_id IS NULL');
  else if (filter.assigneeId !== undefined) add('threads.assignee_id = ?', filter.assigneeId);
  if (filter.teamId !== undefined) add('threads.team_id = ?', filter.teamId);
  if (filter.customerId !== undefined) add('threads.customer_id = ?', filter.customerId);
  if (filter.snoozed !== undefined) add(filter.snoozed ? SLEEPS : AWAKE);
  if (filter.unread) add('threads.last_customer_sequence > threads.staff_read');
  if (filter.text !== undefined) {
    const query = wordsQuery(filter.text);
    if (query === '') return { items: [], nextCursor: null };
    // A ticket's words hold the subject of its threads; those without one are few, or short.
    add(
      `threads.rowid IN (
         SELECT rowid FROM threads WHERE ticket IN
           (SELECT rowid FROM ticket_words WHERE ticket_words MATCH ? ORDER BY rowid DESC LIMIT 500)
         UNION ALL SELECT rowid FROM threads WHERE ticket IS NULL AND subject LIKE ? ESCAPE '\\')`,
      query,
      `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`,
    );
  }
  const place = readCursor(page.cursor, 2);
  if (place) add('(threads.updated_at, threads.id) < (?, ?)', ...place);
  const rows = database
    .prepare(
      `SELECT ${THREAD_COLUMNS} FROM threads ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
       ORDER BY threads.updated_at DESC, threads.id DESC LIMIT ?`,
    )
    .all(...values, page.limit + 1) as ThreadRow[];
  return pageOf(rows, page.limit, toThread, ({ updatedAt, id }) => [updatedAt, id]);
}

/** What stands beside the views of the inbox. */
export function countThreads(
  database: SqliteDatabase,
  userId: string,
): Record<'waiting' | 'mine' | 'unassigned' | 'open' | 'snoozed' | 'all' | 'unread', number> {
  const row = database
    .prepare(
      `WITH seen AS MATERIALIZED (
         SELECT state, assignee_id, last_customer_sequence, staff_read, ${AWAKE} AS awake
         FROM threads WHERE ${WITH_STAFF})
       SELECT count(*) FILTER (WHERE awake AND state = 'waiting') AS waiting,
         count(*) FILTER (WHERE awake AND assignee_id = ?) AS mine,
         count(*) FILTER (WHERE awake AND assignee_id IS NULL) AS unassigned,
         count(*) FILTER (WHERE awake) AS open,
         count(*) FILTER (WHERE NOT awake) AS snoozed,
         (SELECT count(*) FROM threads) AS "all",
         count(*) FILTER (WHERE awake AND last_customer_sequence > staff_read) AS unread
       FROM seen`,
    )
    .get(userId);
  return row as ReturnType<typeof countThreads>;
}
