import type { Person, PersonQuery } from '../privacy-contracts.ts';
import type { SqliteDatabase } from './open-database.ts';

const ALWAYS = '9';
const IN = (list: string): string => `IN (SELECT value FROM json_each(@${list}))`;

/** What belongs to a person, by id, number and address; null when nothing does. To be run in a transaction. */
export function findPerson(database: SqliteDatabase, query: PersonQuery): Person | null {
  const by = query.by ?? ALWAYS;
  const found = findCustomers(database, query, by);
  const emails = new Set([...(query.emails ?? []).map(keyOf), ...found.flatMap(({ email }) => email ?? [])]);
  const rows = <Row>(sql: string, lists: Record<string, readonly unknown[]>): Row[] =>
    database.prepare(sql).all({
      by,
      ...Object.fromEntries(Object.entries(lists).map(([k, v]) => [k, JSON.stringify(v)])),
    }) as Row[];
  const customers = found.map(({ id }) => id);
  const tickets = rows<{ number: number; name: string | null; email: string | null; phone: string | null }>(
    `SELECT number, contact ->> '$.name' AS name, lower(contact ->> '$.email') AS email, contact ->> '$.phone' AS phone
     FROM tickets WHERE created_at <= @by
     AND (customer_id ${IN('customers')} OR lower(contact ->> '$.email') ${IN('emails')})`,
    { customers, emails: [...emails] },
  );
  for (const { email } of tickets) if (email) emails.add(email);
  const addresses = [...emails];
  const threads = rows<{ id: string; conversation: string }>(
    `SELECT id, conversation_id AS conversation FROM threads WHERE created_at <= @by AND (
       customer_id ${IN('customers')} OR conversation_id ${IN('conversations')}
       OR (customer_id IS NULL AND (ticket ${IN('tickets')} OR EXISTS (
         SELECT 1 FROM messages, json_each(@emails) WHERE messages.conversation_id = threads.conversation_id
         AND role = 'customer' AND instr(lower(text), json_each.value) > 0))))`,
    {
      customers,
      conversations: query.conversations ?? [],
      tickets: tickets.map(({ number }) => number),
      emails: addresses,
    },
  );
  const orders = rows<{ number: string }>(
    `SELECT number FROM orders WHERE lower(email) ${IN('emails')} AND placed_at <= @by`,
    { emails: addresses },
  );
  const person: Person = {
    customers,
    subjects: distinct(found.map(({ subject }) => subject)),
    emails: addresses,
    phones: distinct([...found, ...tickets].map(({ phone }) => phone)),
    names: distinct([...found, ...tickets].map(({ name }) => name)),
    conversations: threads.map(({ conversation }) => conversation),
    threads: threads.map(({ id }) => id),
    tickets: tickets.map(({ number }) => number),
    orders: orders.map(({ number }) => number),
  };
  const held = person.customers.length + person.tickets.length + person.threads.length + person.orders.length;
  return held === 0 ? null : person;
}

interface Customer {
  id: string;
  subject: string | null;
  email: string | null;
  name: string | null;
  phone: string | null;
}

/** With all that were merged with them, and all of the same address. */
function findCustomers(database: SqliteDatabase, query: PersonQuery, by: string): Customer[] {
  const select = database.prepare(
    `SELECT id, subject, email_key AS email, name, phone, merged_into AS merged FROM customers
     WHERE created_at <= @by AND (id ${IN('ids')} OR subject ${IN('subjects')} OR email_key ${IN('emails')}
       OR merged_into ${IN('ids')})`,
  );
  const ids = new Set(query.customers ?? []);
  const emails = new Set((query.emails ?? []).map(keyOf));
  const subjects = JSON.stringify(query.subjects ?? []);
  for (;;) {
    const known = ids.size + emails.size;
    const lists = { ids: JSON.stringify([...ids]), emails: JSON.stringify([...emails]) };
    const found = select.all({ by, subjects, ...lists }) as (Customer & { merged: string | null })[];
    for (const { id, email, merged } of found) {
      ids.add(id);
      if (merged !== null) ids.add(merged);
      if (email !== null) emails.add(email);
    }
    if (ids.size + emails.size === known) return found;
  }
}

const keyOf = (email: string): string => email.trim().normalize('NFC').toLowerCase();
const distinct = (values: readonly (string | null)[]): string[] => [
  ...new Set(values.filter((one): one is string => one !== null && one !== '')),
];
