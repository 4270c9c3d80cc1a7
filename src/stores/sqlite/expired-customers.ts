import type { ExpiredCustomer } from '../privacy-contracts.ts';
import { dropRemovedWords } from './erase-person.ts';
import { indexTicket } from './index-ticket.ts';
import type { SqliteDatabase } from './open-database.ts';

/** Something of them is younger, or is not done. Orders are looked at as a list once: they have no index by address. */
const ALIVE = `
  updated_at >= @before OR seen_at >= @before
  OR email_key IN (SELECT lower(email) FROM orders WHERE placed_at >= @before)
  OR EXISTS (SELECT 1 FROM consents WHERE customer_id = customers.id AND at >= @before)
  OR EXISTS (SELECT 1 FROM threads WHERE customer_id = customers.id
    AND (updated_at >= @before OR state NOT IN ('assistant', 'closed')))
  OR EXISTS (SELECT 1 FROM tickets WHERE customer_id = customers.id
    AND (updated_at >= @before OR status NOT IN ('resolved', 'closed', 'merged')))`;

/** `family`: each customer with the one that it was merged into at last; they stay or go together. */
const expired = (among: string): string => `
  WITH RECURSIVE family(id, root) AS (
    SELECT id, id FROM customers WHERE merged_into IS NULL AND ${among}
    UNION SELECT customers.id, root FROM customers JOIN family ON customers.merged_into = family.id
  ), alive(root) AS (SELECT root FROM customers JOIN family USING (id) WHERE ${ALIVE})
  SELECT root, customers.id, subject FROM customers JOIN family USING (id)
  WHERE root NOT IN (SELECT root FROM alive) ORDER BY root`;
const ALL = expired('true');
const AMONG = expired('id IN (SELECT value FROM json_each(@ids))');

interface Row {
  root: string;
  id: string;
  subject: string | null;
}

/** @param before ISO 8601, UTC; null: nobody is too old */
export function expiredCustomers(database: SqliteDatabase, before: string | null): ExpiredCustomer[] {
  if (before === null) return [];
  const found = new Map<string, string[]>();
  for (const { root, subject } of database.prepare(ALL).all({ before }) as Row[]) {
    const subjects = found.get(root) ?? [];
    found.set(root, subject === null ? subjects : [...subjects, subject]);
  }
  return [...found].map(([id, subjects]) => ({ id, subjects }));
}

/** To be run in a transaction. Tickets of theirs that are kept are no longer found by what the profile said. */
export function removeCustomers(database: SqliteDatabase, before: string, ids: readonly string[]): number {
  const gone = database.prepare(AMONG).all({ before, ids: JSON.stringify(ids) }) as Row[];
  const list = JSON.stringify(gone.map(({ id }) => id));
  const tickets = database
    .prepare('SELECT number FROM tickets WHERE customer_id IN (SELECT value FROM json_each(?))')
    .pluck()
    .all(list) as number[];
  database.prepare('DELETE FROM customers WHERE id IN (SELECT value FROM json_each(?))').run(list);
  for (const number of tickets) indexTicket(database, number);
  if (tickets.length > 0) dropRemovedWords(database);
  return new Set(gone.map(({ root }) => root)).size;
}
