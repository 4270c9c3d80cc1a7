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
): Pick<DeskStore, 'listStranded' | 'listAssignees' | 'listAssigned'> {
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
