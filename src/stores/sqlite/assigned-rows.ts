import type { DeskStore } from '../desk-contracts.ts';
import {
  THREAD_COLUMNS,
  TICKET_COLUMNS,
  toThread,
  toTicket,
  type ThreadRow,
  type TicketRow,
} from './desk-rows.ts';
import type { SqliteDatabase } from './open-database.ts';

type Run = <Result>(work: () => Result) => Promise<Result>;

const OPEN_THREAD = "state IN ('waiting', 'person')";
const OPEN_TICKET = "status IN ('open', 'pending', 'snoozed')";

/** Who has what, and what nobody has. */
export function assignedRows(
  database: SqliteDatabase,
  run: Run,
): Pick<DeskStore, 'listStranded' | 'listWaiting' | 'listAssignees' | 'listAssigned'> {
  return {
    listStranded: (from, to, limit) =>
      run(() =>
        (
          database
            .prepare(
              `SELECT ${THREAD_COLUMNS} FROM threads WHERE state = 'assistant' AND last_role = 'customer'
               AND updated_at > ? AND updated_at <= ? ORDER BY updated_at LIMIT ?`,
            )
            .all(from, to, limit) as ThreadRow[]
        ).map(toThread),
      ),
    listWaiting: (from, to, limit) =>
      run(() =>
        (
          database
            .prepare(
              // A ticket that staff opened waits too, but no customer has written there.
              `SELECT ${THREAD_COLUMNS} FROM threads
               WHERE ${OPEN_THREAD} AND ticket IS NOT NULL AND last_customer_sequence > 0
                 AND waiting_since > ? AND waiting_since <= ?
                 AND NOT EXISTS (SELECT 1 FROM desk_events WHERE thread_id = threads.id
                   AND (desk_events.id = 'wait.' || threads.id || '.' || waiting_since
                     OR (type = 'handover-start' AND at >= waiting_since)))
               ORDER BY waiting_since LIMIT ?`,
            )
            .all(from, to, limit) as ThreadRow[]
        ).map(toThread),
      ),
    listAssignees: () =>
      run(
        () =>
          database
            .prepare(
              `SELECT assignee_id FROM threads WHERE assignee_id IS NOT NULL AND ${OPEN_THREAD}
               UNION SELECT assignee_id FROM tickets WHERE assignee_id IS NOT NULL AND ${OPEN_TICKET}`,
            )
            .pluck()
            .all() as string[],
      ),
    listAssigned: (userId) =>
      run(() => ({
        threads: (
          database
            .prepare(`SELECT ${THREAD_COLUMNS} FROM threads WHERE assignee_id = ? AND ${OPEN_THREAD}`)
            .all(userId) as ThreadRow[]
        ).map(toThread),
        tickets: (
          database
            .prepare(`SELECT ${TICKET_COLUMNS} FROM tickets WHERE assignee_id = ? AND ${OPEN_TICKET}`)
            .all(userId) as TicketRow[]
        ).map(toTicket),
      })),
  };
}
