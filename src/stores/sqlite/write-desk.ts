import { randomUUID } from 'node:crypto';
import { AnswerboxError } from '../../errors.ts';
import type { DeskWrite } from '../desk-contracts.ts';
import type { DeskEvent, NewDeskEvent, ThreadChange } from '../thread-contracts.ts';
import type { TicketChange } from '../ticket-contracts.ts';
import { columnsOf, EVENT_COLUMNS, EVENT_TABLES, toEvent, type EventRow } from './desk-rows.ts';
import { indexTicket } from './index-ticket.ts';
import type { SqliteDatabase } from './open-database.ts';
import { prepared } from './prepared.ts';

/** To be run in a transaction. @throws ticket_changed, ticket_not_found, thread_not_found */
export function writeDesk(database: SqliteDatabase, write: DeskWrite, now: string): DeskEvent[] {
  for (const { id, set } of write.threads ?? []) changeThread(database, id, set, now);
  for (const { number, set, version } of write.tickets ?? [])
    changeTicket(database, number, set, version, now);
  for (const { one, other, linked } of write.links ?? []) link(database, one, other, linked);
  for (const { from, into } of write.moves ?? []) {
    prepared(database, 'UPDATE threads SET ticket = ?, updated_at = ? WHERE ticket = ?').run(into, now, from);
    indexTicket(database, into);
  }
  return (write.events ?? []).flatMap((event) => addEvent(database, event, now) ?? []);
}

function changeThread(database: SqliteDatabase, id: string, set: ThreadChange, now: string): void {
  const columns = columnsOf(set);
  if (columns.length === 0) return;
  // Reading changes no order of the list.
  const silent = Object.keys(set).every((field) => field === 'staffRead' || field === 'customerRead');
  const all = silent ? columns : [...columns, ['updated_at', now]];
  const { changes } = prepared(
    database,
    `UPDATE threads SET ${all.map(([column]) => `${column} = ?`).join(', ')} WHERE id = ?`,
  ).run(...all.map(([, value]) => value), id);
  if (changes === 0) throw new AnswerboxError('thread_not_found', { id });
}

function changeTicket(
  database: SqliteDatabase,
  number: number,
  set: TicketChange,
  version: number | undefined,
  now: string,
): void {
  const present = prepared(database, 'SELECT version FROM tickets WHERE number = ?').pluck().get(number);
  if (present === undefined) throw new AnswerboxError('ticket_not_found', { number });
  if (version !== undefined && version !== present) throw new AnswerboxError('ticket_changed', { number });
  const all: [string, unknown][] = [...columnsOf(set), ['updated_at', now]];
  prepared(
    database,
    `UPDATE tickets SET version = version + 1, ${all.map(([column]) => `${column} = ?`).join(', ')} WHERE number = ?`,
  ).run(...all.map(([, value]) => value), number);
  if (set.tags) putTags(database, number, set.tags);
  if (set.subject !== undefined || set.contact || set.customerId !== undefined) indexTicket(database, number);
}

export function putTags(database: SqliteDatabase, number: number, tags: readonly string[]): void {
  prepared(database, 'DELETE FROM ticket_tags WHERE number = ?').run(number);
  const insert = prepared(database, 'INSERT OR IGNORE INTO ticket_tags VALUES (?, ?)');
  for (const tag of tags) insert.run(tag, number);
}

function link(database: SqliteDatabase, one: number, other: number, linked: boolean): void {
  const statement = prepared(
    database,
    linked
      ? 'INSERT OR IGNORE INTO ticket_links VALUES (?, ?)'
      : 'DELETE FROM ticket_links WHERE one = ? AND other = ?',
  );
  statement.run(one, other);
  statement.run(other, one);
}

/** Null when there is an event of this id. */
export function addEvent(database: SqliteDatabase, event: NewDeskEvent, now: string): DeskEvent | null {
  const id = event.id ?? randomUUID();
  if (prepared(database, 'SELECT 1 FROM desk_events WHERE id = ?').get(id)) return null;
  let sequence: number | null = null;
  if (event.threadId !== null) {
    const next = prepared(
      database,
      'UPDATE threads SET last_sequence = last_sequence + 1 WHERE id = ? RETURNING last_sequence',
    )
      .pluck()
      .get(event.threadId) as number | undefined;
    if (next === undefined) throw new AnswerboxError('thread_not_found', { id: event.threadId });
    sequence = next;
  }
  prepared(
    database,
    `INSERT INTO desk_events
       (id, thread_id, sequence, ticket, type, visibility, actor_kind, actor_id, actor_name, at, data)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    id,
    event.threadId,
    sequence,
    event.ticket,
    event.type,
    event.visibility,
    event.actor.kind,
    event.actor.id,
    event.actor.name,
    now,
    JSON.stringify(event.data),
  );
  if (event.type === 'note-add' && event.ticket !== null) indexTicket(database, event.ticket);
  return getEvent(database, id);
}

export function getEvent(database: SqliteDatabase, id: string): DeskEvent {
  return toEvent(
    prepared(database, `SELECT ${EVENT_COLUMNS} FROM ${EVENT_TABLES} WHERE desk_events.id = ?`).get(
      id,
    ) as EventRow,
  );
}
