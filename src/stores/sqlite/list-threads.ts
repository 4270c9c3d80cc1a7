import type { Page, Paged } from '../page-contracts.ts';
import type { ThreadFilter, ThreadRecord } from '../thread-contracts.ts';
import { THREAD_COLUMNS, toThread, type ThreadRow } from './desk-rows.ts';
import { namedTicket, wordsQuery } from './list-tickets.ts';
import type { SqliteDatabase } from './open-database.ts';
import { pageOf, readCursor } from './page-cursor.ts';
import { prepared } from './prepared.ts';

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
    const found = searchOf(database, filter.text);
    if (found === null) return { items: [], nextCursor: null };
    add(...found);
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

/** Tickets that hold the words, up to which their threads are looked up one by one. */
const FEW_HITS = 5_000;

/**
 * The condition for what was typed; null where it holds no word. It never cuts hits off before the other conditions.
 * A ticket's words hold the subjects of its threads; threads without one are searched by theirs.
 */
function searchOf(
  database: SqliteDatabase,
  text: string,
): [condition: string, ...values: (string | number)[]] | null {
  const named = namedTicket(text);
  if (named !== null) return ['threads.ticket = ?', named];
  const query = wordsQuery(text);
  if (query === '') return null;
  const untaken = `threads.ticket IS NULL AND threads.subject LIKE ? ESCAPE '\\'`;
  const subject = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const hits = prepared(
    database,
    'SELECT count(*) FROM (SELECT 1 FROM ticket_words WHERE ticket_words MATCH ? LIMIT ?)',
  )
    .pluck()
    .get(query, FEW_HITS + 1) as number;
  // So common a word is soon found by walking the list, or what the other conditions leave of it.
  if (hits > FEW_HITS)
    return [
      `(EXISTS (SELECT 1 FROM ticket_words WHERE ticket_words MATCH ? AND rowid = threads.ticket) OR (${untaken}))`,
      query,
      subject,
    ];
  return [
    `threads.rowid IN (
       SELECT rowid FROM threads WHERE ticket IN (SELECT rowid FROM ticket_words WHERE ticket_words MATCH ?)
       UNION ALL SELECT rowid FROM threads WHERE ${untaken})`,
    query,
    subject,
  ];
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
