import type { DeskStore } from '../desk-contracts.ts';
import type { DeskEvent } from '../thread-contracts.ts';
import type { TicketRecord } from '../ticket-contracts.ts';
import { countThreads, listThreads } from './list-threads.ts';
import {
  columnsOf,
  EVENT_COLUMNS,
  EVENT_TABLES,
  THREAD_COLUMNS,
  TICKET_COLUMNS,
  toEvent,
  toThread,
  toTicket,
  type EventRow,
  type ThreadRow,
  type TicketRow,
} from './desk-rows.ts';
import { assignedRows } from './assigned-rows.ts';
import { desksDrafts } from './draft-rows.ts';
import { indexTicket } from './index-ticket.ts';
import { libraryRows } from './library-rows.ts';
import { listTickets } from './list-tickets.ts';
import type { SqliteDatabase } from './open-database.ts';
import { prepared } from './prepared.ts';
import { commitTogether } from './commit-together.ts';
import { runInStore } from './run-in-store.ts';
import { addEvent, getEvent, putTags, writeDesk } from './write-desk.ts';

export function createSqliteDeskStore(database: SqliteDatabase): DeskStore {
  const run = <Result>(work: () => Result): Promise<Result> => runInStore(database, work);
  const write = <Result>(work: () => Result): Promise<Result> => commitTogether(database, work);
  const now = (): string => new Date().toISOString();
  const events = (rows: unknown[]): DeskEvent[] => (rows as EventRow[]).map(toEvent);
  const getTicket = (number: number): TicketRecord | null => {
    const row = prepared(database, `SELECT ${TICKET_COLUMNS} FROM tickets WHERE number = ?`).get(number);
    return row === undefined ? null : toTicket(row as TicketRow);
  };
  const threadBy = (column: 'id' | 'conversation_id', value: string) => {
    const row = prepared(database, `SELECT ${THREAD_COLUMNS} FROM threads WHERE ${column} = ?`).get(value);
    return row === undefined ? null : toThread(row as ThreadRow);
  };
  const addTicket = (...[ticket, threadId, actor, alongside]: Parameters<DeskStore['addTicket']>) => {
    const at = now();
    const columns: [string, unknown][] = [...columnsOf(ticket), ['created_at', at], ['updated_at', at]];
    const { lastInsertRowid } = prepared(
      database,
      `INSERT INTO tickets (${columns.map(([column]) => column).join(', ')})
         VALUES (${columns.map(() => '?').join(', ')})`,
    ).run(...columns.map(([, value]) => value));
    const number = Number(lastInsertRowid);
    putTags(database, number, ticket.tags);
    prepared(
      database,
      'UPDATE threads SET ticket = ?, customer_id = coalesce(?, customer_id) WHERE id = ?',
    ).run(number, ticket.customerId, threadId);
    indexTicket(database, number);
    const data = { subject: ticket.subject, priority: ticket.priority, source: ticket.source };
    const added = addEvent(
      database,
      { threadId, ticket: number, type: 'ticket-add', visibility: 'staff', actor, data },
      at,
    );
    const more = alongside ? writeDesk(database, alongside(number), at) : [];
    return { ticket: getTicket(number)!, events: [...(added ? [added] : []), ...more] };
  };
  const addMessage = ({ id, threadId, role, text, actor }: Parameters<DeskStore['addMessage']>[0]) => {
    if (prepared(database, 'SELECT 1 FROM messages WHERE id = ?').get(id)) return null;
    prepared(
      database,
      `INSERT INTO messages (id, conversation_id, role, text, author, created_at)
           SELECT ?, conversation_id, ?, ?, ?, ? FROM threads WHERE id = ?`,
    ).run(id, role, text, role === 'staff' ? actor.name : null, now(), threadId);
    prepared(
      database,
      'UPDATE desk_events SET actor_kind = ?, actor_id = ?, actor_name = ? WHERE id = ?',
    ).run(actor.kind, actor.id, actor.name, id);
    const event = getEvent(database, id);
    if (event.ticket !== null) indexTicket(database, event.ticket);
    return event;
  };

  return {
    apply: (change) => write(() => writeDesk(database, change, now())),
    addTicket: (...input) => write(() => addTicket(...input)),
    addMessage: (message) => write(() => addMessage(message)),
    threadOf: (conversationId) => run(() => threadBy('conversation_id', conversationId)),
    getThread: (id) => run(() => threadBy('id', id)),
    listThreads: (filter, page) => run(() => listThreads(database, filter, page)),
    countThreads: (userId) => run(() => countThreads(database, userId)),
    threadsOfTicket: (number) =>
      run(() =>
        (
          prepared(
            database,
            `SELECT ${THREAD_COLUMNS} FROM threads WHERE ticket = ? ORDER BY updated_at DESC`,
          ).all(number) as ThreadRow[]
        ).map(toThread),
      ),
    listEvents: (threadId, { after = 0, before, limit, visibility }) =>
      run(() => {
        const back = before !== undefined;
        const rows = prepared(
          database,
          `SELECT ${EVENT_COLUMNS} FROM ${EVENT_TABLES} WHERE desk_events.thread_id = ?
             AND desk_events.sequence ${back ? '<' : '>'} ?
             ${visibility === 'all' ? "AND desk_events.visibility = 'all'" : ''}
             ORDER BY desk_events.sequence ${back ? 'DESC' : 'ASC'} LIMIT ?`,
        ).all(threadId, before ?? after, limit);
        return events(back ? rows.reverse() : rows);
      }),
    listAllEvents: ({ after, limit }) =>
      run(() =>
        events(
          prepared(
            database,
            `SELECT ${EVENT_COLUMNS} FROM ${EVENT_TABLES} WHERE desk_events.position > ?
               ORDER BY desk_events.position LIMIT ?`,
          ).all(after, limit),
        ),
      ),
    lastPosition: () =>
      run(
        () =>
          prepared(database, 'SELECT coalesce(max(position), 0) FROM desk_events').pluck().get() as number,
      ),
    history: (ticket, { after, limit }) =>
      run(() =>
        events(
          prepared(
            database,
            `SELECT ${EVENT_COLUMNS} FROM ${EVENT_TABLES} WHERE desk_events.position > ? AND
               (desk_events.ticket = ? OR desk_events.thread_id IN (SELECT id FROM threads WHERE ticket = ?))
               ORDER BY desk_events.position LIMIT ?`,
          ).all(after, ticket, ticket, limit),
        ),
      ),
    getTicket: (number) => run(() => getTicket(number)),
    listTickets: (filter, sort, page) => run(() => listTickets(database, filter, sort, page)),
    linksOf: (number) =>
      run(
        () =>
          prepared(database, 'SELECT other FROM ticket_links WHERE one = ? ORDER BY other')
            .pluck()
            .all(number) as number[],
      ),
    refreshSearch: (number) => write(() => indexTicket(database, number)),
    listDue: (at, closeBefore, limit) => run(() => listDue(database, at, closeBefore, limit)),
    ...assignedRows(database, run),
    ...desksDrafts(database, { run, write }),
    ...libraryRows(database, run),
  };
}

/** Snoozed ones to wake, due ones to warn of or to tell of, resolved ones to close. */
function listDue(database: SqliteDatabase, at: string, closeBefore: string, limit: number): TicketRecord[] {
  const rows = prepared(
    database,
    `SELECT ${TICKET_COLUMNS} FROM tickets WHERE
         (status = 'snoozed' AND snoozed_until <= @at)
         OR (status = 'resolved' AND resolved_at <= @closeBefore)
         OR (status = 'open' AND paused_at IS NULL AND (
           (first_response_at IS NULL AND sla_told & 1 = 0 AND first_response_warn_at <= @at)
           OR (first_response_at IS NULL AND sla_told & 2 = 0 AND first_response_due <= @at)
           OR (sla_told & 4 = 0 AND resolution_warn_at <= @at)
           OR (sla_told & 8 = 0 AND resolution_due <= @at)))
       ORDER BY number LIMIT @limit`,
  ).all({ at, closeBefore, limit }) as TicketRow[];
  return rows.map(toTicket);
}
